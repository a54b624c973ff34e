/** The steps in plain sentences. */
import { formula, type Matrix, type Node } from "../../../autodiff/index.js";
import { whyNoDerivative, whyNotFinite } from "./finite.js";
import { isLarge, summaryOf } from "./large.js";
import { titleOf } from "./layout.js";
import { contributionValue } from "./marks.js";
import { nounOf, withNumbers } from "./notation.js";
import { format } from "./numbers.js";
import { progressAt, type Sweep, type SweepNode, type Use, type Values } from "./sweep.js";

/** What the last step did, and at the start and the end what there is. */
export function sentenceAt(sweep: Sweep, values: Values, position: number): string {
  const { step } = progressAt(sweep, position);
  if (step === undefined) {
    const inputs = sweep.nodes.filter(({ right }) => right === undefined);
    const names = listed(inputs.map(({ symbol }) => symbol.name));
    return `Only ${names} ${inputs.length === 1 ? "is" : "are"} given. Take a step to compute a value from ${inputs.length === 1 ? "it" : "them"}.`;
  }
  const { node, kind } = step;
  const words = kind === "forward" ? forwards(sweep, node, values) : backwards(sweep, node, values);
  return position === sweep.steps.length
    ? `${words} That was the last: every bar has been computed, each exactly once.`
    : words;
}

function forwards(sweep: Sweep, node: SweepNode, values: Values): string {
  const { symbol, right, neededBy } = node;
  const value = values.get(symbol);
  const equation = `${titleOf(node)}${numbersOf(node.right, values, value)}${valueAfter(value)}`;
  const kept =
    neededBy.length > 0
      ? `It is stored: ${listed(neededBy.map(({ name }) => name))} will need it.`
      : node === sweep.result && sweep.turn > 0
        ? "It is the result."
        : "It is passed on; no bar will need it.";
  const last = node === sweep.result ? " The forward pass is done; now back." : "";
  const why = whyNotFinite(sweep, values, node);
  return right === undefined ? equation : sentences(`${equation}.`, why, `${kept}${last}`);
}

function backwards(sweep: Sweep, node: SweepNode, values: Values): string {
  return sentences(given(node, values), whyNoDerivative(sweep, values, node));
}

/** What a bar is made of. */
function given({ bar, symbol, uses }: SweepNode, values: Values): string {
  const name = bar?.name ?? "";
  const carrying = uses.filter(({ contribution }) => contribution !== undefined);
  const value = valueAfter(bar && values.get(bar));
  if (carrying.length === 0) {
    return `The sweep back starts at the result: ${name} = ∂${symbol.name}/∂${symbol.name} = 1.`;
  }
  const parts = carrying.map((use) => contributed(use, values));
  if (parts.length === 1) return `${name} gets ${parts[0]}.`;
  const together = value === "" ? "" : ` Together: ${name}${value}.`;
  return `${symbol.name} is used ${times(parts.length)}, so ${name} is a sum: ${listed(parts)}.${together}`;
}

/** `t₂ t̄₂ = 0.61 · (−0.39) = −0.24 from the exponential t₂ = exp(t₃)` */
function contributed(use: Use, values: Values): string {
  const { contribution, user } = use;
  const expression = contribution as Node;
  const { right } = user;
  const value = contributionValue(use, values);
  return `${formula(expression)}${numbersOf(expression, values, value)}${valueAfter(value)} from the ${right === undefined ? "" : nounOf(right)} ${titleOf(user)}`;
}

/** ` = 0.6065 · (−0.3875)`; nothing for matrices, nor where that is the value itself. */
export function numbersOf(expression: Node | undefined, values: Values, value?: Matrix): string {
  if (expression?.kind !== "application") return "";
  const numbers = withNumbers(expression, values);
  return numbers === undefined || ` = ${numbers}` === valueAfter(value) ? "" : ` = ${numbers}`;
}

function valueAfter(value: Matrix | undefined): string {
  if (value === undefined || value.data.length > 1) return "";
  return ` = ${format(value.data[0] as number)}`;
}

/** What the bar of a single number means: `If b grows by 0.01, a′ grows by about 0.00235.`; or why nothing. */
export function meaning(sweep: Sweep, node: SweepNode, values: Values): string {
  const { symbol, bar } = node;
  const why = whyNoDerivative(sweep, values, node);
  if (why !== "") return why;
  const value = bar && values.get(bar);
  const slope = value?.data.length === 1 ? (value.data[0] as number) : Number.NaN;
  if (Number.isNaN(slope) || node === sweep.result) return "";
  const result = sweep.result.symbol.name;
  if (slope === 0) return `If ${symbol.name} changes a little, ${result} stays as it is.`;
  const verb = slope > 0 ? "grows" : "falls";
  const change = format(Math.abs(slope) * SMALL, 3);
  return `If ${symbol.name} grows by ${SMALL}, ${result} ${verb} by about ${change}.`;
}

const SMALL = 0.01;

/** A node for those who hear it: `t₂ = exp(t₃), value 0.6065, bar −0.3875`. */
export function spoken(
  node: SweepNode,
  values: Values,
  known: { readonly value: boolean; readonly bar: boolean },
): string {
  const { symbol, bar } = node;
  const value = known.value ? `value ${inWords(values.get(symbol))}` : "value not yet computed";
  const bars =
    bar === undefined
      ? "no bar"
      : known.bar
        ? `bar ${inWords(values.get(bar))}`
        : "bar not yet computed";
  return `${titleOf(node)}, ${value}, ${bars}`;
}

/** The numbers of a matrix, row by row. */
function inWords(value: Matrix | undefined): string {
  if (value === undefined) return "unknown";
  const { shape, data } = value;
  if (data.length === 1) return format(data[0] as number);
  if (isLarge(shape)) return summaryOf(value).join(", ");
  const rows = Array.from({ length: shape[0] }, (_, r) =>
    Array.from({ length: shape[1] }, (_, c) => format(data[c * shape[0] + r] as number, 3)).join(
      " and ",
    ),
  );
  return `${shape.join(" by ")}: ${rows.join("; ")}`;
}

export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(" ");
}

function times(n: number): string {
  return ["never", "once", "twice", "three times", "four times", "five times"][n] ?? `${n} times`;
}
