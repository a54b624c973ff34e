/** Blocks of memory, allocated and freed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Heap } from "../../../src/engine/layout/heap.js";

/** Above the size up to which blocks are not used again. */
const LARGE = 1024;

describe("a heap", () => {
  test("starts where it is told, and grows by what is allocated", () => {
    const heap = new Heap(64);
    expect([heap.allocate(LARGE), heap.allocate(2 * LARGE), heap.end]).toEqual([
      64,
      64 + LARGE,
      64 + 3 * LARGE,
    ]);
  });

  test("allocates the first free block that is large enough, and keeps the rest of it", () => {
    const heap = new Heap(0);
    const [small, , large] = [heap.allocate(LARGE), heap.allocate(LARGE), heap.allocate(3 * LARGE)];
    heap.allocate(LARGE);
    heap.free({ address: large, bytes: 3 * LARGE });
    heap.free({ address: small, bytes: LARGE });
    expect([heap.allocate(2 * LARGE), heap.allocate(LARGE), heap.allocate(LARGE)]).toEqual([
      large,
      small,
      large + 2 * LARGE,
    ]);
  });

  test("joins neighbours, in whichever order they are freed", () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 0, 2],
    ]) {
      const heap = new Heap(0);
      const addresses = [heap.allocate(LARGE), heap.allocate(LARGE), heap.allocate(LARGE)];
      for (const k of order) heap.free({ address: addresses[k]!, bytes: LARGE });
      expect([heap.allocate(3 * LARGE), heap.end]).toEqual([0, 3 * LARGE]);
    }
  });

  test("never allocates a byte to two blocks at once", () => {
    const step = fc.record({ size: fc.integer({ min: 1, max: 40 }), frees: fc.nat(99) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heap = new Heap(64);
        const allocated: { address: number; bytes: number }[] = [];
        for (const { size, frees } of steps) {
          const bytes = 64 * size;
          const address = heap.allocate(bytes);
          const isApart = (each: { address: number; bytes: number }) =>
            each.address + each.bytes <= address || address + bytes <= each.address;
          expect(address >= 64 && address + bytes <= heap.end && allocated.every(isApart)).toBe(
            true,
          );
          allocated.push({ address, bytes });
          if (frees < 50) heap.free(allocated.splice(frees % allocated.length, 1)[0]!);
        }
      }),
    );
  });
});
