/** An order to which dependencies are added. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Order } from "../../../src/engine/layout/order.js";

/** Items from 0 on that depend on some before them, and dependencies to be added. */
const cases = fc.integer({ min: 1, max: 12 }).chain((count) => {
  const item = fc.nat(count - 1);
  return fc.record({
    count: fc.constant(count),
    given: fc.array(fc.tuple(item, item), { maxLength: 20 }),
    added: fc.array(fc.tuple(item, fc.array(item, { maxLength: 3 })), { maxLength: 12 }),
  });
});

/** Whether one item depends on another, be it by way of others, or is the same. */
function depends(item: number, on: number, dependencies: readonly Set<number>[]): boolean {
  return item === on || [...dependencies[item]!].some((each) => depends(each, on, dependencies));
}

describe("an order", () => {
  test("has each item after those it depends on, and takes in all but circles", () => {
    fc.assert(
      fc.property(cases, ({ count, given, added }) => {
        const items = Array.from({ length: count }, (_, k) => k);
        const dependencies = items.map(
          (item) => new Set(given.flatMap(([a, b]) => (a === item && b < a ? [b] : []))),
        );
        const order = new Order(items, (item) => [...dependencies[item]!]);
        for (const [item, others] of added) {
          const isCircle = others.some((other) => depends(other, item, dependencies));
          expect(order.add(item, others)).toBe(!isCircle);
          if (!isCircle) for (const other of others) dependencies[item]!.add(other);
          const position = new Map(order.items.map((each, k) => [each, k]));
          expect([...position.keys()].sort((a, b) => a - b)).toEqual(items);
          for (const each of items) {
            for (const needed of dependencies[each]!) {
              expect(position.get(needed)).toBeLessThan(position.get(each)!);
            }
          }
        }
      }),
    );
  });

  test("stays as it is where it is already as demanded", () => {
    const order = new Order([0, 1, 2, 3], () => []);
    expect(order.add(3, [0, 2])).toBe(true);
    expect(order.items).toEqual([0, 1, 2, 3]);
  });
});
