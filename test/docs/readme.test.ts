/** The run that README.md shows is the one that docs/results.jsonl records. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Run } from "../../src/cli/reproduce/entry.js";
import { openRecord } from "../../src/cli/reproduce/record.js";
import { recipes } from "../../src/recipes/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { root } from "./blocks.js";

test("the run in the README is that of the recipe default with seed 1", async () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const [, shown = ""] = /^\$ npx train-mnist\r?\n([^`]+)^```/m.exec(readme) ?? [];
  const { settings } = recipes.find(({ name }) => name === "default")!;
  const record = join(temporaryDirectory(), "results.jsonl");
  copyFileSync(new URL("docs/results.jsonl", root), record);
  const run = (await openRecord(record)).find({ ...settings, seed: 1 }) as Run;
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
