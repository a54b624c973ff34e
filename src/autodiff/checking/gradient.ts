/** Gradient checks: derivatives by j against central finite differences. */
import { expectArray } from "../../given.js";
import { evaluate } from "../evaluate.js";
import { j } from "../j.js";
import { expectMatrix, type Matrix, matrixOf, placeOf, type Shape, size } from "../matrix.js";
import { constant, variable } from "../node.js";
import { entries, type Like, leaves, rebuild, type Tree } from "../tree.js";
import { compare, type Quotient, quotient } from "./differences.js";

/** A derivative and finite differences disagree. The message names argument, element and both values. */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

/** What {@link checkGradient} found where all is well. */
export interface GradientCheck {
  /**
   * The largest |x̄ − d| / (|d| + s) over all elements, where d is a difference quotient. What is small
   * beside s = (1 + |f|) / 100 max(1, |x|), which is at most 1, may be an effect of rounding.
   */
  readonly largestDifference: number;
  /** How often f was evaluated for the finite differences. */
  readonly evaluations: number;
}

export interface CheckOptions {
  /** What the largest difference may be. */
  readonly tolerance?: number;
  /** What messages call f. */
  readonly name?: string;
}

/** Values of arguments: a matrix, or a number for a 1×1 one, in place of every node. */
export type ArgumentValues<X extends readonly Tree[]> = {
  readonly [K in keyof X]: Like<X[K], Matrix | number>;
};

/**
 * Compares j(f) at x with finite differences, element by element, for L = Σ c ⊙ f(x) with fixed
 * irregular coefficients c, so that every element of f(x) counts and no two cancel. Arguments and
 * results may have structure; so `checkGradient(grad(f), x)` checks second derivatives. Steps are of
 * the size of x, and smaller ones are tried where these are too large.
 *
 * Throws a {@link GradientError} if the two differ by more than the tolerance (1e−7 unless given), with
 * whichever step, and a `NonFiniteError` if f or its derivative is not finite at x.
 */
export function checkGradient<X extends readonly Tree[]>(
  f: (...x: X) => Tree,
  x: ArgumentValues<X>,
  { tolerance = 1e-7, name = "checkGradient" }: CheckOptions = {},
): GradientCheck {
  expectArray(`${name}: x`, x, "an array, with a value for each argument");
  const given = entries(x as Like<readonly Tree[], Matrix | number>);
  const values = given.map(([path, value]) => matrixFor(value as Matrix | number, name, path));
  const variables = values.map(({ shape }) => variable(shape));
  const xs = rebuild(x as Tree, variables) as X;
  const y = f(...xs);
  const ys = leaves(y);
  const cs = ys.map(({ shape }) => coefficients(shape));
  const bars = leaves(j(f)(y, rebuild(y, cs.map(constant)) as Tree, ...xs) as Tree);
  const at = (values: readonly Matrix[]) => new Map(variables.map((v, k) => [v, values[k]!]));
  const xBars = evaluate([...ys, ...bars], at(values), { finite: true }).slice(ys.length);

  let largestDifference = 0;
  let evaluations = 0;
  values.forEach((value, k) => {
    const yAt = (moved: Matrix) => evaluate(ys, at(values.with(k, moved)));
    for (let i = 0; i < value.data.length; i++) {
      const quotientFor = (h: number): Quotient => {
        const [above, below] = [moved(value, i, h), moved(value, i, -h)];
        evaluations += 2;
        return quotient(cs, yAt(above), yAt(below), above.data[i]! - below.data[i]!);
      };
      const exact = xBars[k]!.data[i]!;
      const found = compare(exact, value.data[i]!, quotientFor, tolerance);
      if (found.difference > tolerance) {
        throw new GradientError(
          `${name}: ${argument(given[k]![0])}, ${placeOf(value.shape, i)}: j gives ${exact}, finite differences ${found.slope}; a rule is wrong, or the function has no derivative there`,
        );
      }
      largestDifference = Math.max(largestDifference, found.difference);
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

function matrixFor(value: Matrix | number, name: string, path: string): Matrix {
  if (typeof value === "number") return matrixOf([1, 1], Float64Array.of(value));
  expectMatrix(`${name}: x${path}`, value, "a matrix or a number");
  return value;
}

function moved({ shape, data }: Matrix, i: number, h: number): Matrix {
  const copy = Float64Array.from(data);
  copy[i]! += h;
  return { shape, data: copy };
}

/** The path of a leaf in the list of arguments, which are counted from 1: `argument 2.w`. */
function argument(path: string): string {
  return path.replace(/^\[(\d+)\]/, (_, k) => `argument ${Number(k) + 1}`);
}
