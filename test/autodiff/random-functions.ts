/** Random functions over all primitives of the table, for properties that hold of every function. */
import fc from "fast-check";
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
  matrixOf,
  max,
  maximum,
  multiply,
  type Node,
  negate,
  type PrimitiveName,
  reciprocal,
  type Shape,
  scatterColumns,
  sqrt,
  subtract,
  sum,
  tanh,
  transpose,
} from "../../src/autodiff/index.js";

/** All values are of this shape, so that any two fit together. */
const SHAPE: Shape = [2, 2];
const INDICES = constant(matrix([[1, 1]]));
const positive = (x: Node) => add(1.5, multiply(x, x));

/** One way to use each primitive, far from its poles; the type demands one for every row of the table. */
const steps: Readonly<Record<PrimitiveName, (a: Node, b: Node) => Node>> = {
  add,
  subtract,
  multiply: (a, b) => multiply(tanh(a), b),
  divide: (a, b) => divide(a, positive(b)),
  negate,
  reciprocal: (a) => reciprocal(positive(a)),
  exp: (a) => exp(tanh(a)),
  log: (a) => log(positive(a)),
  sqrt: (a) => sqrt(positive(a)),
  tanh,
  maximum,
  greater,
  floor,
  matmul: (a, b) => matmul(tanh(a), b),
  transpose,
  broadcast: (a) => broadcast(sum(a, [2, 1]), SHAPE),
  sum: (a) => broadcast(sum(a, [1, 2]), SHAPE),
  max: (a, b) => multiply(max(a, [1, 2]), b),
  columns: (a) => columns(a, INDICES),
  scatterColumns: (a) => scatterColumns(a, INDICES, SHAPE),
};

const names = Object.keys(steps) as PrimitiveName[];
const edged: readonly PrimitiveName[] = ["maximum", "greater", "floor", "max"];

export type Binary = (x1: Node, x2: Node) => Node;

function functionsOf(choices: readonly PrimitiveName[]): fc.Arbitrary<Binary> {
  const step = fc.tuple(fc.constantFrom(...choices), fc.nat(99), fc.nat(99));
  return fc.array(step, { minLength: 1, maxLength: 8 }).map((program) => (x1, x2) => {
    const nodes = [x1, x2];
    for (const [name, p, q] of program) {
      nodes.push(steps[name](nodes[p % nodes.length] as Node, nodes[q % nodes.length] as Node));
    }
    // Every step counts, and so do both arguments.
    return nodes.reduce((sum, node) => add(sum, node));
  });
}

/** Functions of two 2×2 matrices, over all primitives. */
export const functions = functionsOf(names);

/** The same over those primitives that have derivatives everywhere. */
export const smoothFunctions = functionsOf(names.filter((name) => !edged.includes(name)));

/** A 2×2 matrix of numbers from −2 to 2. */
export const matrices: fc.Arbitrary<Matrix> = fc
  .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((elements) => matrixOf(SHAPE, Float64Array.from(elements)));
