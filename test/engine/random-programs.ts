/** Random programs for the passes of the engine. */
import fc from "fast-check";
import {
  add,
  broadcast,
  constant,
  divide,
  exp,
  type Matrix,
  matmul,
  matrixOf,
  maximum,
  multiply,
  type Node,
  negate,
  type Shape,
  subtract,
  sum,
  tanh,
  transpose,
  type Variable,
  variable,
} from "../../src/autodiff/index.js";
import { size } from "../../src/autodiff/matrix.js";

export interface RandomProgram {
  /** A matrix, a column, a row and a scalar, and another matrix. */
  readonly xs: readonly Variable[];
  /** One expression for each variable, and of its shape. */
  readonly ys: readonly Node[];
  readonly bindings: ReadonlyMap<Variable, Matrix>;
}

/** A matrix of numbers between −1 and 1 that float32 holds exactly. */
export function randomMatrix(shape: Shape, seed: number): Matrix {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  };
  return matrixOf(shape, Float64Array.from({ length: size(shape) }, next));
}

/**
 * Programs over nodes of all four kinds of shape, with constants, broadcasts, factors and products.
 * All operations are continuous, so that rounding in another way changes results but little.
 */
export const programs: fc.Arbitrary<RandomProgram> = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 7 }),
    steps: fc.array(fc.tuple(fc.nat(13), fc.nat(99), fc.nat(99)), { minLength: 3, maxLength: 20 }),
    seed: fc.nat(1e6),
  })
  .map(({ rows, columns, steps, seed }) => {
    const full: Shape = [rows, columns];
    const shapes: Shape[] = [full, [rows, 1], [1, columns], [1, 1], full];
    const xs = shapes.map((shape, k) => variable(shape, { name: `x${k}` }));
    const constants = [constant(0.5), constant(-3), constant(randomMatrix(full, seed))];
    const nodes: Node[] = [...xs, ...constants];
    for (const [kind, p, q] of steps) {
      const [a, b] = [nodes[p % nodes.length] as Node, nodes[q % nodes.length] as Node];
      const makers = operations(a, b, full);
      nodes.push((makers[kind % makers.length] as () => Node)());
    }
    const ys = xs.map(({ shape }, k) => shapedAs(shape, nodes.at(-1 - k) as Node));
    const bindings = new Map(xs.map((x, k) => [x, randomMatrix(x.shape, seed + k + 1)]));
    return { xs, ys, bindings };
  });

function operations(a: Node, b: Node, full: Shape): (() => Node)[] {
  const both = tanh(add(a, b));
  return [
    () => add(a, b),
    () => subtract(a, b),
    () => multiply(tanh(a), b),
    () => maximum(a, b),
    () => negate(a),
    () => tanh(a),
    () => exp(tanh(a)),
    () => multiply(0.25, a),
    () => broadcast(a, full),
    () => sum(a, [1, a.shape[1]]),
    () => sum(a, [a.shape[0], 1]),
    () => tanh(matmul(divide(both, 4), matmul(transpose(both), both))),
    () => tanh(matmul(both, matmul(transpose(multiply(0.5, both)), both))),
    () => subtract(both, multiply(0.125, matmul(both, matmul(transpose(both), both)))),
  ];
}

/** The node summed or repeated to the shape. */
function shapedAs(shape: Shape, node: Node): Node {
  const [rows, columns] = shape.map((extent, axis) => (extent === 1 ? 1 : node.shape[axis]));
  return broadcast(sum(node, [rows as number, columns as number]), shape);
}
