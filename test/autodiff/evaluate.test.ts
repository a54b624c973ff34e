import { describe, expect, test } from "vitest";
import {
  add,
  column,
  constant,
  evaluate,
  interpreter,
  type Matrix,
  matmul,
  matrix,
  matrixOf,
  multiply,
  type Node,
  type Shape,
  ShapeError,
  subtract,
  sum,
  transpose,
  valueAndGrad,
  variable,
} from "../../src/autodiff/index.js";

describe("matrices", () => {
  test("are written by rows and stored by columns", () => {
    expect([
      ...matrix([
        [1, 2],
        [3, 4],
        [5, 6],
      ]).data,
    ]).toEqual([1, 3, 5, 2, 4, 6]);
    expect(column([1, 2])).toEqual(matrix([[1], [2]]));
  });
  test("text is refused", () => {
    const text = [["1"]] as unknown as number[][];
    expect(() => matrix(text)).toThrow(TypeError);
    expect(() => matrix(text)).toThrow(
      "matrix: the element at row 0, column 0 should be a number, not a string",
    );
  });

  test("rows of different lengths, or none, are refused", () => {
    expect(() => matrix([[1, 2], [3]])).toThrow(RangeError);
    expect(() => matrix([])).toThrow(RangeError);
    expect(() => matrixOf([2, 2], new Float64Array(3))).toThrow(/2×2 takes 4 elements, not 3/);
    for (const shape of [[1.5, 2], [-1, 2], [2], undefined, "22"]) {
      const message = /a shape should be two whole numbers from 0 on, \[rows, columns\], not /;
      expect(() => variable(shape as unknown as Shape)).toThrow(message);
      expect(() => matrixOf(shape as unknown as Shape, new Float64Array(3))).toThrow(message);
    }
  });
});

describe("evaluate", () => {
  test("multiplies as (AB)ᵀ = BᵀAᵀ", () => {
    const a = constant(
      matrix([
        [1, 2, 0],
        [3, 4, -1],
      ]),
    );
    const b = constant(
      matrix([
        [5, 6],
        [7, 8],
        [0, 2],
      ]),
    );
    expect(evaluate(matmul(a, b))).toEqual(
      matrix([
        [19, 22],
        [43, 48],
      ]),
    );
    expect(evaluate(matmul(transpose(b), transpose(a)))).toEqual(
      matrix([
        [19, 43],
        [22, 48],
      ]),
    );
  });

  test("repeats rows, columns and scalars to fit", () => {
    const x = constant(
      matrix([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(evaluate(add(x, constant(column([10, 20]))))).toEqual(
      matrix([
        [11, 12],
        [23, 24],
      ]),
    );
    expect(evaluate(add(x, constant(matrix([[10, 20]]))))).toEqual(
      matrix([
        [11, 22],
        [13, 24],
      ]),
    );
    expect(evaluate(multiply(2, x))).toEqual(
      matrix([
        [2, 4],
        [6, 8],
      ]),
    );
  });

  test("gives each result elements of its own, also where results are equal", () => {
    const x = constant(column([1, 2]));
    const [one, other] = evaluate([add(x, x), add(x, x)]) as [Matrix, Matrix];
    one.data.fill(100);
    expect([...other.data]).toEqual([2, 4]);
  });

  test("is not asked for a result of a shape that is none", () => {
    const x = variable([2, 1]);
    for (const shape of [[1], [2.5, 1], [-1, 1]] as unknown as Shape[]) {
      expect(() => sum(x, shape)).toThrow(/^sum: a shape should be two whole numbers/);
    }
  });

  test("gives a tree of values for a tree of nodes", () => {
    const { a, list } = evaluate({ a: constant(1), list: [constant(2)] as readonly Node[] });
    expect([a.data[0], list[0]?.data[0]]).toEqual([1, 2]);
  });

  test("takes a record whose parts are called as those of a node or a matrix for a record", () => {
    const { kind, data } = evaluate({ kind: constant(1), data: constant(2) });
    expect([kind.data[0], data.data[0]]).toEqual([1, 2]);
  });

  test("names a variable whose value is no matrix", () => {
    const a = variable([2, 1], { name: "a" });
    const value = [1, 2] as unknown as Matrix;
    expect(() => evaluate(a, new Map([[a, value]]))).toThrow(
      "evaluate: the value of the variable a should be a matrix, not an array",
    );
  });

  test("names a variable that has no value, or one of another shape", () => {
    const x = variable([2, 1], { name: "speed" });
    expect(() => evaluate(x)).toThrow("the variable speed has no value");
    expect(() => evaluate(x, new Map([[x, matrix([[1]])]]))).toThrow(ShapeError);
    expect(() => evaluate(x, new Map([[x, matrix([[1]])]]))).toThrow(/speed is 2×1, its value 1×1/);
  });
});

describe("the interpreter as an executor", () => {
  test("assigns all at once, from the values before the step", () => {
    const [a, b] = [variable([1, 1]), variable([1, 1])];
    const swap = [
      { variable: a, value: b },
      { variable: b, value: add(a, b) },
    ];
    const initial = new Map([[b, Float64Array.of(1)]]);
    const session = interpreter.load({ swap }, initial);
    session.run("swap", 10);
    expect([session.read(a)[0], session.read(b)[0]]).toEqual([55, 89]);
  });

  test("descends along a gradient to the minimum of (x − 3)²", () => {
    const x = variable([1, 1]);
    const [y, xBar] = valueAndGrad((x: Node) => multiply(subtract(x, 3), subtract(x, 3)))(x);
    const cost = variable([1, 1]);
    const step = [
      { variable: x, value: subtract(x, multiply(0.1, xBar)) },
      { variable: cost, value: y },
    ];
    const session = interpreter.load({ step }, new Map());
    session.run("step", 200);
    expect(session.read(x)[0]).toBeCloseTo(3, 12);
    expect(session.read(cost)[0]).toBeCloseTo(0, 12);
  });

  test("programs share their variables; read gives a copy", () => {
    const x = variable([2, 1], { name: "state" });
    const session = interpreter.load(
      {
        double: [{ variable: x, value: multiply(2, x) }],
        add: [{ variable: x, value: add(x, 1) }],
      },
      new Map([[x, Float64Array.of(1, 2)]]),
    );
    session.run("double");
    session.run("add");
    const copy = session.read(x);
    expect([...copy]).toEqual([3, 5]);
    copy[0] = 100;
    expect([...session.read(x)]).toEqual([3, 5]);
    session.write(x, [7, 8]);
    session.run("double");
    expect([...session.read(x)]).toEqual([14, 16]);
  });

  test("a constant keeps its value whatever a program does with copies of it", () => {
    const held = matrix([[1, 2]]);
    const x = variable([1, 2]);
    const session = interpreter.load(
      { set: [{ variable: x, value: sum(constant(held), [1, 2]) }] },
      new Map(),
    );
    session.run("set");
    session.read(x).fill(8);
    session.write(x, [9, 9]);
    session.run("set");
    expect([...session.read(x)]).toEqual([1, 2]);
  });

  test("a constant keeps its value, and derivatives theirs, whatever becomes of the matrix", () => {
    const held = matrix([[1, 2]]);
    const c = constant(held);
    const x = variable([1, 2]);
    const [y, xBar] = valueAndGrad((x: Node) => sum(multiply(c, x)))(x);
    held.data.fill(100);
    evaluate(c).data.fill(200);
    const at = new Map([[x, matrix([[3, 4]])]]);
    const [value, slope] = evaluate([y, xBar], at) as [Matrix, Matrix];
    expect([...value.data, ...slope.data]).toEqual([11, 1, 2]);
  });
});
