/** Networks of very many layers: what takes more than linear time in their number never ends here. */
import { describe, expect, test } from "vitest";
import { variable } from "../../../src/autodiff/index.js";
import type { Instruction } from "../../../src/engine/instructions.js";
import { groupOf } from "../../../src/engine/layout/fusion.js";
import { Heap } from "../../../src/engine/layout/heap.js";
import { Order } from "../../../src/engine/layout/order.js";
import { barriers } from "../../../src/engine/layout/synchronise.js";
import type { Place, Value } from "../../../src/engine/values.js";
import { compiled, stepOf } from "../stages.js";

test("a step of 3,000 layers is compiled, for one thread and for two", () => {
  const { program } = stepOf(10, { hidden: Array.from({ length: 3000 }, () => 4) });
  for (const threads of [1, 2]) {
    const lists = compiled(program, threads).calls.get("program")!;
    expect(lists).toHaveLength(threads);
    // A layer takes at least its product, its activation, and their derivatives.
    for (const list of lists) expect(list.length).toBeGreaterThan(4 * 3000);
  }
}, 120_000);

describe("of 100,000 instructions", () => {
  const COUNT = 100_000;

  test("an order that is as demanded is never searched", () => {
    let asked = 0;
    const items = Array.from({ length: COUNT }, (_, k) => k);
    const order = new Order(items, (k) => {
      asked++;
      return k > 0 ? [k - 1] : [];
    });
    for (let k = 1; k < COUNT; k++) expect(order.add(k, [0, k - 1])).toBe(true);
    expect(asked).toBe(COUNT);
    expect(order.add(0, [COUNT - 1])).toBe(false);
  });

  test("those that touch memory of their own wait once", () => {
    const places = new Map<Value, Place>();
    const groups = Array.from({ length: COUNT }, (_, k) => {
      const result: Value = { node: variable([4, 1]), form: "matrix" };
      const address = 64 * k;
      places.set(result, { address, step: 16, count: 1, lists: address + 32, end: address + 32 });
      return groupOf([{ result, reads: [], split: "columns" } as unknown as Instruction]);
    });
    expect(barriers(groups, places).filter((waits) => waits)).toHaveLength(1);
  });

  test("a heap takes back blocks in any order", () => {
    const [heap, bytes, count] = [new Heap(0), 512, COUNT / 5];
    const blocks = Array.from({ length: count }, () => ({ address: heap.allocate(bytes), bytes }));
    for (const parity of [0, 1]) {
      for (const [k, block] of blocks.entries()) if (k % 2 === parity) heap.free(block);
    }
    expect([heap.allocate(count * bytes), heap.end]).toEqual([0, count * bytes]);
  });
});
