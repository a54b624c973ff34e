/** Where the numbers of a sweep end: which value is the first that is not finite, why, and what follows. */
import { type Application, evaluate, type Matrix } from "../../../autodiff/index.js";
import { titleOf } from "./layout.js";
import type { Sweep, SweepNode, Values } from "./sweep.js";

/** Why a value is not finite, as a sentence that names the first such on the way to it; empty if it is. */
export function whyNotFinite(sweep: Sweep, values: Values, node: SweepNode): string {
  const isBad = ({ symbol }: SweepNode) => !allFinite(values.get(symbol));
  if (!isBad(node)) return "";
  let first = node;
  for (let next: SweepNode | undefined = node; next !== undefined; ) {
    first = next;
    next = sweep.nodes.find((each) => isBad(each) && each.uses.some(({ user }) => user === first));
  }
  const { symbol, right } = first;
  const data = values.get(symbol)?.data;
  const what = data?.some(Number.isNaN)
    ? "a number (NaN)"
    : data?.every(Number.isFinite)
      ? "right"
      : "finite";
  return `${titleOf(first)} is not ${what}: ${reasonOf(right as Application, values)}.`;
}

/** Why a bar is no derivative, as a sentence; empty if it is one. */
export function whyNoDerivative(sweep: Sweep, values: Values, { bar }: SweepNode): string {
  const { nodes, result } = sweep;
  const isUndefined = !allFinite(values.get(result.symbol));
  if (!isUndefined && allFinite(bar && values.get(bar))) return "";
  const first = isUndefined ? result : nodes.find(({ symbol }) => !allFinite(values.get(symbol)));
  return first === undefined
    ? `No derivative follows, as ${bar?.name} is not finite.`
    : `No derivative follows, as ${whyNotFinite(sweep, values, first)}`;
}

/** What an operation does not take, if its operands are finite and what it gives is not. */
function reasonOf({ name, inputs }: Application, values: Values): string {
  if (name === "log") return "a logarithm takes a number above 0";
  if (name === "sqrt") return "a square root takes no number below 0";
  if (name === "exp")
    return "it is too large for a 64-bit number, and the largest one stands for it";
  const divisor = inputs.at(-1);
  const divides = name === "divide" || name === "reciprocal";
  return divides && divisor && evaluate(divisor, values).data.includes(0)
    ? "nothing can be divided by 0"
    : "it is too large for a 64-bit number";
}

/** The largest number is what `exp` stops at. */
function allFinite(value: Matrix | undefined): boolean {
  return value === undefined || value.data.every((x) => Math.abs(x) < Number.MAX_VALUE);
}
