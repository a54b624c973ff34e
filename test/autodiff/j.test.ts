import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  add,
  constant,
  divide,
  evaluate,
  exp,
  grad,
  j,
  log,
  type Matrix,
  matmul,
  matrix,
  multiply,
  type Node,
  negate,
  type Primitive,
  primitives,
  reciprocal,
  ShapeError,
  sum,
  tanh,
  topologicalOrder,
  transpose,
  valueAndGrad,
  variable,
} from "../../src/autodiff/index.js";
import { apply } from "../../src/autodiff/node.js";
import { sigmoid } from "../../src/nn/index.js";

const number = (node: Node) => evaluate(node).data[0] as number;
const finite = fc.double({ min: -3, max: 3, noNaN: true });

describe("j of a primitive is its rule from the table", () => {
  const [y, yBar, x1, x2] = [
    variable([2, 2]),
    variable([2, 2]),
    variable([2, 2]),
    variable([2, 2]),
  ];
  const random = (seed: number): Matrix =>
    matrix([
      [seed, 1.5],
      [0.25, seed + 2],
    ]);
  const bindings = new Map([y, yBar, x1, x2].map((v, k) => [v, random(k + 1)]));
  const same = (actual: readonly Node[], expected: readonly Node[]) =>
    expect(evaluate(actual, bindings)).toEqual(evaluate(expected, bindings));

  test("j(exp)(y, ȳ, x) = y ȳ, with the y that is given", () => {
    same([j(exp)(y, yBar, x1)], [multiply(y, yBar)]);
    expect(topologicalOrder([j(exp)(y, yBar, x1)])).not.toContain(x1);
  });
  test("j(+)(y, ȳ, x₁, x₂) = (ȳ, ȳ)", () => {
    expect(j(add)(y, yBar, x1, x2)).toEqual([yBar, yBar]);
  });
  test("j(/)(y, ȳ, x₁, x₂) = (ȳ / x₂, −ȳ y / x₂)", () => {
    same(j(divide)(y, yBar, x1, x2) as Node[], [
      divide(yBar, x2),
      negate(divide(multiply(yBar, y), x2)),
    ]);
  });
  test("the derivative of a quotient does not square what it divides by", () => {
    const slope = (x1: number, x2: number) =>
      number((grad((x: Node) => divide(x1, x)) as (x: Node) => Node)(constant(x2)));
    expect(slope(0, 1e-200)).toBe(-0);
    expect(slope(1e-200, 1e-200) / -1e200).toBeCloseTo(1, 12);
    expect(slope(2e155, 1e155) / -2e-155).toBeCloseTo(1, 12);
  });
  test("j(log)(y, ȳ, x) = ȳ / x", () => same([j(log)(y, yBar, x1)], [divide(yBar, x1)]));
  test("j((A, β) ↦ Aβ)(y, ȳ, A, β) = (ȳ ⊗ β, Aᵀ ȳ)", () => {
    same(j(matmul)(y, yBar, x1, x2) as Node[], [
      matmul(yBar, transpose(x2)),
      matmul(transpose(x1), yBar),
    ]);
  });
});

describe("j of a composition", () => {
  test("uses the y that is given: j(σ) takes it for 1 / t₁", () => {
    const [y, x] = [variable([1, 1]), variable([1, 1])];
    const value = (a: number) =>
      evaluate(
        j(sigmoid)(y, 1, x),
        new Map([
          [y, matrix([[a]])],
          [x, matrix([[0]])],
        ]),
      ).data[0];
    expect(value(0.5)).toBeCloseTo(0.25, 15);
    expect(value(1)).toBeCloseTo(1, 15);
  });

  test("is the composition of the j's: j(g ∘ f)(y, ȳ, x) = j(f)(f x, j(g)(y, ȳ, f x), x)", () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const [x, yBar] = [constant(a), constant(b)];
        const f = (x: Node) => multiply(x, sigmoid(x));
        const g = (x: Node) => tanh(exp(x));
        const y = g(f(x));
        const whole = number(j((x: Node) => g(f(x)))(y, yBar, x));
        const parts = number(j(f)(f(x), j(g)(y, yBar, f(x)), x));
        expect(whole).toBeCloseTo(parts, 12);
      }),
    );
  });

  test("x̄ is linear in ȳ", () => {
    fc.assert(
      fc.property(finite, finite, finite, finite, (x, a, u, v) => {
        const at = (yBar: number) => number(j(sigmoid)(sigmoid(constant(x)), yBar, constant(x)));
        expect(at(a * u + v)).toBeCloseTo(a * at(u) + at(v), 12);
      }),
    );
  });

  test("f(x, x) has two partial derivatives: for x₁ x₂² at 3 they are 9 and 18", () => {
    const f = (x1: Node, x2: Node) => multiply(x1, multiply(x2, x2));
    const x = constant(3);
    const [first, second] = j(f)(27, 1, x, x);
    expect([number(first), number(second)]).toEqual([9, 18]);
  });

  test("what a function refers to besides its arguments is constant, even if it depends on them", () => {
    const x = constant(2);
    const c = multiply(x, x);
    expect(number(grad((u: Node) => multiply(c, u))(x))).toBe(4);
    const nested = grad((x: Node) => multiply(x, grad((y: Node) => add(x, y))(constant(1))));
    expect(number(nested(x))).toBe(1);
  });

  test("arguments and results may have structure; x̄ has that of x", () => {
    const f = ({ w, b }: { w: Node; b: Node }, x: readonly Node[]) => [
      multiply(w, x[0] as Node),
      { sum: add(b, x[1] as Node) },
    ];
    const theta = { w: constant(3), b: constant(5) };
    const x = [constant(7), constant(11)];
    const y = f(theta, x);
    const [thetaBar, xBar] = j(f)(y, [2, { sum: 10 }], theta, x);
    expect([thetaBar.w, thetaBar.b, xBar[0], xBar[1]].map((bar) => number(bar as Node))).toEqual([
      14, 10, 6, 10,
    ]);
  });

  test("what y does not depend on has x̄ = 0 of its shape", () => {
    const x = constant(
      matrix([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(evaluate(j((_: Node) => constant(1))(1, 1, x))).toEqual({
      shape: [2, 2],
      data: new Float64Array(4),
    });
  });

  test("the identity hands ȳ on", () => {
    expect(number(j((x: Node) => x)(3, 7, constant(3)))).toBe(7);
  });
});

describe("j of j", () => {
  const first = (x: Node) => grad(sigmoid)(x);
  const second = (x: Node) => grad(first)(x);
  test("gives σ'' and σ''' to 1e-14", () => {
    fc.assert(
      fc.property(finite, (z) => {
        const a = 1 / (1 + Math.exp(-z));
        expect(number(second(constant(z)))).toBeCloseTo(a * (1 - a) * (1 - 2 * a), 14);
        const third = a * (1 - a) * (1 - 6 * a + 6 * a * a);
        expect(number(grad(second)(constant(z)))).toBeCloseTo(third, 13);
      }),
    );
  });

  test("j(j(f)) takes (x̄, x̿, y, ȳ, x): for exp, x̄ = y ȳ", () => {
    const [xBarBar, y, yBar, x] = [2, 5, 3, 1];
    const bars = j(j(exp))(15, xBarBar, constant(y), constant(yBar), constant(x));
    expect(bars.map(number)).toEqual([xBarBar * yBar, xBarBar * y, 0]);
  });
});

describe("grad", () => {
  test("refuses a function that is not scalar, and says what to do", () => {
    const x = variable([2, 1]);
    expect(() => grad((x: Node) => x)(x)).toThrow(ShapeError);
    expect(() => grad((x: Node) => x)(x)).toThrow(/scalar \(1×1\), not 2×1; sum it up/);
    const both = (x: Node) => [sum(x), x] as unknown as Node;
    expect(() => grad(both)(x)).toThrow(/scalar \(1×1\), not 1×1, 2×1; sum it up/);
  });
  test("j refuses a ȳ of another shape", () => {
    const x = variable([2, 1]);
    expect(() => j(exp)(1, x, x)).toThrow(/^j: y should be 2×1 like f\(x\), not 1×1/);
    expect(() => j(exp)(exp(x), 1, x)).toThrow(/^j: ȳ should be 2×1 like f\(x\), not 1×1/);
  });
});

describe("each once", () => {
  /** A primitive that counts how often its value is computed and its rule applied. */
  const counted = (primitive: Primitive) => ({
    ...primitive,
    value: vi.fn(primitive.value),
    rule: vi.fn(primitive.rule),
  });

  test("a node with many uses is computed once forward, and its rule applied once backward", () => {
    const row = counted(primitives.exp);
    const f = (x: Node) => {
      const shared = apply("counted", row, [x]);
      let y = multiply(shared, shared);
      for (let use = 0; use < 20; use++) y = add(y, multiply(y, shared));
      return sum(y);
    };
    const [y, xBar] = valueAndGrad(f)(constant(0.1));
    expect(row.rule).toHaveBeenCalledTimes(1);
    evaluate([y, xBar]);
    expect(row.value).toHaveBeenCalledTimes(1);
  });

  test("equal expressions written twice count as one", () => {
    const row = counted(primitives.exp);
    const counting = (x: Node) => apply("counted", row, [x]);
    const f = (x: Node) => add(counting(add(x, 1)), counting(add(x, 1)));
    const [y, xBar] = valueAndGrad(f)(constant(0.1));
    expect(row.rule).toHaveBeenCalledTimes(1);
    evaluate([y, xBar]);
    expect(row.value).toHaveBeenCalledTimes(1);
  });

  test("a diamond of depth 60 (2⁶⁰ paths) has the gradient 2⁶⁰", () => {
    const f = (x: Node) => Array.from({ length: 60 }).reduce((y: Node) => add(y, y), x);
    expect(number(grad(f)(constant(1)))).toBe(2 ** 60);
  });

  test("ten thousand chained operations", () => {
    const f = (x: Node) => Array.from({ length: 10_000 }).reduce((y: Node) => negate(y), x);
    const [y, xBar] = valueAndGrad(f)(constant(3));
    expect(evaluate([y, xBar]).map(({ data }) => data[0])).toEqual([3, 1]);
    const g = (x: Node) => Array.from({ length: 10_000 }).reduce((y: Node) => reciprocal(y), x);
    expect(number(grad(g)(constant(2)))).toBeCloseTo(1, 9);
  });
});

describe("the sigmoid of six steps", () => {
  test.each([-1e4, -1e3, -711, -710, -709, -89, -40, 0, 40, 89, 710, 1e4])(
    "value and gradient at z = %d are finite, and right to 1e-15",
    (z) => {
      const [a, slope] = evaluate(valueAndGrad(sigmoid)(constant(z)));
      const [e, exact] = [
        Math.exp(-Math.abs(z)),
        z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)),
      ];
      expect(a.data[0]).toBeCloseTo(exact, 15);
      expect(slope.data[0]).toBeCloseTo(e / (1 + e) ** 2, 15);
    },
  );
});
