/** The functions that can be stepped through: a sigmoid layer, a small network, and what one types. */
import {
  column,
  type Equations,
  equations,
  type Matrix,
  matrix,
  type Variable,
  variable,
} from "../../../autodiff/index.js";
import { algebra } from "../../../derivation/algebra.js";
import { deriveBackpropagation } from "../../../derivation/backpropagation.js";
import { type Exercise, networkOf } from "../../../derivation/network.js";
import { parameterList, sigmoid, weightedInput } from "../../../nn/index.js";
import { chainsOfLayer } from "./layer.js";
import { parse } from "./parse.js";
import type { Input, Subject } from "./subject.js";
import { sweepOf } from "./sweep.js";

const scalar = (x: number) => matrix([[x]]);

/** The note's example: a′ = σ(w a + b), for a single number each. */
export function sigmoidLayer(): Subject {
  const [w, a, b] = ["w", "a", "b"].map((name) => variable([1, 1], { name })) as [
    Variable,
    Variable,
    Variable,
  ];
  const z = weightedInput(w, a, b);
  const result = sigmoid(z);
  const names = new Map([[result, "a′"]]);
  const parts = equations(result, { xs: [w, a, b], names });
  const initial = [scalar(1.5), scalar(0.8), scalar(-0.7)];
  return {
    kind: "sigmoid",
    sweep: sweepOf([w, a, b], parts),
    inputs: [w, a, b].map((symbol, k) => input(symbol, initial[k] as Matrix, [-4, 4])),
    derivations: chainsOfLayer({ w, a, b, z, result, parts, given: initial }),
  };
}

const EXERCISE: Exercise = {
  sizes: [2, 3, 2],
  activation: "sigmoid",
  cost: "quadratic",
  theta: [
    {
      w: matrix([
        [0.8, -0.5],
        [-1.2, 0.6],
        [0.4, 1.1],
      ]),
      b: column([0.1, 0.3, -0.4]),
    },
    {
      w: matrix([
        [1.3, -0.7, 0.5],
        [-0.6, 0.9, -1.1],
      ]),
      b: column([0.2, -0.1]),
    },
  ],
  input: column([1, 0.5]),
  desired: column([1, 0]),
};

/** The cost of a network with two inputs, three hidden neurons and two outputs, for one sample. */
export function smallNetwork(): Subject {
  const network = networkOf(EXERCISE);
  const { a0, y, layers, exercise } = network;
  const theta = parameterList(layers);
  const given = parameterList(exercise.theta);
  return {
    kind: "network",
    sweep: sweepOf([a0, y, ...theta], network.equations),
    inputs: [
      input(a0, exercise.input, [0, 1], "a0"),
      input(y, exercise.desired, [0, 1]),
      ...theta.map((symbol, k) => {
        const key = `${"wb"[k % 2]}${Math.floor(k / 2) + 1}`;
        return { ...input(symbol, given[k] as Matrix, [-3, 3], key), detail: true };
      }),
    ],
    derivations: deriveBackpropagation(network, algebra),
  };
}

/** What is typed. Throws a `FormulaError` if that is no formula. */
export function typed(text: string): Subject {
  const { result, names } = parse(text);
  const free = RESULTS.find((name) => names.every((each) => each.name !== name)) as string;
  const parts: Equations = equations(result, { xs: names, names: new Map([[result, free]]) });
  return {
    kind: "formula",
    sweep: sweepOf(names, parts),
    inputs: names.map((symbol, k) => input(symbol, scalar(STARTS[k] as number), [-4, 4])),
    derivations: [],
  };
}

/** More names than a formula may have. */
const RESULTS = ["L", "f", "g", "h", "r", "s", "q"];

/** Where the names of a formula begin: no two alike, and none at 0 or below, for the logarithm's sake. */
const STARTS = [1.5, 0.5, 2, 0.8, 1.2, 0.3];

function input(symbol: Variable, initial: Matrix, range: Input["range"], key = symbol.name): Input {
  return { symbol, key, initial, range, detail: false };
}
