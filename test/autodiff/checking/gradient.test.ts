/** Gradient checks of what is right and of what is wrong, at arguments of all sizes. */
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  column,
  divide,
  exp,
  GradientError,
  grad,
  log,
  matrix,
  maximum,
  multiply,
  type Node,
  negate,
  reciprocal,
  sqrt,
  subtract,
  sum,
  tanh,
} from "../../../src/autodiff/index.js";
import { apply } from "../../../src/autodiff/node.js";

const square = (x: Node) => multiply(x, x);
const entropy = (p: Node) => negate(sum(multiply(p, log(p))));
const binaryEntropy = (p: Node) => add(entropy(p), entropy(subtract(1, p)));
const softplus = (x: Node) => log(add(1, exp(x)));
const sigmoid = (x: Node) => divide(1, add(1, exp(negate(x))));

const decades = Array.from({ length: 17 }, (_, k) => 10 ** (k - 8));

/** Of every scale: their own, that of x, and both. */
const functions: Readonly<Record<string, (x: Node) => Node>> = {
  ...{ log, sqrt, reciprocal, square, entropy },
  "1 + x": (x) => add(1, x),
  "x³": (x) => multiply(x, square(x)),
  "∂ log x": grad(log),
};

describe.each(Object.entries(functions))("%s is right", (_, f) => {
  test.each(decades)("at %d", (x) => {
    expect(() => checkGradient(f, [x])).not.toThrow();
    expect(() => checkGradient(f, [3 * x])).not.toThrow();
  });
});

describe.each(Object.entries({ tanh, sigmoid, "|x|": (x: Node) => maximum(x, negate(x)), square }))(
  "%s is right",
  (_, f) => {
    test.each(decades.filter((x) => x <= 100))("at ±%d", (x) => {
      expect(() => checkGradient(f, [x])).not.toThrow();
      expect(() => checkGradient(f, [-x])).not.toThrow();
    });
  },
);

describe("right is also", () => {
  test.each([
    [0.999, 0.001],
    [1 - 1e-5, 1e-5],
    [1 - 1e-8, 1e-8],
  ])("the entropy of (%d, %d), and its gradient", (p, q) => {
    expect(() => checkGradient(entropy, [column([p, q])])).not.toThrow();
    expect(() => checkGradient(grad(entropy), [column([p, q])])).not.toThrow();
  });

  test.each([0.001, 0.9, 0.999, 0.99999])("a function that ends near x = %d", (p) => {
    expect(() => checkGradient(binaryEntropy, [p])).not.toThrow();
  });

  test("all elements of a vector of all sizes", () => {
    for (const f of [log, sqrt, reciprocal, square]) {
      expect(() => checkGradient(f, [column(decades)])).not.toThrow();
    }
  });

  test("what is too small to be seen: the derivative of log(1 + eˣ) at −30, of x³ at 0", () => {
    expect(() => checkGradient(softplus, [-30])).not.toThrow();
    expect(() => checkGradient((x: Node) => multiply(x, square(x)), [0])).not.toThrow();
  });
});

/** The identity, whose rule has a factor where it should have none: f(wrong(x)) has a wrong derivative. */
function times(factor: number): (x: Node) => Node {
  const identity = {
    shape: ([shape]: readonly (readonly [number, number])[]) => shape!,
    value: (_: unknown, x: { readonly data: ArrayLike<number> }) => Float64Array.from(x.data),
    rule: (_: Node, yBar: Node) => [multiply(factor, yBar)],
  };
  return (x) => apply("wrong", identity as never, [x]);
}

describe.each([0, -1, 0.5, 1.5, 2])("a derivative that is %d times what it should be", (factor) => {
  const wrong = times(factor);
  test.each(
    Object.entries({ log, sqrt, reciprocal, square, entropy, "1 + x": functions["1 + x"]! }),
  )("is refused, of %s at every size of x", (_, f) => {
    for (const x of decades) {
      expect(() => checkGradient((x: Node) => f(wrong(x)), [x])).toThrow(GradientError);
    }
  });

  test("is refused beside others that are right, whatever their sizes", () => {
    for (const x of decades) {
      const beside = (x: Node, others: Node) => sum(add(log(wrong(x)), sum(log(others))));
      expect(() => checkGradient(beside, [x, column(decades)])).toThrow(GradientError);
    }
  });
});

test.each([1 + 1e-5, 1 - 1e-5, 1 + 1e-6])(
  "a factor of %d is refused where the derivative is not small",
  (factor) => {
    const wrong = times(factor);
    for (const x of decades) {
      expect(() => checkGradient((x: Node) => log(wrong(x)), [x])).toThrow(GradientError);
      expect(() => checkGradient((x: Node) => add(1, wrong(x)), [x])).toThrow(GradientError);
    }
  },
);

test("a kink or a jump is refused", () => {
  for (const f of [(x: Node) => maximum(x, 0), (x: Node) => maximum(x, negate(x))]) {
    expect(() => checkGradient(f, [0])).toThrow(GradientError);
  }
});

test("where the first step will do, f is evaluated twice for each element", () => {
  expect(checkGradient(entropy, [column([0.5, 0.2, 0.3])]).evaluations).toBe(6);
});

describe("checkGradient", () => {
  test("evaluates f twice for each element of each argument", () => {
    const f = (x1: Node, x2: Node) => multiply(x1, x2);
    expect(checkGradient(f, [matrix([[1, 2, 3]]), 4]).evaluations).toBe(8);
  });
});
