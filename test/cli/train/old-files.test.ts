/** Runs that were saved by earlier versions go on to the bits that those versions would have come to. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { run } from "../../support/here.js";

/** Version 0.1.0 was stopped in epoch 2 of this run, and itself ended it with these weights. */
const saved = fileURLToPath(new URL("fixtures/saved-by-0.1.0.safetensors", import.meta.url));
const WEIGHTS = "61b815dcdbf821736fed2f0053d3b0f25c78494b48525551507bb1d6b09a2635";
const FLAGS =
  "--dataset generated --train-size 2000 --validation-size 100 --hidden 6 --epochs 4 --batch-size 8 " +
  "--elastic 5,30 --rotation 10 --scaling 8 --optimizer nesterov --momentum 0.9 --dropout 0.1 " +
  "--schedule cosine --lr 0.05 --seed 7";

const endOf = (stdout: string) => JSON.parse(linesOf(stdout).at(-1) as string);

describe("a run with deformed images that 0.1.0 saved in the middle of an epoch", () => {
  test("has its deformations among its settings, once", async () => {
    const { settings, flags, reports, images } = await readCheckpoint(saved);
    expect([reports.length, images]).toEqual([1, 504]);
    expect(settings).toMatchObject({ elastic: { sigma: 5, alpha: 30 }, rotation: 10, scaling: 8 });
    expect(settings).not.toHaveProperty("deformation");
    expect(flags).toEqual({ executor: "engine", backend: "embedded", dataset: "generated" });
  });

  test("ends with the weights that 0.1.0 gave it, and is then saved as runs are today", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    copyFileSync(saved, file);
    const { code, stdout } = await run(["--resume", file, ...FLAGS.split(" "), "--json"]);
    expect(code).toBe(0);
    expect(endOf(stdout).weightsSha256).toBe(WEIGHTS);
    const { settings } = await readCheckpoint(file);
    expect(settings).toMatchObject({ elastic: { sigma: 5, alpha: 30 }, epochs: 4 });
  });

  test("refuses a flag that does not agree with it", async () => {
    const { code, stderr } = await run(["--resume", saved, "--elastic", "6,36"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--elastic 6,36 does not agree with");
    expect(stderr).toContain("which has --elastic 5,30");
  });
});

test("the same run from its beginning ends with the weights that 0.1.0 gave it, and replaces the file if asked to", async () => {
  const file = join(temporaryDirectory(), "run.safetensors");
  copyFileSync(saved, file);
  const { stdout } = await run([...FLAGS.split(" "), "--json", "--save", file, "--overwrite"]);
  expect(endOf(stdout).weightsSha256).toBe(WEIGHTS);
});
