/** The derivation as data. */
import { formula, type Matrix, type Node, type Variable } from "../../autodiff/index.js";
import { type Derivation, type Report, reasonText } from "../../derivation/index.js";
import type { DocumentOptions } from "./document.js";

export function jsonOf({ network, derivations, proof, holds }: Report, options: DocumentOptions) {
  const { exercise, equations, values } = network;
  const { sizes, activation, cost } = exercise;
  const line = (symbol: Variable, right: Node) => ({
    ...named(symbol),
    right: both(right),
    ...(options.values && { value: rowsOf(values.get(symbol) as Matrix) }),
  });
  return {
    network: { sizes, activation, cost, seed: options.seed, sample: options.sample },
    forward: equations.forward.map(({ symbol, right }) => line(symbol, right)),
    adjoint: equations.adjoint.map(({ symbol, right, uses }) => ({
      ...line(symbol, right),
      rules: uses.map(({ right }) => (right.kind === "application" ? right.name : "")),
    })),
    derivations: derivations.map(derivationOf),
    proof: {
      ...proof,
      comparisons: proof.comparisons.map(({ of, ...comparison }) => ({
        ...comparison,
        of: named(of),
      })),
    },
    holds,
  };
}

function derivationOf({ equation, layer, chain, sigmaPrime }: Derivation) {
  const { left, goal, reached, holds, steps } = chain;
  return {
    equation,
    layer,
    left: both(left),
    goal: both(goal),
    steps: steps.map(({ expression, reason, difference, holds }) => ({
      expression: both(expression),
      reason: reasonText(reason),
      difference,
      holds,
    })),
    ...(sigmaPrime && { sigmaPrime: both(sigmaPrime.right) }),
    reached,
    holds,
  };
}

function named(symbol: Variable) {
  return { symbol: both(symbol), shape: symbol.shape };
}

function both(node: Node) {
  return { text: formula(node), latex: formula(node, "latex") };
}

function rowsOf({ shape: [rows, columns], data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => data[c * rows + r] as number),
  );
}
