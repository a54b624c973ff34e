/** Programs, printed as the note writes them. */

import type { Node } from "../node.js";
import { type EquationOptions, equations } from "./equations.js";
import { formula, type Notation } from "./formula.js";

export interface PrintOptions extends EquationOptions {
  /** Plain text, or LaTeX for formulas. */
  readonly notation?: Notation;
}

/**
 * The program that computes y as the note's equations, one in each line: y first, then t₁, t₂, …,
 * counted from y backwards. With `xs`, the adjoint equations of the reverse sweep follow after an
 * empty line: ȳ, then t̄₁, … and at the end x̄…, a sum where a node has several uses.
 *
 *     const [w, a, b] = ["w", "a", "b"].map((name) => variable([1, 1], { name }));
 *     print(sigmoid(weightedInput(w, a, b)));   // y = 1 / t₁, t₁ = 1 + t₂, …, t₅ = w a
 *
 * A scalar y has ȳ = 1; the ȳ of another is given, and has no equation.
 */
export function print(y: Node, { notation = "text", ...options }: PrintOptions = {}): string {
  const { forward, adjoint } = equations(y, options);
  const written = [forward, adjoint].map((list) =>
    list.map(({ symbol, right }) => `${formula(symbol, notation)} = ${formula(right, notation)}`),
  );
  return written
    .filter((list) => list.length > 0)
    .map((list) => list.join("\n"))
    .join("\n\n");
}
