import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dependents, parents, substitute } from "../../src/autodiff/graph.js";
import {
  add,
  constant,
  evaluate,
  exp,
  matrix,
  multiply,
  type Node,
  negate,
  reciprocal,
  share,
  subtract,
  tanh,
  topologicalOrder,
  variable,
} from "../../src/autodiff/index.js";

/** A random graph on three variables; every node may be used by any later one. */
const graphs = fc
  .array(fc.tuple(fc.nat(5), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 40 })
  .map((steps) => {
    const xs = [variable([1, 1]), variable([1, 1]), variable([1, 1])];
    const nodes: Node[] = [...xs];
    for (const [kind, p, q] of steps) {
      const [a, b] = [nodes[p % nodes.length] as Node, nodes[q % nodes.length] as Node];
      const operations = [add(a, b), subtract(a, b), multiply(tanh(a), b), tanh(a), negate(b), a];
      nodes.push(operations[kind] as Node);
    }
    return { xs, ys: nodes.slice(-3) };
  });
const bind = (xs: readonly Node[]) =>
  new Map(xs.map((x, k) => [x as ReturnType<typeof variable>, matrix([[k * 0.5 - 0.4]])]));

describe("topologicalOrder", () => {
  test("lists every node once, after its parents", () => {
    fc.assert(
      fc.property(graphs, ({ ys }) => {
        const order = topologicalOrder(ys);
        const position = new Map(order.map((node, k) => [node, k]));
        expect(position.size).toBe(order.length);
        for (const node of order) {
          for (const parent of parents(node)) {
            expect(position.get(parent)).toBeLessThan(position.get(node) as number);
          }
        }
        for (const y of ys) expect(position.has(y)).toBe(true);
      }),
    );
  });
});

describe("share", () => {
  test("changes no value, bit for bit, and leaves no two equal expressions", () => {
    fc.assert(
      fc.property(graphs, ({ xs, ys }) => {
        const shared = share(ys);
        expect(evaluate(shared, bind(xs))).toEqual(evaluate(ys, bind(xs)));
        const expressions = topologicalOrder(shared).flatMap((node) =>
          node.kind === "application" ? [`${node.name} ${node.inputs.map(({ id }) => id)}`] : [],
        );
        expect(new Set(expressions).size).toBe(expressions.length);
      }),
    );
  });

  test("makes two of the same constant one, but tells 0 from −0", () => {
    const x = variable([1, 1]);
    const [a, b] = share([add(x, 1), add(x, 1)]);
    expect(a).toBe(b);
    const [zero, minusZero] = share([reciprocal(0), reciprocal(-0)]);
    expect(evaluate([zero as Node, minusZero as Node]).map((m) => m?.data[0])).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });
});

describe("substitute", () => {
  test("computes the function at what replaces the variable", () => {
    const [x, z] = [variable([1, 1]), variable([1, 1])];
    const [y] = substitute([multiply(exp(x), x)], new Map<Node, Node>([[x, add(z, 1)]]));
    const value = evaluate(y as Node, new Map([[z, matrix([[0.5]])]]));
    expect(value.data[0]).toBeCloseTo(Math.exp(1.5) * 1.5, 14);
  });

  test("keeps every node that does not depend on what is replaced", () => {
    const [x, z] = [variable([1, 1]), variable([1, 1])];
    const kept = exp(z);
    const [y] = substitute([add(x, kept)], new Map<Node, Node>([[x, z]]));
    expect(topologicalOrder([y as Node])).toContain(kept);
  });
});

test("dependents are what a change of x reaches, x included", () => {
  const [x, z] = [variable([1, 1]), variable([1, 1])];
  const [a, b, c] = [exp(x), exp(z), constant(1)];
  const y = add(a, add(b, c));
  expect(dependents(topologicalOrder([y]), [x])).toEqual(new Set([x, a, y]));
});
