/** The colours of diagrams: lines by what they carry, boxes of the sweep by the equation they lead to. */
import type { Derivation } from "../backpropagation.js";
import type { Arrow, Box } from "./diagram.js";

export const STROKES: Readonly<Record<Box["kind"] | Arrow["kind"], string>> = {
  given: "#777777",
  forward: "#2f6fab",
  adjoint: "#b2402e",
  value: "#999999",
};

/** Light enough for black letters. */
export const FILLS: Readonly<Record<Derivation["equation"], string>> = {
  BP1: "#ffd9d1",
  "∇ₐC": "#ffeec2",
  BP2: "#ecd9f5",
  BP3: "#d3ecd2",
  BP4: "#cfe6f7",
};

/** An equation's name as an identifier of classes. */
export function classOf(equation: Derivation["equation"]): string {
  return equation === "∇ₐC" ? "gradient" : equation.toLowerCase();
}
