/** The proof in numbers: rmAD, the book's equations and finite differences side by side. */
import {
  evaluate,
  type Matrix,
  type Node,
  substitute,
  type Variable,
  valueAndGrad,
} from "../autodiff/index.js";
import { type Parameters, parameterList } from "../nn/index.js";
import { ROUNDING } from "./agreement.js";
import type { Derivation } from "./backpropagation.js";
import { byTheBook } from "./book.js";
import { DIFFERENCES_BOUND, finiteDifferences, sampleSize } from "./differences.js";
import type { Network } from "./network.js";
import { type Cost, costOf, formulaLength } from "./operations.js";

/** One matrix of derivatives, computed in three ways. */
export interface Comparison {
  readonly equation: Derivation["equation"];
  readonly layer: number;
  /** δ^l, ∂C/∂b^l or ∂C/∂w^l */
  readonly of: Variable;
  /** The largest difference of rmAD from the book's equation, relative to the largest derivative. */
  readonly book: number;
  /** The same from finite differences. */
  readonly differences: number;
  /** How many of the elements finite differences were taken of. */
  readonly elements: number;
  readonly holds: boolean;
}

export interface Proof {
  readonly comparisons: readonly Comparison[];
  readonly forward: Cost;
  readonly backward: Cost;
  readonly parameters: number;
  /** Evaluations of the network that finite differences took, and would take for all parameters. */
  readonly evaluations: { readonly done: number; readonly all: number };
  /** The primitives in the formula of ∂C/∂w¹ if it were written out whole. */
  readonly formulaLength: number;
}

/** Evaluations that the rule of fourth order takes for one derivative. */
const EVALUATIONS = 4;

/** Is told how many derivatives of how many have been compared. */
export type OnProgress = (done: number, all: number) => void;

/** Compares every matrix of derivatives that the derivations are about. */
export function prove(
  network: Network,
  derivations: readonly Derivation[],
  seed: number,
  onProgress: OnProgress = () => {},
): Proof {
  const { layers, cost, theta, equations, values, exercise } = network;
  const [value, bars] = valueAndGrad(network.costOf)(theta);
  const gradient: Parameters<Matrix> = evaluate(bars, values);
  const book = byTheBook(exercise);
  const total = derivations.reduce((sum, each) => sum + comparedIn(each), 0);
  let [done, elements] = [0, 0];
  const onElement = () => onProgress(++elements, total);
  const compare = (derivation: Derivation): Comparison[] => {
    const { equation, layer, chain } = derivation;
    if (equation === "∇ₐC") return [];
    const { w, b, z } = layers[layer - 1]!;
    const [x, f, exact, expected] = {
      BP1: () => delta(z),
      BP2: () => delta(z),
      BP3: () => [b, cost, gradient[layer - 1]!.b, book[layer - 1]!.b] as const,
      BP4: () => [w, cost, gradient[layer - 1]!.w, book[layer - 1]!.w] as const,
    }[equation]();
    function delta(z: Node) {
      const symbol = equations.symbolOf(z);
      const [from] = substitute([cost], new Map([[z, symbol]])) as [Node];
      const bar = values.get(equations.barOf(z) as Variable) as Matrix;
      return [symbol, from, bar, book[layer - 1]!.delta] as const;
    }
    const numerical = finiteDifferences(f, x, exact, values, seed, onElement);
    done += numerical.evaluations;
    const difference = relativeDifference(exact.data, expected);
    return [
      {
        equation,
        layer,
        of: chain.left,
        book: difference,
        differences: numerical.largest,
        elements: numerical.elements,
        holds: difference <= ROUNDING && numerical.largest <= DIFFERENCES_BOUND,
      },
    ];
  };
  const comparisons = derivations.flatMap(compare);
  const all = parameterList(bars);
  const [forward, both] = [costOf([value]), costOf([value, ...all])];
  const parameters = layers.reduce(
    (total, { w, b }) => total + w.shape[0] * w.shape[1] + b.shape[0],
    0,
  );
  return {
    comparisons,
    forward,
    backward: {
      nodes: both.nodes - forward.nodes,
      operations: both.operations - forward.operations,
    },
    parameters,
    evaluations: { done, all: EVALUATIONS * parameters },
    formulaLength: formulaLength(all[0] as Node),
  };
}

/** How many derivatives of one matrix are compared. */
function comparedIn({ equation, chain }: Derivation): number {
  const [rows, columns] = chain.left.shape;
  return equation === "∇ₐC" ? 0 : sampleSize(rows * columns);
}

/** The largest |x₁ − x₂|, relative to the largest |x₂|. */
function relativeDifference(x1: ArrayLike<number>, x2: ArrayLike<number>): number {
  let [largest, scale] = [0, 0];
  for (let i = 0; i < x2.length; i++) {
    const difference = Math.abs(x1[i]! - x2[i]!);
    largest = Math.max(difference, largest);
    scale = Math.max(scale, Math.abs(x2[i]!));
  }
  return largest === 0 ? 0 : largest / scale;
}
