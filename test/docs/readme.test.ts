/** The run that README.md shows is the one that docs/results.jsonl records. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recipes } from "../../src/recipes/index.js";
import { completeSettings } from "../../src/training/index.js";
import { root } from "./blocks.js";

interface Recorded {
  readonly settings: Record<string, unknown>;
  readonly validation: readonly number[];
  readonly test: readonly number[];
  readonly seconds: number;
  readonly weightsSha256: string;
}

test("the run in the README is that of the recipe default with seed 1", () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const [, shown = ""] = /^\$ npx train-mnist\r?\n([^`]+)^```/m.exec(readme) ?? [];
  const { settings } = recipes.find(({ name }) => name === "default")!;
  const expected = completeSettings({ ...settings, seed: 1 });
  const run = readFileSync(new URL("docs/results.jsonl", root), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recorded)
    .findLast(({ settings: recorded }) =>
      Object.entries(expected).every(
        ([name, value]) => JSON.stringify(recorded[name]) === JSON.stringify(value),
      ),
    )!;
  const percent = (part: number) => `${(100 * part).toFixed(2)}%`;

  const epochs = [...shown.matchAll(/^epoch +(\d+)\/20 .*validation (\S+) +test (\S+)/gm)];
  expect(epochs.length).toBeGreaterThan(5);
  for (const [, epoch, validation, accuracy] of epochs) {
    const k = Number(epoch) - 1;
    expect([validation, accuracy]).toEqual([percent(run.validation[k]!), percent(run.test[k]!)]);
  }
  expect(shown).toContain(`test accuracy ${percent(run.test.at(-1)!)} after epoch 20`);
  expect(shown).toContain(`mnist, ${run.seconds.toFixed(2)} s in all`);
  expect(shown).toContain(`weights sha256 ${run.weightsSha256.slice(0, 16)}…`);
});
