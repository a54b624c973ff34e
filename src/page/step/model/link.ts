/** An exact set-up as parameters of a link: the function, its inputs, the step, and how far to nudge. */
import type { Matrix } from "../../../autodiff/index.js";
import type { Input, Kind } from "./subject.js";
import type { Values } from "./sweep.js";

export interface Choice {
  readonly kind: Kind;
  /** What is typed, for the kind `formula`. */
  readonly text: string;
  /** Which unit, for the kind `unit`. */
  readonly unit?: number;
}

const USUAL: Kind = "sigmoid";
const KINDS: readonly Kind[] = ["network", "unit"];

export function choiceIn(parameters: URLSearchParams, usual: string): Choice {
  const text = parameters.get("f");
  if (text !== null) return { kind: "formula", text };
  const kind = KINDS.find((each) => each === parameters.get("g")) ?? USUAL;
  const unit = wholeIn(parameters, "unit", [0, 1e6], -1);
  return { kind, text: usual, ...(unit >= 0 && { unit }) };
}

export function parametersOf({ kind, text, unit }: Choice): Record<"g" | "f" | "unit", string> {
  return {
    g: KINDS.includes(kind) ? kind : "",
    f: kind === "formula" ? text : "",
    unit: kind === "unit" && unit !== undefined ? String(unit) : "",
  };
}

/** A whole number between two others, or `otherwise`. */
export function wholeIn(
  parameters: URLSearchParams,
  key: string,
  [least, most]: readonly [number, number],
  otherwise: number,
): number {
  const n = Number(parameters.get(key) ?? Number.NaN);
  return Number.isInteger(n) ? Math.min(Math.max(n, least), most) : otherwise;
}

const PREFIX = "x.";

/** The inputs that a link gives, and the initial ones for the others and for what is no number. */
export function valuesIn(parameters: URLSearchParams, inputs: readonly Input[]): Values {
  return new Map(
    inputs.map(({ symbol, key, initial }) => {
      const texts = (parameters.get(PREFIX + key) ?? "").split("_");
      const data = initial.data.map((x, k) => {
        const given = texts[k]?.trim() ? Number(texts[k]) : Number.NaN;
        return Number.isNaN(given) ? x : limited(given);
      });
      return [symbol, { shape: initial.shape, data }];
    }),
  );
}

/** What an input may be at most, with either sign. */
const LARGEST = 1000;

/** The nearest value that an input may have. */
export function limited(x: number): number {
  return Math.min(Math.max(x, -LARGEST), LARGEST);
}

/** An entry for every input: empty for one that is as it was at first. */
export function parametersOfValues(
  inputs: readonly Input[],
  values: Values,
): Record<string, string> {
  const entries = inputs.map(({ symbol, key, initial }): [string, string] => {
    const { data } = values.get(symbol) as Matrix;
    const same = data.every((x, k) => x === initial.data[k]);
    return [PREFIX + key, same ? "" : data.join("_")];
  });
  return Object.fromEntries(entries);
}

/** The keys of inputs, whatever the function: those of another function are to be forgotten. */
export function inputKeys(parameters: URLSearchParams): string[] {
  return [...parameters.keys()].filter((key) => key.startsWith(PREFIX));
}
