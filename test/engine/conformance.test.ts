import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  columns,
  constant,
  divide,
  type Executor,
  evaluate,
  exp,
  greater,
  type Matrix,
  matmul,
  matrixOf,
  maximum,
  multiply,
  type Node,
  negate,
  type PrimitiveName,
  primitives,
  type Shape,
  scatterColumns,
  subtract,
  sum,
  tanh,
  transpose,
  type Variable,
  valueAndGrad,
  variable,
} from "../../src/autodiff/index.js";
import { size } from "../../src/autodiff/matrix.js";
import { sigmoid } from "../../src/nn/index.js";
import { examples } from "../autodiff/examples.js";
import { candidates } from "./executors.js";

/** float32's relative rounding error. */
const EPSILON = 2 ** -24;

/** What an executor makes of expressions: each is assigned to a variable of its own. */
function run(executor: Executor, ys: readonly Node[], inputs: ReadonlyMap<Variable, Matrix>) {
  const targets = ys.map(({ shape }) => variable(shape, { name: "result" }));
  const program = ys.map((value, k) => ({ variable: targets[k] as Variable, value }));
  const initial = new Map([...inputs].map(([x, { data }]) => [x, data]));
  const session = executor.load({ program }, initial);
  try {
    session.run("program");
    return targets.map((target) => session.read(target));
  } finally {
    session.dispose();
  }
}

/**
 * Each element within `tolerance`, relative to the largest element of the exact result, or to `least`
 * where all may be small differences of large numbers.
 */
function expectClose(
  actual: ArrayLike<number>,
  exact: Matrix,
  tolerance: number,
  least = 1e-30,
): void {
  expect(actual.length).toBe(exact.data.length);
  const scale = Math.max(least, ...exact.data.map(Math.abs));
  exact.data.forEach((value, i) => {
    const difference = Math.abs((actual[i] as number) - value);
    if (Object.is(actual[i], value) || difference <= tolerance * scale) return;
    expect.fail(`element ${i}: ${actual[i]}, exactly ${value}`);
  });
}

function randomMatrix(shape: Shape, seed: number, low = -2, high = 2): Matrix {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  };
  return matrixOf(
    shape,
    Float64Array.from({ length: size(shape) }, () => Math.fround(next())),
  );
}

describe.each(candidates)("$name", ({ executor }) => {
  describe.each(Object.keys(primitives) as PrimitiveName[])("%s", (name) => {
    test.each(examples[name])(
      "value and j agree with the interpreter to 32 ε ($#)",
      ({ f, at }) => {
        const xs = at.map(({ shape }) => variable(shape));
        const inputs = new Map(xs.map((x, k) => [x, at[k] as Matrix]));
        const y = f(...xs);
        const bars = valueAndGrad((...x: Node[]) => sum(multiply(f(...x), add(1.5, f(...x)))))(
          ...xs,
        );
        const ys = [y, bars[0], ...[bars[1]].flat()] as Node[];
        const exact = ys.map((node) => evaluate(node, inputs));
        run(executor, ys, inputs).forEach((actual, k) => {
          expectClose(actual, exact[k] as Matrix, 32 * EPSILON);
        });
      },
    );
  });

  test.each<[string, (x: Node) => Node, number[]]>([
    ["exp", exp, [-1e4, -104, -88, -1, 0, 1, 88, 89, 1e4]],
    ["tanh", tanh, [-1e4, -10, -0.1, -1e-20, 0, 1e-3, 0.6, 9, 1e4]],
    ["σ", sigmoid, [-1e4, -89, -88, -20, 0, 20, 88, 89, 1e4]],
  ])("%s is finite and right everywhere, and so is its gradient", (_, f, points) => {
    const x = variable([1, points.length]);
    const inputs = new Map([[x, matrixOf(x.shape, Float64Array.from(points))]]);
    const [, xBar] = valueAndGrad((x: Node) => sum(multiply(1e-3, f(x))))(x);
    const [value, slope] = run(executor, [f(x), xBar], inputs);
    const largest = executor.name === "reference" ? Number.MAX_VALUE : Math.fround(3.4028234e38);
    points.forEach((point, i) => {
      const exact = Math.min(evaluate(f(constant(point))).data[0] as number, largest);
      expect(Math.abs((value?.[i] as number) - exact)).toBeLessThanOrEqual(
        2e-7 * Math.abs(exact) + 1e-37,
      );
      expect(Number.isFinite(slope?.[i])).toBe(true);
    });
  });

  test("products of every kind and awkward sizes agree to k ε, whatever they are added to", () => {
    const sizes = fc.constantFrom(1, 2, 3, 4, 5, 7, 10, 12, 30, 33, 64, 130);
    fc.assert(
      fc.property(
        sizes,
        sizes,
        sizes,
        fc.nat(7),
        fc.nat(3),
        fc.nat(),
        (m, n, k, form, kind, seed) => {
          const [aT, bT, scaledBase] = [form & 1, form & 2, form & 4];
          const a = variable(aT ? [k, m] : [m, k]);
          const b = variable(bT ? [n, k] : [k, n]);
          const c = variable([m, n]);
          const eta = variable([1, 1]);
          const inputs = new Map([
            [a, randomMatrix(a.shape, seed)],
            [b, randomMatrix(b.shape, seed + 1)],
            [c, randomMatrix(c.shape, seed + 2)],
            [eta, randomMatrix([1, 1], seed + 3)],
          ]);
          const product = matmul(aT ? transpose(a) : a, bT ? transpose(b) : b);
          const base = scaledBase ? multiply(subtract(1, eta), c) : c;
          const scaled = multiply(eta, product);
          const y = [
            product,
            subtract(base, scaled),
            add(negate(scaled), base),
            add(base, product),
          ][kind] as Node;
          const [actual] = run(executor, [y], inputs);
          expectClose(actual as Float32Array, evaluate(y, inputs), (k + 8) * 4 * EPSILON, 1);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("batches of images, sparse or dense, masked or not, forward and backward, agree to pixels · ε", () => {
    const batch = fc.constantFrom(1, 3, 10, 31, 32, 40);
    const density = fc.constantFrom(0, 0.19, 1);
    fc.assert(
      fc.property(
        batch,
        density,
        fc.constantFrom(1, 5, 30, 37),
        fc.nat(1e6),
        (count, filled, m, seed) => {
          const [pixels, images] = [50, 45];
          const bytes = variable([pixels, images], { storage: "byte" });
          const indices = variable([1, count]);
          const w = variable([m, pixels]);
          const eta = variable([1, 1]);
          const noise = variable([pixels, count]);
          const ink = randomMatrix(bytes.shape, seed, 0, 1).data;
          const shade = randomMatrix(bytes.shape, seed + 1, 1, 255.99).data;
          const inputs = new Map<Variable, Matrix>([
            [
              bytes,
              matrixOf(
                bytes.shape,
                Uint8Array.from(ink, (u, i) => (u < filled ? shade[i]! : 0)),
              ),
            ],
            [
              indices,
              matrixOf(
                [1, count],
                randomMatrix([1, count], seed + 2, 0, images).data.map(Math.floor),
              ),
            ],
            [w, randomMatrix(w.shape, seed + 3)],
            [eta, matrixOf([1, 1], Float64Array.of(0.25))],
            [noise, randomMatrix(noise.shape, seed + 4, 0, 1)],
          ]);
          const x = divide(columns(bytes, indices), 255);
          const masked = multiply(x, multiply(1.25, greater(noise, 0.25)));
          const ys = [x, masked].flatMap((x) => {
            const squares = (w: Node) => sum(multiply(matmul(w, x), matmul(w, x)));
            const [y, wBar] = valueAndGrad(squares)(w);
            const descended = subtract(multiply(0.9, w), multiply(eta, wBar));
            return [y, matmul(w, x), descended, wBar, x];
          });
          run(executor, ys, inputs).forEach((actual, k) => {
            expectClose(actual, evaluate(ys[k] as Node, inputs), 8 * m * pixels * EPSILON);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  test("rectified layers, with few or many zeros, forward and backward, agree to a sum of ε", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(-30, -3, 0, 3, 30),
        fc.constantFrom(64, 70, 97),
        fc.constantFrom(64, 65, 100),
        fc.nat(1e6),
        (shift, units, count, seed) => {
          const [v, w, x] = [variable([66, units]), variable([units, 9]), variable([9, count])];
          const inputs = new Map(
            [v, w, x].map((each, k) => [each, randomMatrix(each.shape, seed + k)]),
          );
          const hidden = (w: Node) => maximum(add(shift, matmul(w, x)), 0);
          const f = ([v, w]: [Node, Node]) => {
            const z = maximum(matmul(v, hidden(w)), 0);
            return sum(multiply(1e-3, multiply(z, z)));
          };
          const [y, [vBar, wBar]] = valueAndGrad(f)([v, w]);
          const ys = [y, matmul(v, hidden(w)), vBar, wBar];
          run(executor, ys, inputs).forEach((actual, k) => {
            expectClose(actual, evaluate(ys[k] as Node, inputs), 8 * (units + count) * EPSILON);
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  test("bytes may be used like any other matrix", () => {
    const bytes = variable([3, 2], { storage: "byte" });
    const inputs = new Map([[bytes, matrixOf([3, 2], Uint8Array.of(1, 2, 3, 0, 0, 255))]]);
    const [doubled] = run(executor, [multiply(2, bytes)], inputs);
    expect([...(doubled as Float32Array)]).toEqual([2, 4, 6, 0, 0, 510]);
  });

  test("random programs agree", () => {
    const step = fc.tuple(fc.nat(9), fc.nat(99), fc.nat(99));
    const shape = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(
        shape,
        fc.array(step, { minLength: 3, maxLength: 25 }),
        fc.nat(1e6),
        (shape, steps, seed) => {
          const xs = [0, 1, 2].map(() => variable(shape));
          const inputs = new Map(xs.map((x, k) => [x, randomMatrix(shape, seed + k, -1, 1)]));
          const nodes: Node[] = [...xs, broadcast(constant(0.5), shape)];
          for (const [kind, p, q] of steps) {
            const [a, b] = [nodes[p % nodes.length] as Node, nodes[q % nodes.length] as Node];
            const makers: (() => Node)[] = [
              () => tanh(add(a, b)),
              () => subtract(a, b),
              () => multiply(tanh(a), b),
              () => negate(a),
              () => maximum(a, b),
              () => tanh(matmul(a, matmul(transpose(b), a))),
              () => broadcast(sum(tanh(a), [1, shape[1]]), shape),
              () => broadcast(multiply(0.1, sum(a, [shape[0], 1])), shape),
              () => tanh(exp(tanh(a))),
              () =>
                scatterColumns(
                  tanh(a),
                  constant(matrixOf([1, shape[1]], new Float64Array(shape[1]))),
                  shape,
                ),
            ];
            nodes.push((makers[kind] as () => Node)());
          }
          const ys = nodes.slice(-4);
          // Differences grow along a chain; what is compared is that the same thing is computed.
          run(executor, ys, inputs).forEach((actual, k) => {
            expectClose(actual, evaluate(ys[k] as Node, inputs), 2e-4, 0.01);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("assignments are made all at once", () => {
    const xs = Array.from({ length: 6 }, () => variable([2, 1]));
    const [a, b, c, d, e, f] = xs as [Variable, Variable, Variable, Variable, Variable, Variable];
    const rotate = [
      { variable: a, value: b },
      { variable: b, value: add(a, c) },
      { variable: c, value: subtract(c, a) },
      { variable: d, value: e },
      { variable: e, value: d },
      { variable: f, value: constant(matrixOf([2, 1], Float64Array.of(7, 9))) },
    ];
    const initial = new Map([
      [a, Float64Array.of(1, 2)],
      [b, Float64Array.of(3, 4)],
      [c, Float64Array.of(5, 6)],
      [d, Float64Array.of(0, 1)],
      [e, Float64Array.of(2, 3)],
    ]);
    const session = executor.load({ rotate }, initial);
    session.run("rotate", 3);
    expect(xs.map((x) => [...session.read(x)])).toEqual([
      [7, 8],
      [7, 8],
      [-5, -8],
      [2, 3],
      [0, 1],
      [7, 9],
    ]);
    session.dispose();
  });

  test("variables are written, read, and shared by programs", () => {
    const x = variable([3, 2], { name: "state" });
    const bytes = variable([2, 3], { name: "bytes", storage: "byte" });
    const session = executor.load(
      {
        double: [{ variable: x, value: multiply(2, x) }],
        take: [{ variable: x, value: transpose(bytes) }],
      },
      new Map<Variable, Float64Array | Uint8Array>([[bytes, Uint8Array.of(1, 2, 3, 4, 5, 250)]]),
    );
    expect([...session.read(x)]).toEqual([0, 0, 0, 0, 0, 0]);
    session.write(x, [1, 2, 3, 4, 5, 6]);
    session.run("double", 3);
    expect([...session.read(x)]).toEqual([8, 16, 24, 32, 40, 48]);
    session.run("take");
    expect([...session.read(x)]).toEqual([1, 3, 5, 2, 4, 250]);
    expect([...session.read(bytes)]).toEqual([1, 2, 3, 4, 5, 250]);
    session.dispose();
  });
});
