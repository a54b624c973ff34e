/** What holds of the derivatives of every function: properties over random functions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  constant,
  evaluate,
  grad,
  hessian,
  hvp,
  j,
  jacobian,
  jvp,
  type Matrix,
  matmul,
  matrixOf,
  multiply,
  type Node,
  subtract,
  sum,
  vec,
} from "../../../src/autodiff/index.js";
import { type Binary, functions, matrices, smoothFunctions } from "../random-functions.js";

const two = fc.tuple(matrices, matrices).map((both) => both.map(constant) as [Node, Node]);
const inner = (a: readonly Node[], b: readonly Node[]) =>
  a.map((each, k) => sum(multiply(each, b[k] as Node))).reduce((p, q) => add(p, q));

/** Equal within a part of the largest element of either, or of 1. */
function expectClose(actual: Node, expected: Node, tolerance: number): void {
  const [p, q] = evaluate([actual, expected]) as [Matrix, Matrix];
  expect(p.shape).toEqual(q.shape);
  const scale = Math.max(1, ...[...p.data, ...q.data].map(Math.abs));
  p.data.forEach((element, i) => {
    expect(Math.abs(element - q.data[i]!)).toBeLessThanOrEqual(tolerance * scale);
  });
}

const scalarOf = (f: Binary, c: Node) => (x1: Node, x2: Node) => sum(multiply(c, f(x1, x2)));
const constants = matrices.map(constant);

describe("j", () => {
  test("x̄ is linear in ȳ", () => {
    fc.assert(
      fc.property(
        functions,
        two,
        two,
        fc.double({ min: -3, max: 3, noNaN: true }),
        (f, x, u, a) => {
          const xBars = (yBar: Node) => j(f)(f(...x), yBar, ...x);
          const [ofU, ofV] = [xBars(u[0]), xBars(u[1])];
          xBars(add(multiply(a, u[0]), u[1])).forEach((xBar, k) => {
            expectClose(xBar, add(multiply(a, ofU[k] as Node), ofV[k] as Node), 1e-12);
          });
        },
      ),
    );
  });

  test("of a composition is the composition of the j's", () => {
    fc.assert(
      fc.property(functions, functions, matrices, constants, (first, second, at, yBar) => {
        const f = (x: Node) => first(x, x);
        const g = (u: Node) => second(u, u);
        const x = constant(at);
        const [u, y] = [f(x), g(f(x))];
        const whole = j((x: Node) => g(f(x)))(y, yBar, x);
        expectClose(whole, j(f)(u, j(g)(y, yBar, u), x), 1e-12);
      }),
    );
  });
});

describe("jvp", () => {
  test("is the adjoint of j: ⟨ȳ, jvp(f)(x, ẋ)⟩ = ⟨j(f)(y, ȳ, x), ẋ⟩", () => {
    fc.assert(
      fc.property(functions, two, two, constants, (f, x, xDot, yBar) => {
        const left = inner([yBar], [jvp(f)(...x, ...xDot)]);
        expectClose(left, inner(j(f)(f(...x), yBar, ...x), xDot), 1e-12);
      }),
    );
  });

  test("agrees with finite differences along ẋ to 1e-6", () => {
    fc.assert(
      fc.property(smoothFunctions, two, two, (f, x, xDot) => {
        const h = 1e-5;
        const along = (t: number) =>
          f(...(x.map((each, k) => add(each, multiply(t, xDot[k] as Node))) as [Node, Node]));
        const numerical = multiply(1 / (2 * h), subtract(along(h), along(-h)));
        expectClose(jvp(f)(...x, ...xDot), numerical, 1e-6);
      }),
    );
  });
});

describe("jacobian", () => {
  test("J vec ẋ = vec ẏ, and x̄ = Jᵀ ȳ", () => {
    fc.assert(
      fc.property(functions, two, two, constants, (f, x, xDot, yBar) => {
        const J = jacobian(f)(...x);
        expect(J.shape).toEqual([4, 8]);
        expectClose(matmul(J, vec(xDot)), vec(jvp(f)(...x, ...xDot)), 1e-12);
        const xBars = vec(j(f)(f(...x), yBar, ...x));
        expectClose(inner([vec(xDot)], [xBars]), inner([matmul(J, vec(xDot))], [vec(yBar)]), 1e-12);
      }),
    );
  });
});

describe("hessian", () => {
  test("is symmetric, and H vec v = vec hvp(f)(x, v)", () => {
    fc.assert(
      fc.property(functions, constants, two, two, (f, c, x, v) => {
        const H = hessian(scalarOf(f, c))(...x);
        expect(H.shape).toEqual([8, 8]);
        const { data } = evaluate(H);
        const transposed = data.map((_, i) => data[(i % 8) * 8 + Math.floor(i / 8)]!);
        expectClose(H, constant(matrixOf([8, 8], transposed)), 1e-12);
        expectClose(matmul(H, vec(v)), vec(hvp(scalarOf(f, c))(...x, ...v)), 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  test("is the derivative of the gradient by finite differences, to 1e-5", () => {
    fc.assert(
      fc.property(smoothFunctions, constants, matrices, matrices, (f, c, x1, x2) => {
        checkGradient(grad(scalarOf(f, c)), [x1, x2], { tolerance: 1e-5 });
      }),
      { numRuns: 50 },
    );
  });

  test("hvp is also the gradient of ⟨grad f, v⟩, and jvp of grad f", () => {
    fc.assert(
      fc.property(smoothFunctions, constants, two, two, (f, c, x, v) => {
        const L = scalarOf(f, c);
        const ofProduct = (x1: Node, x2: Node) => inner(grad(L)(x1, x2), v);
        const byProduct = j(ofProduct)(ofProduct(...x), 1, ...x);
        const byHvp = hvp(L)(...x, ...v);
        const byJvp = jvp((x1: Node, x2: Node) => grad(L)(x1, x2))(...x, ...v);
        byHvp.forEach((each, k) => {
          expectClose(each, byProduct[k] as Node, 1e-12);
          expectClose(each, byJvp[k] as Node, 1e-12);
        });
      }),
      { numRuns: 50 },
    );
  });
});
