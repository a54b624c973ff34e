import { setImmediate } from "node:timers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inSlices } from "../../src/training/slices.js";

describe("inSlices", () => {
  test("repeats as many times as said, and counts up to that", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), async (times) => {
        const counts: number[] = [];
        const progress: number[] = [];
        const done = await inSlices(times, (count) => counts.push(count), {
          onProgress: (done) => progress.push(done),
        });
        let sum = 0;
        const sums = counts.map((count) => {
          sum += count;
          return sum;
        });
        expect(done).toBe(times);
        expect(sum).toBe(times);
        expect(progress).toEqual(sums);
        expect(counts.every((count) => count >= 1)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("lets other events happen in between, which may stop it", async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    let repetitions = 0;
    const done = await inSlices(
      Number.MAX_SAFE_INTEGER,
      (count) => {
        repetitions += count;
      },
      { signal: controller.signal },
    );
    expect(done).toBeLessThan(Number.MAX_SAFE_INTEGER);
    expect(done).toBe(repetitions);
  });

  test("does nothing if it was stopped before", async () => {
    const run = () => expect.unreachable("nothing should run");
    expect(await inSlices(5, run, { signal: AbortSignal.abort() })).toBe(0);
  });
});
