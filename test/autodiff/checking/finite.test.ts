import { describe, expect, test } from "vitest";
import {
  constant,
  divide,
  evaluate,
  exp,
  grad,
  log,
  matmul,
  matrix,
  multiply,
  type Node,
  NonFiniteError,
  subtract,
  sum,
  tanh,
  variable,
} from "../../../src/autodiff/index.js";

const strictly = (y: Node, bindings = new Map()) => evaluate(y, bindings, { finite: true });

describe("evaluate with `finite`", () => {
  const x = variable([1, 3], { name: "x" });
  const at = (...row: number[]) => new Map([[x, matrix([row])]]);

  test("gives what it gives without, where all is finite", () => {
    const y = tanh(multiply(x, x));
    expect(strictly(y, at(1, 2, 3))).toEqual(evaluate(y, at(1, 2, 3)));
  });

  test("gives the first equation, its element, and the range of its arguments", () => {
    const y = sum(multiply(2, log(subtract(x, 1))));
    expect(evaluate(y, at(2, 0, 3)).data[0]).toBeNaN();
    expect(() => strictly(y, at(2, 0, 3))).toThrow(
      "evaluate: log(subtract(x, broadcast(1))) is NaN at row 0, column 1, and the first value that is not finite, its argument 1 lying between -1 and 2",
    );
  });

  test("has the node, for whoever wants to look further", () => {
    const quotient = divide(1, constant(0));
    try {
      strictly(exp(multiply(quotient, 2)));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NonFiniteError);
      const { node } = error as NonFiniteError;
      expect(node.kind === "application" && node.name).toBe("divide");
    }
  });

  test("finds it in a derivative too: that of √x²-like forms at 0 is 0/0", () => {
    const norm = (x: Node) => exp(multiply(0.5, log(sum(multiply(x, x)))));
    const slope = grad(norm)(x);
    expect(() => strictly(slope, at(0, 0, 0))).toThrow(/log\(sum\(.*\)\) is -Infinity at row 0/);
  });

  test("counts rows and columns", () => {
    const y = log(
      constant(
        matrix([
          [1, 2],
          [3, 4],
          [5, -6],
        ]),
      ),
    );
    expect(() => strictly(y)).toThrow(/ is NaN at row 2, column 1, /);
  });

  test("names a variable or constant that is not finite to begin with", () => {
    expect(() => strictly(exp(x), at(1, Number.NaN, 2))).toThrow(
      "evaluate: x is NaN at row 0, column 1, and the first value that is not finite",
    );
    expect(() => strictly(exp(constant(Number.POSITIVE_INFINITY)))).toThrow(
      /^evaluate: Infinity is Infinity at row 0/,
    );
  });

  test("writes out equations only so far", () => {
    const deep = [1, 2, 3, 4, 5].reduce((y: Node) => tanh(y), x as Node);
    expect(() =>
      strictly(log(subtract(matmul(deep, constant(matrix([[0], [0], [0]]))), 1)), at(1, 2, 3)),
    ).toThrow(/^evaluate: log\(subtract\(matmul\(…, a 3×1 constant\), 1\)\) is NaN/);
  });
});
