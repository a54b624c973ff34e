import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { best, epochsAt, rungs, survivors } from "../../../src/sweeps/plan/halving.js";

describe("successive halving", () => {
  test("of 9 runs of 9 epochs, one in 3, compares after 1 and 3 epochs; of 27 of 10 no more often", () => {
    expect([2, 1].map((toFollow) => epochsAt(9, 3, toFollow))).toEqual([1, 3]);
    expect(rungs(9, 9, 3)).toBe(2);
    expect(rungs(27, 10, 3)).toBe(2);
    expect(rungs(2, 100, 3)).toBe(1);
    expect(rungs(1, 100, 3)).toBe(0);
    expect(rungs(9, 2, 3)).toBe(0);
  });

  test("compares at later and later epochs, all before the last, and leaves one if there are enough", () => {
    const whole = (least: number, most: number) => fc.integer({ min: least, max: most });
    fc.assert(
      fc.property(whole(1, 1000), whole(1, 300), whole(2, 10), (runs, epochs, factor) => {
        const times = rungs(runs, epochs, factor);
        const at = Array.from({ length: times }, (_, k) => epochsAt(epochs, factor, times - k));
        for (const [k, epoch] of at.entries()) expect(epoch).toBeLessThan(at[k + 1] ?? epochs);
        if (times > 0) expect(at[0]).toBeGreaterThanOrEqual(1);
        let left = runs;
        for (let k = 0; k < times; k++) left = survivors(left, factor);
        if (left > 1)
          expect(epochsAt(epochs, factor, times + 1) * factor ** (times + 1)).toBeGreaterThan(
            epochs,
          );
      }),
    );
  });

  test("keeps those with the highest scores, of equals the first, and those without a score last", () => {
    const scored = [0.5, undefined, 0.9, 0.9, 0.1].map((score, index) => ({ index, score }));
    expect(best(scored, 2).map(({ index }) => index)).toEqual([2, 3, 0]);
    expect(best(scored, 5).map(({ index }) => index)).toEqual([2]);
  });
});
