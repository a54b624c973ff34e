import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  divide,
  interpreter,
  log,
  matrix,
  multiply,
  type Program,
  subtract,
  variable,
} from "../../src/autodiff/index.js";
import { firstNotFinite, Health } from "../../src/training/divergence.js";

const [x, y] = [variable([1, 3], { name: "x" }), variable([1, 1], { name: "y" })];

/** A session in which x has these elements, and y is 2. */
const sessionWith = (program: Program, elements: readonly number[]) => {
  const values = new Map([
    [x, Float64Array.from(elements)],
    [y, Float64Array.of(2)],
  ]);
  return interpreter.load({ step: program }, values);
};

describe("the first result that is not finite", () => {
  const program = [
    { variable: x, value: multiply(y, log(subtract(x, constant(matrix([[1, 1, 1]]))))) },
    { variable: y, value: divide(y, 1) },
  ];
  const first = (...elements: number[]) =>
    firstNotFinite(program, interpreter, sessionWith(program, elements));

  test("is an operation, with the names of its arguments", () => {
    expect(first(2, 1, 3)).toBe("log(subtract)");
    expect(first(2, 0, 3)).toBe("log(subtract)");
    expect(first(Number.MAX_VALUE, 2, 2)).toBeUndefined();
  });

  test("names variables and constants among the arguments", () => {
    const overflow = [{ variable: x, value: add(x, constant(matrix([[1e308, 0, 0]]))) }];
    const session = sessionWith(overflow, [1e308, 0, 0]);
    expect(firstNotFinite(overflow, interpreter, session)).toBe("add(x, constant)");
  });

  test("is a variable that is not finite to begin with", () => {
    expect(first(2, 2, Number.NaN)).toBe("x");
    expect(first(2, Number.POSITIVE_INFINITY, 2)).toBe("x");
  });

  test("is nothing where all are finite, and leaves the session as it is", () => {
    const session = sessionWith(program, [2, 3, 4]);
    expect(firstNotFinite(program, interpreter, session)).toBeUndefined();
    expect([...session.read(x)]).toEqual([2, 3, 4]);
  });
});

describe("health", () => {
  const health = new Health([x, y]);
  const session = interpreter.load(health.programs, new Map());

  test.each([
    { of: [1, 2, 3], and: 4, finite: true },
    { of: [1, Number.NaN, 3], and: 4, finite: false },
    { of: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3], and: 4, finite: false },
    { of: [1, 2, 3], and: Number.NEGATIVE_INFINITY, finite: false },
  ])("of $of and $and is finite: $finite", ({ of, and, finite }) => {
    session.write(x, of);
    session.write(y, [and]);
    expect(health.isFinite(session)).toBe(finite);
  });
});
