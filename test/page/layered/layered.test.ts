/** Graphs in ranks: nothing is over anything else, all edges lead downwards, and as few as can be cross. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layered } from "../../../src/page/layered/layered.js";
import { apart } from "../../../src/page/layered/place.js";
import type { Edge, Point, Size } from "../../../src/page/layered/types.js";

const SPACING = { nodes: 20, edges: 12, ranks: 15, beside: 8, above: 16 };
const size = fc.record({
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 90 }),
});

/** Nodes, and edges from earlier ones to later ones. */
const graphs = fc.array(size, { minLength: 1, maxLength: 12 }).chain((nodes) => {
  const place = fc.nat({ max: nodes.length - 1 });
  const edge = fc.record({ one: place, other: place, label: size });
  return fc.array(edge, { maxLength: 20 }).map((given) => {
    const edges = given.flatMap(({ one, other, label }): Edge[] =>
      one === other ? [] : [{ from: Math.min(one, other), to: Math.max(one, other), ...label }],
    );
    return { nodes, edges };
  });
});

const box = ({ x, y }: Point, { width, height }: Size) => ({ x, y, width, height });

describe("a graph in ranks", () => {
  test("has its nodes and labels inside, and none over another", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const drawn = layered(nodes, edges, SPACING);
        const boxes = [
          ...nodes.map((node, k) => box(drawn.nodes[k]!, node)),
          ...edges.map((edge, k) => box(drawn.edges[k]!.label, edge)),
        ];
        boxes.forEach((one, k) => {
          expect(one.x - one.width / 2).toBeGreaterThan(SPACING.beside - 1e-6);
          expect(one.x + one.width / 2).toBeLessThan(drawn.width - SPACING.beside + 1e-6);
          expect(one.y - one.height / 2).toBeGreaterThan(SPACING.above - 1e-6);
          expect(one.y + one.height / 2).toBeLessThan(drawn.height - SPACING.above + 1e-6);
          for (const other of boxes.slice(k + 1)) {
            const besides = Math.abs(one.x - other.x) - (one.width + other.width) / 2;
            const below = Math.abs(one.y - other.y) - (one.height + other.height) / 2;
            expect(Math.max(besides, below)).toBeGreaterThan(SPACING.edges - 1e-6);
          }
        });
      }),
    );
  });

  test("has edges that lead down, through the middles of their labels", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const drawn = layered(nodes, edges, SPACING);
        edges.forEach(({ from, to }, k) => {
          const { points, label } = drawn.edges[k]!;
          const ys = [drawn.nodes[from]!, ...points, drawn.nodes[to]!].map(({ y }) => y);
          expect(ys).toEqual(ys.toSorted((a, b) => a - b));
          expect(points).toContainEqual(label);
        });
      }),
    );
  });

  test("crosses no edges of a tree, in whatever order its nodes are", () => {
    const node = { width: 40, height: 20 };
    const edge = (from: number, to: number): Edge => ({ from, to, width: 8, height: 8 });
    const edges = [edge(0, 4), edge(1, 5), edge(2, 4), edge(3, 5), edge(4, 6), edge(5, 6)];
    const drawn = layered(new Array(7).fill(node), edges, SPACING);
    const [a, b, c, d] = drawn.nodes.map(({ x }) => x) as [number, number, number, number];
    expect(Math.max(a, c) < Math.min(b, d) || Math.max(b, d) < Math.min(a, c)).toBe(true);
    const [left, right, root] = [4, 5, 6].map((k) => drawn.nodes[k]!.x) as [number, number, number];
    expect(root).toBeCloseTo((left + right) / 2);
  });

  test("stands inputs directly above what uses them", () => {
    const node = { width: 40, height: 20 };
    const edge = (from: number, to: number): Edge => ({ from, to, width: 8, height: 8 });
    // 0 and 1 make 2, which makes 4 with 3.
    const { nodes } = layered(
      new Array(5).fill(node),
      [edge(0, 2), edge(1, 2), edge(2, 4), edge(3, 4)],
      SPACING,
    );
    expect(nodes[3]!.y).toBe(nodes[2]!.y);
  });
});

test("places with spaces between them are the nearest to those that are wished", () => {
  const wish = fc.record({
    x: fc.integer({ min: -50, max: 50 }),
    weight: fc.integer({ min: 1, max: 6 }),
  });
  const space = fc.integer({ min: 0, max: 30 });
  const rows = fc.array(fc.tuple(wish, space), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      rows,
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (row, moves) => {
        const [wishes, spaces] = [row.map(([each]) => each), row.map(([, each]) => each)];
        const cost = (xs: readonly number[]) =>
          wishes.reduce((sum, { x, weight }, k) => sum + weight * (xs[k]! - x) ** 2, 0);
        const isApart = (xs: readonly number[]) =>
          xs.every((x, k) => k === 0 || x - xs[k - 1]! >= spaces[k]! - 1e-9);
        const found = apart(wishes, spaces);
        expect(isApart(found)).toBe(true);
        // The squares are convex: what no small permitted move makes better is best.
        const moved = found.map((x, k) => x + moves[k]!);
        if (isApart(moved)) expect(cost(moved)).toBeGreaterThanOrEqual(cost(found) - 1e-6);
        for (const way of [-0.01, 0.01]) {
          for (let from = 0; from < found.length; from++) {
            for (let to = from + 1; to <= found.length; to++) {
              const pushed = found.map((x, k) => (k >= from && k < to ? x + way : x));
              if (isApart(pushed)) expect(cost(pushed)).toBeGreaterThanOrEqual(cost(found) - 1e-6);
            }
          }
        }
      },
    ),
  );
});
