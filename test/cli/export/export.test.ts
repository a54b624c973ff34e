/** `train-mnist export` as its users run it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { readEvents } from "../../export/events-reader.js";
import { readModel } from "../../export/onnx-reader.js";
import { bytesOf, someCheckpoint } from "../../support/checkpoints.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { epochEvent, linesOfEvents, startEvent } from "../../support/events.js";
import { run } from "../../support/here.js";

const folder = () => temporaryDirectory();

function savedRun(): string {
  const file = join(folder(), "run.safetensors");
  writeFileSync(file, bytesOf(someCheckpoint()));
  return file;
}

describe("export --onnx", () => {
  test("writes a model with what is known of the run, and prints where", async () => {
    const file = savedRun();
    const model = join(folder(), "network.onnx");
    const names = ["--input-name", "x", "--output-name", "p"];
    const outcome = await run(["export", file, "--onnx", model, ...names]);
    expect(outcome).toEqual({ code: 0, stdout: `${model}\n`, stderr: "" });
    const { inputs, outputs, metadata } = readModel(readFileSync(model));
    expect({ inputs, outputs }).toMatchObject({
      inputs: [{ name: "x" }],
      outputs: [{ name: "p" }],
    });
    const shown = JSON.parse((await run(["show", file, "--json"])).stdout);
    expect(metadata.get("weights sha256")).toBe(shown.weightsSha256);
    expect(JSON.parse(metadata.get("settings")!)).toEqual(shown.settings);
    expect(metadata.get("dataset")).toBe(shown.dataset.name);
  });

  test("never replaces a saved network", async () => {
    const file = savedRun();
    const before = readFileSync(file);
    for (const target of [file, savedRun()]) {
      const { code, stderr } = await run(["export", file, "--onnx", target]);
      expect({ code, lines: linesOf(stderr).length }).toEqual({ code: 2, lines: 1 });
      expect(stderr).toContain("would be replaced");
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("export --tensorboard", () => {
  async function logged() {
    const flags = ["--epochs", "3", "--hidden", "4", "--validation-size", "10", "--json"];
    const { stdout } = await run(["--data-dir", dataDirectory(), ...flags]);
    const events: { event: string; testAccuracy: number }[] = linesOf(stdout).map((line) =>
      JSON.parse(line),
    );
    const log = join(folder(), "run.jsonl");
    writeFileSync(log, stdout);
    return { log, events };
  }

  test("writes the curves of a log, an event for each epoch, however often", async () => {
    const { log, events } = await logged();
    const target = join(folder(), "logs", "run");
    for (let time = 0; time < 2; time++) {
      const { code, stdout, stderr } = await run(["export", log, "--tensorboard", target]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [first, ...epochs] = readEvents(readFileSync(stdout.trim()));
      expect(first!.version).toBe("brain.Event:2");
      expect(epochs.map(({ step }) => step)).toEqual([1, 2, 3]);
      const accuracies = events
        .filter(({ event }) => event === "epoch")
        .map((each) => each.testAccuracy);
      epochs.forEach(({ scalars }, k) => {
        expect(scalars["accuracy/test"]).toBeCloseTo(accuracies[k]!, 6);
      });
    }
  });

  test("gives each run of a log a folder of its own", async () => {
    const { log } = await logged();
    const both = join(folder(), "both.jsonl");
    writeFileSync(both, readFileSync(log, "utf8").repeat(2));
    const target = join(folder(), "logs");
    const { stdout } = await run(["export", both, "--tensorboard", target]);
    expect(new Set(linesOf(stdout)).size).toBe(2);
  });

  test("keeps runs within its folder, and apart, whatever they are called", async () => {
    const names = ["..", ".", "a/b", "a-b", "a:b"];
    const log = join(folder(), "runs.jsonl");
    writeFileSync(
      log,
      linesOfEvents(names.flatMap((name) => [{ ...startEvent, name }, epochEvent(1)])),
    );
    const outside = folder();
    const target = join(outside, "logs");
    const { code, stdout, stderr } = await run(["export", log, "--tensorboard", target]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(new Set(linesOf(stdout)).size).toBe(names.length);
    expect(readdirSync(outside)).toEqual(["logs"]);
    expect(readdirSync(target)).toHaveLength(names.length);
  });

  test("has the weights of a saved network as a picture", async () => {
    const target = join(folder(), "logs");
    const file = join(folder(), "run.safetensors");
    const flags = ["--epochs", "1", "--hidden", "4", "--quiet", "--save", file];
    await run(["--data-dir", dataDirectory(), ...flags]);
    const { stdout } = await run(["export", file, "--tensorboard", target]);
    expect(readEvents(readFileSync(stdout.trim())).at(-1)!.images).toHaveProperty(["first layer"]);
  });
});

test("a program in Python reads the file under the name that was given, wherever both are taken", async () => {
  const file = relative(process.cwd(), savedRun());
  const { code, stdout } = await run(["export", file, "--pytorch"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`load_file(${JSON.stringify(file)})`);
});

describe("what cannot be exported is refused in one line:", () => {
  const log = () => {
    const file = join(folder(), "run.jsonl");
    const epoch = { event: "epoch", epoch: 1, loss: 1, learningRate: 1, seconds: 1 };
    const start = { event: "start", dataset: "generated", layers: [4, 2] };
    writeFileSync(file, `${JSON.stringify(start)}\n${JSON.stringify(epoch)}\n`);
    return file;
  };
  test.each([
    ["nothing to write", () => [savedRun()], 2, "--onnx <file>, --tensorboard <dir> or --pytorch"],
    ["events as a network", () => [log(), "--pytorch"], 2, "has events only"],
    ["two outputs", () => [savedRun(), "--pytorch", "--onnx", "x"], 2, "given alone"],
    ["a flag for another", () => [savedRun(), "--pytorch", "--raw-pixels"], 2, "for --onnx"],
    ["one name twice", () => [savedRun(), "--onnx", "x", "--input-name", "outputs"], 2, "differ"],
    ["no run", () => [join(folder(), "none"), "--pytorch"], 1, "no such file"],
    [
      "a folder that is none",
      () => [log(), "--tensorboard", join(log(), "x")],
      1,
      "the path, or a part of it, is a file, not a folder",
    ],
  ])("%s", async (_, args, code, words) => {
    const outcome = await run(["export", ...args()]);
    expect(outcome.stdout).toBe("");
    expect(linesOf(outcome.stderr).length).toBe(1);
    expect(outcome.stderr).toContain(words);
    expect(outcome.code).toBe(code);
    expect(existsSync("x")).toBe(false);
  });
});
