import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";

/** What the command says with these flags, which must be one line on stderr. */
async function refusal(...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await run([...flags, "--data-dir", dataDirectory()]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(linesOf(stderr)).toHaveLength(1);
  return stderr;
}

const small = () => ["--data-dir", dataDirectory(), "--epochs", "1", "--validation-size", "0"];

describe("a flag that has no effect is refused", () => {
  test.each([
    {
      flags: ["--activation", "relu", "--hidden", "none"],
      says: "--activation relu has no effect: with --hidden none, there are no hidden layers",
    },
    {
      flags: ["--schedule", "step", "--lr-end", "0.01", "--epochs", "5"],
      says: "--lr-end 0.01 has no effect: with --lr-step 10 (the default) and --epochs 5, the learning rate never falls",
    },
    {
      flags: ["--recipe", "best", "--lr-end", "0.01", "--epochs", "1"],
      says: "--lr-end 0.01 has no effect: with --epochs 1, the learning rate never falls",
    },
    {
      flags: ["--measure", "none", "--eval-every", "2"],
      says: "--eval-every 2 has no effect: with --measure none, nothing is measured",
    },
    {
      flags: ["--mirror", "http://localhost/"],
      says: "--mirror http://localhost/ has no effect: with --data-dir ",
    },
  ])("$flags", async ({ flags, says }) => {
    expect(await refusal(...flags)).toContain(says);
  });

  test.each(["--mirror=http://localhost/", "--cache-dir=cache"])(
    "%s with other data",
    async (flag) => {
      const { code, stderr } = await run([flag, "--dataset", "generated", "--dry-run"]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining(
          "has no effect: with --dataset generated, nothing is fetched",
        ),
      });
      const env = { TRAIN_MNIST_DATA: dataDirectory() };
      expect((await run([flag, "--dry-run"], env)).stderr).toContain("with TRAIN_MNIST_DATA=/");
    },
  );

  test("--activation beside weights that have no hidden layers", async () => {
    const data = small().slice(0, 2);
    const file = await savedNetwork(data, "--hidden", "none");
    expect(await refusal("--start-from", file, "--activation", "relu")).toContain(
      "with --hidden none (of the weights to start from), there are no hidden layers",
    );
  });

  test.each([
    ["evaluate", "none.safetensors", "--mirror=http://localhost/"],
    ["report", "none.safetensors", "--cache-dir=cache"],
    ["data", "show", "--cache-dir=cache"],
    ["backprop", "--cache-dir=cache"],
  ])("by %s", async (...args) => {
    const { code, stderr } = await run([...args, "--dataset", "generated"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        "has no effect: with --dataset generated, nothing is fetched",
      ),
    });
  });

  test("--init beside weights to start from", async () => {
    const file = await savedNetwork(small().slice(0, 2));
    expect(await refusal("--start-from", file, "--init", "he")).toContain(
      `--init he has no effect: with --start-from ${file}, the first weights are those of the file`,
    );
  });
});

describe("a setting that has no effect is accepted", () => {
  test("if it is that of a recipe, a file or the environment", async () => {
    const config = join(temporaryDirectory(), "config.json");
    writeFileSync(config, JSON.stringify({ activation: "relu", hidden: "none" }));
    const env = { TRAIN_MNIST_ACTIVATION: "tanh" };
    for (const outcome of [
      await run([
        ...small(),
        "--recipe",
        "best",
        "--hidden",
        "none",
        "--batch-size",
        "5",
        "--dry-run",
      ]),
      await run([...small(), "--config", config, "--dry-run"]),
      await run([...small(), "--hidden", "none", "--dry-run"], env),
    ]) {
      expect(outcome).toMatchObject({ code: 0 });
    }
  });

  test("if it keeps another schedule from applying, or a run that is resumed may need it", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    for (const flags of [
      ["--recipe", "default", "--schedule", "step"],
      ["--schedule", "step", "--lr-step", "20"],
      ["--schedule", "step", "--lr-end", "0.01", "--save", file],
    ]) {
      expect(await run([...small(), ...flags, "--batch-size", "5", "--dry-run"])).toMatchObject({
        code: 0,
      });
    }
  });

  test("if it is said once more of a run that is resumed", async () => {
    const file = join(temporaryDirectory(), "run.safetensors");
    const config = join(temporaryDirectory(), "config.json");
    writeFileSync(config, JSON.stringify({ activation: "relu" }));
    const flags = [...small(), "--hidden", "none"];
    await run([...flags, "--config", config, "--save", file]);
    const again = [...flags, "--activation", "relu", "--epochs", "2", "--resume", file];
    expect(await run(again)).toMatchObject({ code: 0 });
  });
});
