/**
 * Where each primitive is checked. The type demands an entry for every row of the table, and at
 * least one; arguments keep away from poles and jumps, where no derivative exists.
 */
import {
  add,
  broadcast,
  columns,
  constant,
  divide,
  exp,
  floor,
  greater,
  log,
  type Matrix,
  matmul,
  matrix,
  max,
  maximum,
  multiply,
  type Node,
  negate,
  type PrimitiveName,
  reciprocal,
  scatterColumns,
  sqrt,
  subtract,
  sum,
  tanh,
  transpose,
} from "../../src/autodiff/index.js";

export interface Example {
  readonly f: (...x: Node[]) => Node;
  readonly at: readonly Matrix[];
}

/** f of one argument as a function that takes its arguments as a list. */
const unary = (f: (x: Node) => Node) => (x?: Node) => f(x as Node);
const binary = (f: (x1: Node, x2: Node) => Node) => (x1?: Node, x2?: Node) =>
  f(x1 as Node, x2 as Node);

const A = matrix([
  [0.5, -1.25, 2],
  [3.5, -0.75, 1.5],
]);
const B = matrix([
  [1.75, 0.25, -3],
  [-2.5, 0.375, 2.25],
]);
const POSITIVE = matrix([
  [0.25, 1.5, 3],
  [0.75, 2, 0.125],
]);
const TALL = matrix([
  [0.5, -2],
  [1.25, 0.75],
  [-1.5, 3],
]);
const COLUMN = matrix([[0.5], [-1.25]]);
const ROW = matrix([[2, -0.5, 1]]);
const INDICES = constant(matrix([[2, 0, 2, 1]]));

const inOne = (f: (x: Node) => Node, at: Matrix = A): Example => ({ f: unary(f), at: [at] });
const inTwo = (f: (x1: Node, x2: Node) => Node, x1: Matrix = A, x2: Matrix = B): Example => ({
  f: binary(f),
  at: [x1, x2],
});

export const examples: Readonly<Record<PrimitiveName, readonly [Example, ...Example[]]>> = {
  add: [inTwo(add), inTwo(add, A, COLUMN), inTwo(add, ROW, COLUMN)],
  subtract: [inTwo(subtract)],
  multiply: [inTwo(multiply), inOne((x) => multiply(x, x))],
  divide: [inTwo(divide)],
  negate: [inOne(negate)],
  reciprocal: [inOne(reciprocal)],
  exp: [inOne(exp)],
  log: [inOne(log, POSITIVE)],
  sqrt: [inOne(sqrt, POSITIVE)],
  tanh: [inOne(tanh)],
  maximum: [inTwo(maximum)],
  greater: [inTwo(greater)],
  floor: [inOne(floor, matrix([[0.5, -1.25, 2.75]]))],
  matmul: [inTwo(matmul, A, TALL), inTwo(matmul, TALL, COLUMN)],
  transpose: [inOne(transpose)],
  broadcast: [
    inOne((x) => broadcast(x, [2, 3]), COLUMN),
    inOne((x) => broadcast(x, [2, 3]), ROW),
    inOne((x) => broadcast(x, [2, 3]), matrix([[0.5]])),
  ],
  sum: [inOne((x) => sum(x)), inOne((x) => sum(x, [1, 3])), inOne((x) => sum(x, [2, 1]))],
  max: [inOne((x) => max(x)), inOne((x) => max(x, [1, 3])), inOne((x) => max(x, [2, 1]))],
  columns: [inOne((x) => columns(x, INDICES))],
  scatterColumns: [
    inOne(
      (x) => scatterColumns(x, INDICES, [2, 5]),
      matrix([
        [0.5, 1, -2, 3],
        [1, 2, 0.25, -1],
      ]),
    ),
  ],
};
