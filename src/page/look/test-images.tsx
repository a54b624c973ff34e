/** The confusion matrix, the images of the field that one has chosen, and the most confident mistakes. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { counted } from "../../counted.js";
import { answering } from "../../report/answering.js";
import { mistakesIn } from "../../training/evaluation/metrics.js";
import { keep, place } from "../place.js";
import { byConfidence, imagesIn } from "./cells.js";
import { Confusion, type Field } from "./confusion.js";
import { Digits, type Shown } from "./digits.js";
import { Inspector } from "./inspector.js";
import type { TestedHere } from "./tested.js";

export function TestImages({ tested }: { tested: TestedHere }): JSX.Element {
  const { predicted, outputs, dataset, network } = tested;
  const { test } = dataset;
  const { classes } = network;
  const answer = useComputed(() => answering(network)).value;
  const field = fieldIn(place.value.parameters, classes.length);
  const shown = field ? imagesOf(tested, field) : mistakesOf(tested);
  // One is always looked into, so that looking into another moves nothing.
  const index = numberIn(place.value.parameters, "image", test.count) ?? shown[0]?.index;
  return (
    <div class="test-images">
      <section aria-labelledby="confusion">
        <h2 id="confusion">Confusion matrix: what was taken for what</h2>
        <Confusion
          predicted={predicted}
          labels={test.labels}
          classes={classes}
          chosen={field}
          choose={(next) =>
            keep({
              class: next ? String(next.label) : "",
              taken: next ? String(next.taken) : "",
              image: "",
            })
          }
        />
      </section>
      <section aria-labelledby="images" aria-live="polite">
        <h2 id="images">
          {field
            ? `${classes[field.label]} taken for ${classes[field.taken]}: ${counted(shown.length, "image")}`
            : "The most confident mistakes"}
        </h2>
        {shown.length === 0 && <p>{field ? "None." : "It reads every test image correctly."}</p>}
        {index !== undefined && <Inspector tested={tested} answer={answer} index={index} />}
        <Digits
          key={field ? `${field.label} ${field.taken}` : ""}
          images={test}
          shown={shown}
          chosen={index}
          choose={(next) => keep({ image: String(next) })}
        />
      </section>
    </div>
  );

  function imagesOf({ network }: TestedHere, { label, taken }: Field): Shown[] {
    const found = imagesIn({ predicted, labels: test.labels }, label, taken);
    const count = network.classes.length;
    return byConfidence(found, outputs, count, taken).map((index) =>
      shownAs(
        index,
        label,
        taken,
        outputs[index * count + taken]!,
        outputs[index * count + taken]!.toFixed(2),
      ),
    );
  }

  function mistakesOf({ network }: TestedHere): Shown[] {
    return mistakesIn(tested, test.labels).map(({ index, label, predicted, output }) =>
      shownAs(
        index,
        label,
        predicted,
        output,
        `${network.classes[label]} → ${network.classes[predicted]}`,
      ),
    );
  }

  function shownAs(
    index: number,
    label: number,
    taken: number,
    output: number,
    text: string,
  ): Shown {
    const how = label === taken ? "read correctly" : `taken for ${classes[taken]}`;
    return {
      index,
      text,
      label: `test image ${index}: ${classes[label]}, ${how} with output ${output.toFixed(3)}`,
    };
  }
}

function fieldIn(parameters: URLSearchParams, classes: number): Field | undefined {
  const [label, taken] = [
    numberIn(parameters, "class", classes),
    numberIn(parameters, "taken", classes),
  ];
  return label === undefined || taken === undefined ? undefined : { label, taken };
}

/** A whole number below a bound. */
function numberIn(parameters: URLSearchParams, key: string, below: number): number | undefined {
  const text = parameters.get(key) ?? "";
  return /^\d{1,9}$/.test(text) && Number(text) < below ? Number(text) : undefined;
}
