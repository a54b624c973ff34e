/** Which runs belong to a sweep, as its description says it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Description, rangesOf } from "../../../src/sweeps/folder/description.js";
import type { Lines } from "../../../src/sweeps/folder/lines.js";
import { Sweep } from "../../../src/sweeps/folder/sweep.js";

test("indices that follow each other are one range, and a gap begins another", () => {
  expect(rangesOf([0, 1, 2, 5])).toEqual([
    [0, 2],
    [5, 5],
  ]);
  expect(rangesOf([])).toEqual([]);
});

test("a sweep has the runs that its ranges were made of, and no others", () => {
  const common = {
    dataset: { name: "rows", sha256: "0" },
    executor: "engine",
    backend: "embedded",
  };
  const description: Omit<Description, "runs"> = { ...common, version: "0", spec: {}, flags: {} };
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30)), (some) => {
      const indices = some.sort((a, b) => a - b);
      const runs = rangesOf(indices);
      const sweep = new Sweep("s", { ...description, runs }, {} as Lines);
      expect([...sweep.indices()]).toEqual(indices);
      expect(sweep.size).toBe(indices.length);
      const had = Array.from({ length: 32 }, (_, index) => index).filter((k) => sweep.has(k));
      expect(had).toEqual(indices);
      for (const [k, [first]] of runs.entries()) {
        if (k > 0) expect(first).toBeGreaterThan(runs[k - 1]![1] + 1);
      }
    }),
  );
});
