/** The operators made of j, at examples worked out by hand. */
import { describe, expect, test } from "vitest";
import {
  add,
  column,
  constant,
  divide,
  evaluate,
  exp,
  grad,
  hessian,
  hvp,
  IndependenceError,
  j,
  jacobian,
  jvp,
  matmul,
  matrix,
  multiply,
  type Node,
  ShapeError,
  sum,
  type Tree,
  transpose,
  valueAndGrad,
  variable,
  vec,
} from "../../src/autodiff/index.js";

const ROWS = [
  [1, 2, 3],
  [4, 5, 6],
];
const value = (node: Node) => evaluate(node);

describe("vec", () => {
  test("stacks columns, and the leaves of a tree", () => {
    expect(value(vec(constant(matrix(ROWS))))).toEqual(column([1, 4, 2, 5, 3, 6]));
    expect(value(vec([7, { b: constant(matrix(ROWS)) }]))).toEqual(column([7, 1, 4, 2, 5, 3, 6]));
  });
});

describe("jvp", () => {
  test("of x₁ x₂ is ẋ₁ x₂ + x₁ ẋ₂", () => {
    expect(value(jvp(multiply)(3, 5, 10, 100))).toEqual(matrix([[350]]));
  });
  test("has the structure of y, for arguments with structure", () => {
    const f = ({ w, b }: { w: Node; b: Node }) => [multiply(w, b), { b: exp(b) }] as const;
    const [first, second] = jvp(f)({ w: constant(3), b: constant(0) }, { w: 1, b: 2 });
    expect([value(first), value(second.b)]).toEqual([matrix([[6]]), matrix([[2]])]);
  });
  test("goes by the keys of records, in whatever order they are", () => {
    const f = ({ w, b }: { w: Node; b: Node }) => multiply(multiply(w, w), b);
    const x = { w: constant(2), b: constant(3) };
    expect(value(jvp(f)(x, { b: 0, w: 1 }))).toEqual(matrix([[12]]));
    const { w, b } = hvp(f)(x, { b: 0, w: 1 });
    expect([value(w), value(b)]).toEqual([matrix([[6]]), matrix([[4]])]);
    const g = (x: Node) => ({ square: multiply(x, x), same: x });
    const y = { same: 2, square: 4 };
    expect(value(j(g)(y, { same: 1, square: 10 }, constant(2)))).toEqual(matrix([[41]]));
    const other = { w: 1, c: 0 } as unknown as { w: number; b: number };
    expect(() => jvp(f)(x, other)).toThrow(
      /^jvp: ẋ should have the structure of x: there is no ẋ\[0\]\.b$/,
    );
  });
  test("is 0 where f does not depend on x", () => {
    expect(value(jvp((_: Node) => constant(5))(constant(1), 2))).toEqual(matrix([[0]]));
  });
  test("says what does not fit", () => {
    const x = variable([2, 1]);
    const f = jvp(exp) as (...both: Node[]) => Node;
    expect(() => f(x, constant(1))).toThrow(/^jvp: ẋ should be 2×1 like x, not 1×1/);
    expect(() => f(x)).toThrow(/^jvp: expected the arguments x… and then as many ẋ…, not 1 in all/);
    expect(() => f()).toThrow(/^jvp: expected .* not 0 in all/);
    const g = jvp((x: readonly Node[]) => add(x[0]!, x[1]!)) as (...both: Tree[]) => Node;
    expect(() => g([x, x], [x])).toThrow(/^jvp: ẋ should be 2×1, 2×1 like x, not 2×1$/);
    expect(() => g([x, x], [x, x, x])).toThrow(
      /^jvp: ẋ should be 2×1, 2×1 like x, not 2×1, 2×1, 2×1$/,
    );
  });
});

describe("jacobian", () => {
  test("of A x is A, and of x = (x₁, x₂) ↦ (x₁ x₂, x₁ / x₂) has a row for each result", () => {
    const A = constant(matrix(ROWS));
    expect(value(jacobian((x: Node) => matmul(A, x))(constant(column([1, 2, 3]))))).toEqual(
      matrix(ROWS),
    );
    const f = (x1: Node, x2: Node) => [multiply(x1, x2), divide(x1, x2)];
    expect(value(jacobian(f)(constant(3), constant(2)))).toEqual(
      matrix([
        [2, 3],
        [0.5, -0.75],
      ]),
    );
  });
  test("of a matrix by a matrix is laid out by columns: ∂Xᵀ/∂X permutes, ∂(A X)/∂X is I ⊗ A", () => {
    const X = constant(matrix(ROWS));
    const K = value(jacobian(transpose)(X));
    expect(value(matmul(constant(K), vec(X)))).toEqual(value(vec(transpose(X))));
    const A = constant(matrix([[7, 8]]));
    expect(value(jacobian((x: Node) => matmul(A, x))(X))).toEqual(
      matrix([
        [7, 8, 0, 0, 0, 0],
        [0, 0, 7, 8, 0, 0],
        [0, 0, 0, 0, 7, 8],
      ]),
    );
  });
  test("is 0 where f does not depend on x", () => {
    expect(value(jacobian((_: Node) => constant(5))(constant(column([1, 2]))))).toEqual(
      matrix([[0, 0]]),
    );
  });
});

describe("hessian", () => {
  test("of ½ xᵀ A x is A for a symmetric A, of x₁² x₂ is [[2 x₂, 2 x₁], [2 x₁, 0]]", () => {
    const A = matrix([
      [2, -1],
      [-1, 3],
    ]);
    const f = (x: Node) => multiply(0.5, matmul(transpose(x), matmul(constant(A), x)));
    expect(value(hessian(f)(constant(column([5, 7]))))).toEqual(A);
    const g = (x1: Node, x2: Node) => multiply(multiply(x1, x1), x2);
    expect(value(hessian(g)(constant(3), constant(5)))).toEqual(
      matrix([
        [10, 6],
        [6, 0],
      ]),
    );
  });
  test("of a linear function is 0, and so is H v", () => {
    const f = (x: Node) => sum(multiply(3, x));
    const x = constant(column([1, 2]));
    expect([...value(hessian(f)(x)).data]).toEqual([0, 0, 0, 0]);
    expect(value(hvp(f)(x, x))).toEqual(column([0, 0]));
  });
});

describe("hvp", () => {
  test("has the structure of x: for a b², H (v, w) = (2 b w, 2 b v + 2 a w)", () => {
    const f = ({ a, b }: { a: Node; b: Node }) => multiply(a, multiply(b, b));
    const Hv = hvp(f)({ a: constant(3), b: constant(5) }, { a: 1, b: 10 });
    expect([value(Hv.a), value(Hv.b)]).toEqual([matrix([[100]]), matrix([[70]])]);
  });
  test("says what does not fit", () => {
    const f = hvp((x: Node) => sum(exp(x))) as (...both: Node[]) => Node;
    expect(() => f(variable([2, 1]), constant(1))).toThrow(ShapeError);
    expect(() => f(variable([2, 1]), constant(1))).toThrow(/^hvp: v should be 2×1 like x, not 1×1/);
  });
});

describe("a scalar function that does not depend on x", () => {
  const forgetful = (_: Node) => sum(exp(constant(1)));
  test.each([
    ["grad", grad(forgetful)],
    ["valueAndGrad", valueAndGrad(forgetful)],
    ["hessian", hessian(forgetful)],
    ["hvp", (x: Node) => hvp(forgetful)(x, x)],
  ])("is refused by %s, which says what to do", (_, operator: (x: Node) => unknown) => {
    const x = variable([2, 1]);
    expect(() => operator(x)).toThrow(IndependenceError);
    expect(() => operator(x)).toThrow(/does not depend on x; let it compute with the argument/);
  });
  test("even if it refers to the very node that it is given", () => {
    const x = constant(2);
    expect(() => grad((_: Node) => exp(x))(x)).toThrow(IndependenceError);
  });
  test("but an argument may be left aside beside one that is used", () => {
    const f = (x1: Node, _: Node) => exp(x1);
    const [first, second] = grad(f)(constant(0), constant(column([1, 2])));
    expect([value(first), value(second)]).toEqual([matrix([[1]]), column([0, 0])]);
  });
  test("and a derivative of 0 is no mistake: d²(3x + x²)/dx² = 2, of which the next one is 0", () => {
    const f = (x: Node) => add(multiply(3, x), multiply(x, x));
    expect(value(hessian(f)(constant(1)))).toEqual(matrix([[2]]));
    expect(value(jacobian((x: Node) => hessian(f)(x))(constant(1)))).toEqual(matrix([[0]]));
  });
});
