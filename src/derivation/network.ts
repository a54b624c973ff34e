/** The exercise: the cost of a network for one sample, as the program that nn makes of it, with values. */

import { inOrder } from "../autodiff/graph.js";
import {
  type Equation,
  type Equations,
  equations,
  evaluate,
  type Matrix,
  type Node,
  rewrite,
  share,
  topologicalOrder,
  type Variable,
  variable,
} from "../autodiff/index.js";
import {
  type ActivationName,
  activations,
  type CostName,
  costs,
  feedForward,
  type Parameters,
  parameterList,
  parameters,
} from "../nn/index.js";
import { nameSteps } from "./steps.js";
import { is, numberOf } from "./terms.js";

export interface Exercise {
  /** n_0, …, n_L */
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  readonly theta: Parameters<Matrix>;
  /** The input a⁰, n_0×1. */
  readonly input: Matrix;
  /** The desired output y, n_L×1. */
  readonly desired: Matrix;
}

/** Variables for the parameters: the argument x of the cost whose x̄ is asked for. */
type Theta = ReturnType<typeof parameters>;

/** The nodes of a layer: a = σ(z), z = w a + b. */
interface Neurons {
  readonly w: Variable;
  readonly b: Variable;
  readonly z: Node;
  readonly a: Node;
}

/** A program of layers with its lines of the reverse sweep: what derivations are about. */
export interface Layered {
  /** The layers 1 … L. */
  readonly layers: readonly Neurons[];
  readonly a0: Variable;
  readonly y: Variable;
  /** C, the cost, 1×1. */
  readonly cost: Node;
  /** C and, with its lines of the reverse sweep, all that it comes from. */
  readonly equations: Equations;
  /** The values of all symbols of the equations. */
  readonly values: Map<Variable, Matrix>;
}

export interface Network extends Layered {
  readonly exercise: Exercise;
  readonly theta: Theta;
  /** C as a function of θ, for j to take. */
  readonly costOf: (theta: Theta) => Node;
}

/**
 * The program is nn's own: `feedForward` and the cost are called as training calls them, and the nodes
 * z^l and a^l are noted as they are made. Only the mean over a batch of one sample is left out.
 */
export function networkOf(exercise: Exercise): Network {
  const { sizes, input, desired, theta } = exercise;
  const { output, cost } = costs[exercise.cost];
  const variables = parameters(sizes);
  const a0 = variable(input.shape, { name: "a⁰" });
  const y = variable(desired.shape, { name: "y" });
  const hidden: Node[] = [];
  const activation: (z: Node) => Node = activations[exercise.activation];
  const last = feedForward(variables, a0, (z) => {
    const a = activation(z);
    hidden.push(z, a);
    return a;
  });
  const costOf = (theta: Theta) => cost(feedForward(theta, a0, activation), y);
  const results = [cost(last, y), ...hidden, last, output(last)];
  const [total, ...units] = share(withoutMean(results)) as [Node, ...Node[]];
  const layers = variables.map(({ w, b }, l) => ({
    w,
    b,
    z: units[2 * l] as Node,
    a: units[2 * l + 1] as Node,
  }));
  const parts = equations(total, {
    xs: parameterList(variables),
    also: [layers.at(-1)!.a],
    names: nameSteps(total, layers),
  });
  const given = new Map<Variable, Matrix>([
    [a0, input],
    [y, desired],
    ...variables.flatMap(({ w, b }, l): [Variable, Matrix][] => [
      [w, theta[l]!.w],
      [b, theta[l]!.b],
    ]),
  ]);
  const values = valuesOf([...parts.forward, ...parts.adjoint], given);
  return {
    exercise,
    layers,
    a0,
    y,
    cost: total,
    theta: variables,
    costOf,
    equations: parts,
    values,
  };
}

/** x for x / 1. */
function withoutMean(results: readonly Node[]): Node[] {
  return rewrite(results, (node) =>
    is(node, "divide") && numberOf(node.inputs[1] as Node) === 1 ? (node.inputs[0] as Node) : node,
  );
}

/** Computes each equation after those that its right side refers to. */
function valuesOf(list: readonly Equation[], given: Map<Variable, Matrix>): Map<Variable, Matrix> {
  const lines = new Map<Node, Equation>(list.map((line) => [line.symbol, line]));
  const order = inOrder(list, ({ right }) =>
    topologicalOrder([right]).flatMap((node) => lines.get(node) ?? []),
  );
  for (const { symbol, right } of order) given.set(symbol, evaluate(right, given));
  return given;
}
