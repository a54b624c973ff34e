/**
 * Gradient checks: the rules against central finite differences
 *
 *     ∂f/∂x ≈ (f(x + h) − f(x − h)) / 2h,
 *
 * whose error is of the order h² from the third derivative and ε/h from rounding; h ≈ ∛ε balances
 * the two, and leaves about ten correct digits where f is of the order of 1.
 */
import { evaluate } from "./evaluate.js";
import { j } from "./j.js";
import { type Matrix, matrixOf, type Shape, size } from "./matrix.js";
import { constant, type Node, variable } from "./node.js";
import { multiply, sum } from "./primitives.js";

/** The rule and finite differences disagree. The message names argument, element and both values. */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

/** What {@link checkGradient} found where all is well. */
export interface GradientCheck {
  /** The largest |x̄ − difference| / (1 + |difference|) over all elements. */
  readonly largestDifference: number;
  /** How often f was evaluated for the finite differences. */
  readonly evaluations: number;
}

export interface CheckOptions {
  /** What the largest difference may be. */
  readonly tolerance?: number;
}

/**
 * Compares j(f) at x with finite differences, element by element, for L = Σ c ⊙ f(x) with fixed
 * irregular coefficients c, so that every element of f(x) counts and no two cancel.
 *
 * Throws a {@link GradientError} if the two differ by more than the tolerance (1e−7 unless given), or
 * if f or its derivative is not finite at x.
 */
export function checkGradient(
  f: (...x: Node[]) => Node,
  x: readonly Matrix[],
  { tolerance = 1e-7 }: CheckOptions = {},
): GradientCheck {
  const variables = x.map(({ shape }) => variable(shape));
  const y = f(...variables);
  const c = constant(coefficients(y.shape));
  const loss = sum(multiply(c, y));
  const bars = [j(f)(y, c, ...variables)].flat() as Node[];
  const at = (values: readonly Matrix[]) => new Map(variables.map((v, k) => [v, values[k]!]));
  const lossAt = (values: readonly Matrix[]) => evaluate(loss, at(values)).data[0]!;
  const xBars = evaluate(bars, at(x)) as Matrix[];

  let largestDifference = 0;
  let evaluations = 0;
  x.forEach((argument, k) => {
    for (let i = 0; i < argument.data.length; i++) {
      const h = Math.cbrt(Number.EPSILON) * Math.max(1, Math.abs(argument.data[i]!));
      const [above, below] = [moved(argument, i, h), moved(argument, i, -h)];
      const step = above.data[i]! - below.data[i]!;
      const numerical = (lossAt(x.with(k, above)) - lossAt(x.with(k, below))) / step;
      const exact = xBars[k]!.data[i]!;
      const difference = Math.abs(exact - numerical) / (1 + Math.abs(numerical));
      evaluations += 2;
      if (!(difference <= tolerance)) {
        throw new GradientError(
          `argument ${k + 1}, ${element(argument.shape, i)}: the rule gives ${exact}, finite differences ${numerical}`,
        );
      }
      largestDifference = Math.max(largestDifference, difference);
    }
  });
  return { largestDifference, evaluations };
}

/** Between ½ and 1½, spread by the golden ratio, so that no two are alike or cancel. */
function coefficients(shape: Shape): Matrix {
  const golden = (1 + Math.sqrt(5)) / 2;
  return matrixOf(
    shape,
    Float64Array.from({ length: size(shape) }, (_, i) => 0.5 + ((i * golden) % 1)),
  );
}

function moved({ shape, data }: Matrix, i: number, h: number): Matrix {
  const copy = Float64Array.from(data);
  copy[i]! += h;
  return { shape, data: copy };
}

function element([rows]: Shape, i: number): string {
  return `row ${i % rows}, column ${Math.floor(i / rows)}`;
}
