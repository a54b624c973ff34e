/** How many threads programs are given, by what is known of the model: bounds, order, and its own optimum. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { threadsFor } from "../../../src/engine/layout/threads.js";

const operations = fc.array(fc.double({ min: 1, max: 1e11, noNaN: true }), { minLength: 1 });
const processors = fc.integer({ min: 1, max: 256 });

test("is one, or a number that all divided programs share, and no more than there are processors", () => {
  fc.assert(
    fc.property(operations, processors, (programs, most) => {
      const threads = threadsFor(programs, most);
      expect(threads).toHaveLength(programs.length);
      expect(new Set(threads.filter((each) => each > 1)).size).toBeLessThanOrEqual(1);
      expect(Math.max(...threads)).toBeLessThanOrEqual(most);
    }),
  );
});

test("is no smaller for a longer program, or for more processors", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e11, noNaN: true }), processors, (work, most) => {
      const [threads] = threadsFor([work], most);
      expect(threadsFor([2 * work], most)[0]).toBeGreaterThanOrEqual(threads!);
      expect(threadsFor([work], most + 1)[0]).toBeGreaterThanOrEqual(threads!);
    }),
  );
});

/** The steps of [784,100,10] with batches of 10, and of [784,1000,500,10] with batches of 100. */
const [SHORT, LONG] = [3.2e6, 617e6];

test("leaves a short step on one thread however many processors there are", () => {
  expect(threadsFor([SHORT], 64)).toEqual([1]);
  expect(threadsFor([SHORT, LONG], 2)).toEqual([1, 2]);
});

test("starts no threads where programs would gain less than a tenth by them", () => {
  // A batch of 500 images, evaluated by 30 units, and by 100.
  const [little, enough] = [24e6, 79e6];
  expect(threadsFor([little], 2)).toEqual([1]);
  expect(threadsFor([SHORT, little, little], 64)).toEqual([1, 1, 1]);
  expect(threadsFor([SHORT, enough, enough], 2)).toEqual([1, 2, 2]);
  expect(threadsFor([little, enough], 2)).toEqual([2, 2]);
});

test("uses more than two threads for a long step where there are more processors, not all of many", () => {
  expect(threadsFor([LONG], 4)).toEqual([4]);
  expect(threadsFor([LONG], 64)[0]).toBeGreaterThan(4);
  expect(threadsFor([LONG], 64)[0]).toBeLessThan(64);
});
