import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pass } from "../../src/training/pass.js";

type Call = [program: string, times: number, size: number];

/** A pass, and the sizes for which it asked for a program. */
function passOver(samples: number, batchSize: number) {
  const sizes: number[] = [];
  const pass = new Pass("train", samples, batchSize, (size) => {
    sizes.push(size);
    return [];
  });
  return { pass, sizes };
}

/** The samples of each batch in turn. */
const batchesOf = (calls: readonly Call[]) =>
  calls.flatMap(([, times, size]) => Array.from({ length: times }, () => size));

const whole = Array.from({ length: 4 }, () => 5);

describe("a pass over 23 samples in batches of 5", () => {
  test("has a program for whole batches and one for the rest", () => {
    const { pass, sizes } = passOver(23, 5);
    expect(sizes).toEqual([5, 3]);
    expect(Object.keys(pass.programs)).toEqual(["train 5", "train 3"]);
  });

  test.each([
    { from: undefined, batches: [...whole, 3] },
    { from: 0, batches: [...whole, 3] },
    { from: 15, batches: [5, 3] },
    { from: 20, batches: [3] },
    { from: 23, batches: [] },
  ])("goes on after $from samples with the batches $batches", async ({ from, batches }) => {
    const calls: Call[] = [];
    const progress: number[] = [];
    const watch = { onProgress: (done: number) => progress.push(done) };
    const run = (...call: Call) => calls.push(call);
    expect(await passOver(23, 5).pass.run(run, watch, from)).toBe(23);
    expect(batchesOf(calls)).toEqual(batches);
    for (const [program, times, size] of calls) {
      expect(program).toBe(`train ${size}`);
      expect(times).toBeGreaterThan(0);
    }
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(batches.length > 0 ? 23 : undefined);
  });

  test("does not go on to the rest once a batch was not done", async () => {
    const calls: Call[] = [];
    const run = (...call: Call) => calls.push(call) < 2;
    const done = await passOver(23, 5).pass.run(run, {});
    expect(done).toBe(5 * calls[0]![1]);
    expect(calls).toHaveLength(2);
    expect(new Set(calls.map(([program]) => program))).toEqual(new Set(["train 5"]));
  });
});

test("a pass has one program where batches go into the samples, or are larger", () => {
  expect(passOver(20, 5).sizes).toEqual([5]);
  expect(passOver(4, 5).sizes).toEqual([4]);
  expect(passOver(0, 5).sizes).toEqual([]);
});

test("a pass goes through all samples, of any number and in batches of any size", async () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }));
  await fc.assert(
    fc.asyncProperty(sizes, async ([samples, batchSize]) => {
      const calls: Call[] = [];
      const { pass } = passOver(samples, batchSize);
      expect(await pass.run((...call) => calls.push(call), {})).toBe(samples);
      const batches = batchesOf(calls);
      expect(batches.reduce((sum, size) => sum + size, 0)).toBe(samples);
      expect(batches.slice(0, -1).every((size) => size === batchSize)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
