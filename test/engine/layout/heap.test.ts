/** Blocks of memory, taken and given back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Heap } from "../../../src/engine/layout/heap.js";

/** Above the size up to which blocks are not used again. */
const LARGE = 1024;

describe("a heap", () => {
  test("starts where it is told, and grows by what is taken", () => {
    const heap = new Heap(64);
    expect([heap.take(LARGE), heap.take(2 * LARGE), heap.end]).toEqual([
      64,
      64 + LARGE,
      64 + 3 * LARGE,
    ]);
  });

  test("gives the first free block that is large enough, and keeps the rest of it", () => {
    const heap = new Heap(0);
    const [small, , large] = [heap.take(LARGE), heap.take(LARGE), heap.take(3 * LARGE)];
    heap.take(LARGE);
    heap.give({ address: large, bytes: 3 * LARGE });
    heap.give({ address: small, bytes: LARGE });
    expect([heap.take(2 * LARGE), heap.take(LARGE), heap.take(LARGE)]).toEqual([
      large,
      small,
      large + 2 * LARGE,
    ]);
  });

  test("joins neighbours, in whichever order they are given back", () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 0, 2],
    ]) {
      const heap = new Heap(0);
      const addresses = [heap.take(LARGE), heap.take(LARGE), heap.take(LARGE)];
      for (const k of order) heap.give({ address: addresses[k]!, bytes: LARGE });
      expect([heap.take(3 * LARGE), heap.end]).toEqual([0, 3 * LARGE]);
    }
  });

  test("never gives a byte to two blocks at once", () => {
    const step = fc.record({ size: fc.integer({ min: 1, max: 40 }), gives: fc.nat(99) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heap = new Heap(64);
        const taken: { address: number; bytes: number }[] = [];
        for (const { size, gives } of steps) {
          const bytes = 64 * size;
          const address = heap.take(bytes);
          const isApart = (each: { address: number; bytes: number }) =>
            each.address + each.bytes <= address || address + bytes <= each.address;
          expect(address >= 64 && address + bytes <= heap.end && taken.every(isApart)).toBe(true);
          taken.push({ address, bytes });
          if (gives < 50) heap.give(taken.splice(gives % taken.length, 1)[0]!);
        }
      }),
    );
  });
});
