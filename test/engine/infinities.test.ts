/** Infinities and NaN: no executor loses them in a product. */
import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  divide,
  type Executor,
  evaluate,
  exp,
  type Matrix,
  matmul,
  matrix,
  matrixOf,
  multiply,
  type Node,
  type Shape,
  transpose,
  type Variable,
  variable,
} from "../../src/autodiff/index.js";
import { size } from "../../src/autodiff/matrix.js";
import { candidates } from "./executors.js";

const { POSITIVE_INFINITY: INFINITY, NaN: NAN } = Number;

function product(executor: Executor, a: Matrix, b: Matrix, form: (a: Node, b: Node) => Node) {
  const [x1, x2] = [variable(a.shape), variable(b.shape)];
  const value = form(x1, x2);
  const y = variable(value.shape);
  const initial = new Map<Variable, Matrix["data"]>([
    [x1, a.data],
    [x2, b.data],
  ]);
  const session = executor.load({ program: [{ variable: y, value }] }, initial);
  session.run("program");
  const elements = [...session.read(y)];
  session.dispose();
  return elements;
}

/** Ones, but for some elements by their number, column by column. */
function ones(shape: Shape, others: Readonly<Record<number, number>>): Matrix {
  return matrixOf(
    shape,
    Float64Array.from({ length: size(shape) }, (_, i) => others[i] ?? 1),
  );
}

const flipped = (x: Matrix) => evaluate(transpose(constant(x)));

describe.each(candidates)("$name", ({ executor }) => {
  test.each<[string, number, number, (x: Node) => Node]>([
    ["x e¹⁰⁰", 0, 0, (x) => multiply(x, exp(constant(100)))],
    ["10⁻³⁰ (10⁻³⁰ x)", 1e38, 1e-22, (x) => multiply(1e-30, multiply(1e-30, x))],
    ["(x / 10⁻³⁹) 1", 1e-30, 1e9, (x) => matmul(divide(x, 1e-39), 1)],
    [
      "(x 10³⁰) (10³⁰ 1)",
      1e-30,
      1e30,
      (x) => matmul(multiply(x, 1e30), multiply(1e30, constant(1))),
    ],
  ])("%s neither overflows nor vanishes by a constant that is out of range", (_, x, exact, f) => {
    const [y] = product(executor, matrix([[x]]), matrix([[1]]), f);
    expect(y).toBeGreaterThanOrEqual(exact * (1 - 1e-5));
    expect(y).toBeLessThanOrEqual(exact * (1 + 1e-5));
  });

  test.each([
    ["∞ · 0", INFINITY, 0, NAN],
    ["0 · ∞", 0, INFINITY, NAN],
    ["−∞ · −0", -INFINITY, -0, NAN],
    ["NaN · 0", NAN, 0, NAN],
    ["0 · NaN", 0, NAN, NAN],
    ["∞ · −2", INFINITY, -2, -INFINITY],
  ])("%s is no number where it is none, in a sum of one term and of more", (_, a, b, y) => {
    expect(product(executor, matrix([[a]]), matrix([[b]]), matmul)).toEqual([y]);
    expect(product(executor, matrix([[a, 1]]), matrix([[b], [1]]), matmul)).toEqual([y]);
  });

  // 70 columns or rows are enough for every way in which a dense product may be computed.
  test.each([3, 70])("it spoils its own row and column of the result alone (%i)", (k) => {
    const a = ones([5, k], { 2: INFINITY, 8: NAN });
    const b = ones([k, 4], { 0: 0, [k + 1]: 0, [2 * k]: 2 });
    // Row 2 meets b[0, c] in a[2, 0] = ∞, and row 3 meets all columns in a[3, 1] = NaN.
    const rows = [
      [k - 1, k - 1, k + 1, k],
      [k - 1, k - 1, k + 1, k],
      [NAN, INFINITY, INFINITY, INFINITY],
      [NAN, NAN, NAN, NAN],
      [k - 1, k - 1, k + 1, k],
    ];
    const expected = [...matrix(rows).data];
    expect(product(executor, a, b, matmul)).toEqual(expected);
    const [aT, bT] = [flipped(a), flipped(b)];
    expect(product(executor, aT, b, (a, b) => matmul(transpose(a), b))).toEqual(expected);
    expect(product(executor, a, bT, (a, b) => matmul(a, transpose(b)))).toEqual(expected);
    const inOtherOrder = product(executor, bT, aT, matmul);
    expect(inOtherOrder).toEqual([...flipped(matrix(rows)).data]);
    const added = product(executor, a, b, (a, b) => add(constant(matrix([[1]])), matmul(a, b)));
    expect(added).toEqual(expected.map((element) => element + 1));
  });
});
