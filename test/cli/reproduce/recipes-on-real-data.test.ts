/**
 * Whole runs on the real MNIST: every recipe of less than a minute, with a seed that the record of
 * docs/results.md does not have. Each should come out as its runs in the record make one expect.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quickRecipes } from "../../../src/cli/recipes/index.js";
import { measure } from "../../../src/cli/reproduce/comparison.js";
import type { Run } from "../../../src/cli/reproduce/record.js";
import {
  type Interval,
  predictionInterval,
  spreadOf,
} from "../../../src/cli/reproduce/statistics.js";
import { realData } from "../../real-data.js";
import { linesOf, run } from "../../support/command.js";

const SEED = 4;

/** Those that are for validation, and those to test on. */
const IMAGES = 10_000;

const different = quickRecipes.filter(
  ({ settings }, i) =>
    i === quickRecipes.findIndex((other) => isDeepStrictEqual(other.settings, settings)),
);

const runsIn = (path: string) =>
  linesOf(readFileSync(path, "utf8")).map((line) => JSON.parse(line) as Run);
const recorded = runsIn(fileURLToPath(new URL("../../../docs/results.jsonl", import.meta.url)));

/**
 * Where the accuracy of one more run should be, in per cent. As three runs may agree by chance, they
 * are taken to deviate by no less than the part that is right of as many independent images.
 */
function expected(accuracies: readonly number[]): Interval {
  const spread = spreadOf(accuracies);
  const p = spread.mean / 100;
  const least = 100 * Math.sqrt((p * (1 - p)) / IMAGES);
  return predictionInterval({ ...spread, deviation: Math.max(spread.deviation, least) }, 1);
}

describe.skipIf(realData === undefined)("on the real MNIST", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "train-mnist-recipes-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** A run, and those in the record that differ from it in nothing but the seed. */
  async function repeat(recipe: string, seed: number) {
    const file = join(directory, `${recipe}-${seed}.jsonl`);
    const { code } = await run([
      ...["reproduce", recipe, "--seeds", `${seed}`, "--record", file],
      ...["--data-dir", realData as string, "--threads", "1"],
    ]);
    expect(code).toBe(0);
    const [ours] = runsIn(file) as [Run];
    const before = recorded.filter(({ settings }) =>
      isDeepStrictEqual({ ...settings, seed }, ours.settings),
    );
    expect(before.map(({ settings }) => settings.seed)).toEqual([1, 2, 3]);
    return { ours, before };
  }

  test.concurrent.each(
    different,
  )(`$name with seed ${SEED} has the accuracies that the runs in the record promise`, async ({
    name,
    figures,
  }) => {
    const { ours, before } = await repeat(name, SEED);
    for (const { on, at } of figures) {
      const { low, high } = expected(before.map((each) => measure(each, on, at)));
      expect(measure(ours, on, at)).toBeGreaterThan(low);
      expect(measure(ours, on, at)).toBeLessThan(high);
    }
  }, 180_000);

  test.concurrent("nielsen-ch1-30 with seed 1 is the run in the record, to the last bit", async () => {
    const { ours, before } = await repeat("nielsen-ch1-30", 1);
    expect(ours).toEqual({ ...before[0], dataset: ours.dataset, seconds: ours.seconds });
  });
});
