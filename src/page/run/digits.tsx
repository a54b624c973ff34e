/** Twenty test digits with what the network takes them for, and how sure it is of each class. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { fromBase64 } from "../../bytes.js";
import { percentage } from "../../charts/numbers.js";
import type { RunView } from "../../live/index.js";
import { Pixels } from "./pixels.js";

const PLACES = 20;

export function Digits({ view }: { readonly view: RunView }): JSX.Element {
  const { started, snapshot } = view;
  const digits = started?.digits;
  const images = useMemo(() => digits?.map(({ pixels }) => fromBase64(pixels)), [digits]);
  const { rows = 28, columns = 28, classes = [] } = started ?? {};
  return (
    <section class="panel" aria-labelledby="digits-title">
      <h2 id="digits-title">The first twenty test digits</h2>
      <p class="soft">
        Below each: what the network takes it for now, and its outputs, {outputsInWords(classes)}.
        Blue marks the right one. The network is not trained on these digits.
      </p>
      <ul class="tiles digits">
        {Array.from({ length: digits?.length ?? PLACES }, (_, k) => (
          <li key={k}>
            {images?.[k] && digits?.[k] ? (
              <Answered
                image={<Pixels rows={rows} columns={columns} values={images[k]} />}
                label={digits[k].label}
                outputs={snapshot?.outputs[k]}
                classes={classes}
              />
            ) : (
              <>
                <span class="blank" />
                <span class="answer">{"\u00a0"}</span>
                <span class="bars" />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function outputsInWords(classes: readonly string[]): string {
  const [first = "0", last = "9"] = [classes[0], classes.at(-1)];
  return `one for each class, from ${first} to ${last}`;
}

interface AnsweredProps {
  readonly image: JSX.Element;
  readonly label: number;
  readonly outputs: readonly number[] | undefined;
  readonly classes: readonly string[];
}

function Answered({ image, label, outputs = [], classes }: AnsweredProps): JSX.Element {
  const answer = outputs.indexOf(Math.max(...outputs));
  const isRight = answer === label;
  const [is, taken] = [label, answer].map((k) => classes[k] ?? "–");
  const said = isRight ? `${is}: right` : `${is}: taken for ${taken}`;
  return (
    <>
      {image}
      <span class={`answer ${isRight ? "right" : "wrong"}`}>
        <span class="unseen">
          {said}, output {percentage(outputs[answer] ?? 0, 1)}
        </span>
        <span aria-hidden="true" title={said}>
          {taken} {isRight ? "✓" : "✗"}
        </span>
      </span>
      <span class="bars" aria-hidden="true">
        {outputs.map((output, k) => (
          <span
            key={k}
            class={k === label ? "bar is" : k === answer ? "bar not" : "bar"}
            style={{ height: `${Math.max(4, 100 * Math.min(1, output))}%` }}
          />
        ))}
      </span>
    </>
  );
}
