/** Networks that PyTorch has trained and saved: made anew where it is installed, and one that is stored. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseSafetensors } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const pythons = ["python3", "/usr/bin/python3"];
const python = pythons.find((each) => spawnSync(each, ["-c", "import torch"]).status === 0);
if (python === undefined) {
  process.stderr.write("PyTorch is not installed (python3-torch): only a STORED network is read\n");
}

/** Made by the program beside it, of the data that every test here has. */
const stored = { kind: "stored", make: () => here("torch.safetensors") };

const fresh = ["F32", "F16", "BF16"].map((kind) => ({
  kind,
  make(data: string): string {
    const file = join(temporaryDirectory(), "torch.safetensors");
    const { status, stderr } = spawnSync(python!, [here("torch_network.py"), data, file, kind]);
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: "" });
    return file;
  },
}));

describe.each(python === undefined ? [stored] : [stored, ...fresh])(
  "a network of PyTorch, $kind,",
  { timeout: 120_000 },
  ({ make }) => {
    test("has here the accuracy and the loss that it had there, and starts a run with them", async () => {
      const data = dataDirectory();
      const file = make(data);
      const { metadata } = parseSafetensors(readFileSync(file), file);
      const [accuracy, loss] = ["accuracy", "loss"].map((key) => Number(metadata.get(key)));
      const functions = ["--activation", "relu", "--cost", "softmax"];

      const evaluated = await run(["evaluate", file, "--data-dir", data, ...functions, "--json"]);
      expect(evaluated.stderr).toBe("");
      const result = JSON.parse(evaluated.stdout);
      expect(result.accuracy).toBeCloseTo(accuracy!, 6);
      expect(result.loss).toBeCloseTo(loss!, 5);

      // With a learning rate of hardly anything, an epoch changes nothing.
      const flags = ["--epochs", "1", "--validation-size", "0", "--batch-size", "1"];
      const still = [...flags, ...functions, "--learning-rate", "1e-30", "--json"];
      const started = await run(["--data-dir", data, "--start-from", file, ...still]);
      const [start, epoch] = linesOf(started.stdout).map((line) => JSON.parse(line));
      expect(start).toMatchObject({ layers: [100, 8, 10], hidden: [8] });
      expect(epoch.testAccuracy).toBeCloseTo(accuracy!, 6);
      expect(epoch.testLoss).toBeCloseTo(loss!, 5);

      const tuned = [...flags, ...functions, "--learning-rate", "0.05", "--json"];
      const trained = await run(["--data-dir", data, "--start-from", file, ...tuned]);
      expect(JSON.parse(linesOf(trained.stdout)[1]!).testLoss).toBeLessThan(loss!);
    });
  },
);
