/** The numbers that one may change: at whatever step one is, all values and bars follow. */
import type { JSX } from "preact";
import type { Matrix } from "../../autodiff/index.js";
import { elementsOf } from "./matrix.js";
import { isLarge } from "./model/large.js";
import { limited } from "./model/link.js";
import type { Input } from "./model/subject.js";
import { resetInputs, setInput, subject, values } from "./state.js";

export function Inputs(): JSX.Element {
  const inputs = subject.value.inputs.filter(({ symbol }) => !isLarge(symbol.shape));
  const details = inputs.filter(({ detail }) => detail);
  return (
    <section class="inputs" aria-label="Inputs">
      <div class="fields">
        {inputs
          .filter(({ detail }) => !detail)
          .map((input) => (
            <Fields key={input.symbol.id} input={input} />
          ))}
        <button type="button" class="small" onClick={resetInputs}>
          Reset the inputs
        </button>
      </div>
      {details.length > 0 && (
        <details>
          <summary>Weights and biases</summary>
          <div class="fields">
            {details.map((input) => (
              <Fields key={input.symbol.id} input={input} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function Fields({ input }: { input: Input }): JSX.Element {
  const { symbol } = input;
  const value = values.value.get(symbol) as Matrix;
  const rows = elementsOf(value);
  const name = (r: number, c: number) => {
    const several = [rows.length > 1 ? r + 1 : "", (rows[0]?.length ?? 0) > 1 ? c + 1 : ""];
    return [symbol.name, several.filter((each) => each !== "").join(",")].join(" ").trim();
  };
  return (
    <>
      {rows.flatMap((row, r) =>
        row.map((k, c) => (
          <Field
            key={k}
            name={name(r, c)}
            input={input}
            x={value.data[k] as number}
            set={(x) => setInput(symbol, k, x)}
          />
        )),
      )}
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly input: Input;
  readonly x: number;
  readonly set: (x: number) => void;
}

function Field({ name, input, x, set }: FieldProps): JSX.Element {
  const [low, high] = input.range;
  const take = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const { value, valueAsNumber } = currentTarget;
    if (value !== "") set(limited(valueAsNumber));
  };
  const text = Number(x.toPrecision(8));
  return (
    <div class="field">
      <span class="name">{name}</span>
      <input
        type="range"
        aria-label={name}
        min={Math.min(low, x)}
        max={Math.max(high, x)}
        step={0.05}
        value={x}
        onInput={take}
      />
      <input
        type="number"
        aria-label={`${name}, as a number`}
        step="any"
        value={text}
        onInput={take}
        onChange={({ currentTarget }) => {
          // What was no number, or too large, is not what the sweep has.
          currentTarget.value = String(text);
        }}
      />
    </div>
  );
}
