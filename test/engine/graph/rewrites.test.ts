/** The passes over the graph: what they keep, and what they are for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  constant,
  divide,
  evaluate,
  exp,
  type Matrix,
  matmul,
  multiply,
  type Node,
  parents,
  share,
  sum,
  topologicalOrder,
  transpose,
  variable,
} from "../../../src/autodiff/index.js";
import { sameShape } from "../../../src/autodiff/matrix.js";
import { simplified } from "../../../src/engine/compile.js";
import { hoistBroadcasts } from "../../../src/engine/graph/broadcasts.js";
import { foldConstants } from "../../../src/engine/graph/constants.js";
import { moveFactorsOut } from "../../../src/engine/graph/factors.js";
import { programs, randomMatrix } from "../random-programs.js";

const passes = { share, hoistBroadcasts, moveFactorsOut, foldConstants, simplified };

const applications = (ys: readonly Node[]) =>
  topologicalOrder(ys).flatMap((node) => (node.kind === "application" ? [node] : []));

const shapesOf = (ys: readonly Node[]) => ys.map(({ shape }) => shape);

const isNamed = (node: Node | undefined, name: string) =>
  node?.kind === "application" && node.name === name;

/** Within 1e-12 of the largest number that occurs anywhere in the program. */
function expectEqual(actual: readonly Matrix[], exact: readonly Matrix[], largest: number): void {
  actual.forEach(({ data }, k) => {
    data.forEach((value, i) => {
      expect(Math.abs(value - exact[k]!.data[i]!)).toBeLessThanOrEqual(1e-12 * largest);
    });
  });
}

describe.each(Object.entries(passes))("%s", (_, pass) => {
  test("keeps shapes, and values to 1e-12", () => {
    fc.assert(
      fc.property(programs, ({ ys, bindings }) => {
        const all = evaluate(topologicalOrder(ys), bindings);
        const largest = Math.max(...all.flatMap(({ data }) => [...data].map(Math.abs)));
        const rewritten = pass(ys);
        expect(shapesOf(rewritten)).toEqual(shapesOf(ys));
        expectEqual(evaluate(rewritten, bindings), evaluate([...ys], bindings), largest);
      }),
    );
  });
});

describe.each([
  ["share", share],
  ["hoistBroadcasts", hoistBroadcasts],
  ["foldConstants", foldConstants],
] as const)("%s", (_, pass) => {
  test("computes with the same numbers, and so changes no bit", () => {
    fc.assert(
      fc.property(programs, ({ ys, bindings }) => {
        expect(evaluate(pass(ys), bindings)).toEqual(evaluate([...ys], bindings));
      }),
    );
  });
});

describe("hoistBroadcasts", () => {
  const [row, column] = [variable([1, 3]), variable([2, 1])];

  test("computes once what is the same in all rows", () => {
    const [y] = hoistBroadcasts([exp(add(broadcast(row, [2, 3]), broadcast(row, [2, 3])))]);
    expect(isNamed(y, "broadcast")).toBe(true);
    expect(applications([y as Node]).map(({ name, shape }) => [name, shape])).toEqual([
      ["add", [1, 3]],
      ["exp", [1, 3]],
      ["broadcast", [2, 3]],
    ]);
  });

  test("leaves no elementwise operation on broadcasts of one shape alone", () => {
    fc.assert(
      fc.property(programs, ({ ys }) => {
        const left = applications(hoistBroadcasts(ys)).filter(
          ({ name, inputs, shape }) =>
            !["broadcast", "sum", "transpose", "matmul"].includes(name) &&
            inputs.every((input) => isNamed(input, "broadcast")) &&
            new Set(inputs.map((input) => `${parents(input)[0]?.shape}`)).size === 1 &&
            `${shape}` !== "1,1",
        );
        expect(left).toEqual([]);
      }),
    );
  });

  test("leaves an operation on a row and a column as it is", () => {
    const y = add(row, column);
    expect(hoistBroadcasts([y])).toEqual([y]);
  });

  test("leaves what is no elementwise operation: a sum of a broadcast counts every copy", () => {
    const y = sum(broadcast(row, [2, 3]));
    expect(hoistBroadcasts([y])).toEqual([y]);
  });
});

describe("moveFactorsOut", () => {
  const [a, b] = [variable([4, 3]), variable([3, 5])];

  test.each<[string, Node]>([
    ["(A/c)B", matmul(divide(a, 255), b)],
    ["A(B/c)", matmul(a, divide(b, 255))],
    ["(cA)B", matmul(multiply(0.5, a), b)],
    ["A(cB)", matmul(a, multiply(b, 0.5))],
    ["(A/c)(dB)", matmul(divide(a, 255), multiply(2, b))],
    ["((A/c)ᵀ)ᵀB", matmul(transpose(transpose(divide(a, 255))), b)],
    ["Aᵀᵀ(Bᵀ/c)ᵀ", matmul(a, transpose(divide(transpose(b), 255)))],
  ])("leaves A and B unscaled in %s", (_, y) => {
    const [moved] = moveFactorsOut([y]);
    expect(isNamed(moved, "multiply")).toBe(true);
    const products = applications([moved as Node]).filter(({ name }) => name === "matmul");
    expect(products).toHaveLength(1);
    const below = applications(products.flatMap(({ inputs }) => inputs));
    expect(below.filter(({ name }) => name !== "transpose")).toEqual([]);
  });

  test("leaves a factor that is not known before the program runs", () => {
    const y = matmul(multiply(variable([1, 1]), a), b);
    expect(moveFactorsOut([y])).toEqual([y]);
  });

  test("joins two factors of one matrix", () => {
    const eta = variable([1, 1]);
    const [y] = moveFactorsOut([multiply(eta, multiply(0.1, a))]);
    const full = applications([y as Node]).filter(
      ({ name, shape }) => name === "multiply" && sameShape(shape, a.shape),
    );
    expect(full).toHaveLength(1);
  });
});

describe("foldConstants", () => {
  test("leaves no operation on constants alone, but broadcasts", () => {
    fc.assert(
      fc.property(programs, ({ ys }) => {
        const left = applications(foldConstants(ys)).filter(
          ({ name, inputs }) =>
            name !== "broadcast" && inputs.every(({ kind }) => kind === "constant"),
        );
        expect(left).toEqual([]);
      }),
    );
  });

  test("computes what does not change", () => {
    const x = variable([2, 2]);
    const c = constant(randomMatrix([2, 2], 1));
    const [y] = foldConstants([add(x, exp(matmul(c, transpose(c))))]);
    expect(applications([y as Node]).map(({ name }) => name)).toEqual(["add"]);
  });
});
