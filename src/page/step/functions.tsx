/** Which function one steps through: one of two, or a formula of one's own. */
import type { JSX } from "preact";
import type { Kind } from "./model/subject.js";
import { choice, choose, mistake, seen, subject } from "./state.js";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["sigmoid", "A sigmoid layer"],
  ["network", "A 2-3-2 network"],
  ["formula", "Your formula"],
];

const EXAMPLES = ["(x + y) * exp(x)", "x * x * x", "log(x^2 + y^2)", "1 / (1 + exp(-(w*a + b)))"];

export function Functions(): JSX.Element {
  const { kind, text } = choice.value;
  return (
    <section class="functions" aria-label="The function">
      <div class="tools kinds">
        {KINDS.map(([each, title]) => (
          <button
            type="button"
            key={each}
            aria-pressed={each === kind}
            onClick={() => choose({ kind: each, text })}
          >
            {title}
          </button>
        ))}
        {seen.value && (
          <button
            type="button"
            aria-pressed={kind === "unit"}
            onClick={() => choose({ kind: "unit", text })}
          >
            Your network, one digit
          </button>
        )}
      </div>
      {kind === "formula" && <Typed text={text} />}
      {kind === "unit" && <OneUnit />}
    </section>
  );
}

/** Which unit of the network at hand. */
function OneUnit(): JSX.Element | null {
  const { units } = subject.value;
  if (units === undefined) return <p>{mistake}</p>;
  return (
    <div class="unit">
      <label>
        {units.title}{" "}
        <select
          value={units.chosen}
          onChange={({ currentTarget }) => {
            const unit = Number(currentTarget.value);
            choose({ ...choice.value, unit });
          }}
        >
          {units.names.map((name, k) => (
            <option key={name} value={k}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="soft">{units.about}</p>
    </div>
  );
}

function Typed({ text }: { text: string }): JSX.Element {
  const wrong = mistake.value;
  return (
    <div class="typed">
      <label>
        <span>Formula</span>
        <input
          type="text"
          value={text}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={wrong !== ""}
          aria-describedby="step-mistake"
          onInput={({ currentTarget }) => choose({ kind: "formula", text: currentTarget.value })}
        />
      </label>
      <p id="step-mistake" class={wrong === "" ? "soft" : "wrong"} aria-live="polite">
        {wrong || "Numbers, names, + − * / ^, parentheses, exp, log, sqrt, tanh."}
      </p>
      <div class="tools">
        {EXAMPLES.map((example) => (
          <button
            type="button"
            class="small"
            key={example}
            onClick={() => choose({ kind: "formula", text: example })}
          >
            {example}
          </button>
        ))}
      </div>
    </div>
  );
}
