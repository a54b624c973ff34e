import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";

/** An object of any of the kinds of events, which have these keys among others. */
interface Event {
  readonly event: string;
  readonly epoch?: number;
  readonly validationAccuracy?: number | null;
  readonly testAccuracy?: number;
  readonly learningRate?: number;
  readonly bestEpoch?: number;
  readonly bestTestAccuracy?: number;
  readonly weightsSha256?: string;
}

const SETTINGS = [
  "epochs",
  "learningRate",
  "schedule",
  "warmup",
  "optimizer",
  "dropout",
  "inputDropout",
  "batchSize",
  "hidden",
  "activation",
  "cost",
  "init",
  "lambda",
  "l1",
  "labelSmoothing",
  "adversarial",
  "ema",
  "momentum",
  "seed",
  "deformation",
  "trainSize",
  "validationSize",
];
const NETWORK = [
  ...["format", "version", "date", "threads", "backend", "simd"],
  "recipe",
  "dataset",
  "datasetSha256",
  "testSize",
  "layers",
  "parameters",
  "executor",
];

async function events(...flags: string[]): Promise<Event[]> {
  const { code, stdout, stderr } = await run([
    ...["--json", "--data-dir", dataDirectory(), "--validation-size", "10"],
    ...flags,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return linesOf(stdout).map((line) => JSON.parse(line) as Event);
}

describe("--json", () => {
  test("prints a start, each epoch and an end, one object per line, and nothing else", async () => {
    const all = await events("--epochs", "3");
    expect(all.map(({ event, epoch }) => [event, epoch])).toEqual([
      ["start", undefined],
      ["epoch", 1],
      ["epoch", 2],
      ["epoch", 3],
      ["end", undefined],
    ]);
  });

  test.each([{ flags: [] }, { flags: ["--train-size", "50"] }])(
    "starts with every setting, the data set and the network ($flags)",
    async ({ flags }) => {
      const [start] = await events("--epochs", "1", ...flags);
      expect(Object.keys(start!).sort()).toEqual(["event", ...SETTINGS, ...NETWORK].sort());
      expect(start).toMatchObject({ recipe: { name: "default", except: [] } });
    },
  );

  test("starts with the values of the flags", async () => {
    const directory = dataDirectory();
    const { stdout } = await run([
      ...["--json", "--dry-run", "--data-dir", directory, "--epochs", "7", "--lr", "0.25"],
      ...["--batch-size", "4", "--hidden", "8,6", "--activation", "tanh", "--cost", "softmax"],
      ...[
        "--init",
        "he",
        "--lambda",
        "0.5",
        "--momentum",
        "0.9",
        "--seed",
        "4294967295",
        "--train-size",
        "50",
      ],
      ...["--validation-size", "20", "--schedule", "step", "--lr-end", "0.1", "--lr-step", "3"],
      ...["--warmup", "2", "--patience", "5", "--target-accuracy", "0.99"],
      ...["--optimizer", "nesterov", "--dropout", "0.5", "--input-dropout", "0.2"],
      ...["--max-norm", "3", "--l1", "0.25", "--label-smoothing", "0.125", "--ema", "0.75"],
      ...["--adversarial", "0.5"],
    ]);
    expect(JSON.parse(linesOf(stdout)[0]!)).toEqual({
      event: "start",
      format: 1,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      threads: 1,
      backend: "embedded",
      simd: 128,
      datasetSha256: expect.stringMatching(/^[\da-f]{64}$/),
      epochs: 7,
      learningRate: 0.25,
      schedule: "step",
      lrEnd: 0.1,
      lrStep: 3,
      warmup: 2,
      patience: 5,
      targetAccuracy: 0.99,
      optimizer: "nesterov",
      dropout: 0.5,
      inputDropout: 0.2,
      maxNorm: 3,
      l1: 0.25,
      labelSmoothing: 0.125,
      adversarial: 0.5,
      ema: 0.75,
      batchSize: 4,
      hidden: [8, 6],
      activation: "tanh",
      cost: "softmax",
      init: "he",
      lambda: 0.5,
      momentum: 0.9,
      seed: 4294967295,
      trainSize: 50,
      validationSize: 20,
      dataset: basename(directory),
      testSize: 20,
      layers: [100, 8, 6, 10],
      parameters: 100 * 8 + 8 + 8 * 6 + 6 + 6 * 10 + 10,
      executor: expect.any(String),
    });
  });

  test("gives each epoch its keys in this order, with accuracies from 0 to 1", async () => {
    const epochs = (await events("--epochs", "2")).slice(1, -1);
    for (const epoch of epochs) {
      expect(Object.keys(epoch)).toEqual([
        "event",
        "format",
        "epoch",
        "loss",
        "trainLoss",
        "trainAccuracy",
        "validationLoss",
        "validationAccuracy",
        "testLoss",
        "testAccuracy",
        "learningRate",
        "seconds",
        "imagesPerSecond",
      ]);
      for (const accuracy of [epoch.validationAccuracy, epoch.testAccuracy]) {
        expect(accuracy).toBeGreaterThanOrEqual(0);
        expect(accuracy).toBeLessThanOrEqual(1);
      }
    }
  });

  test("has null for the validation accuracy without validation images", async () => {
    const [, epoch] = await events("--epochs", "1", "--validation-size", "0");
    expect(epoch).toHaveProperty("validationAccuracy", null);
  });

  test("ends with these keys in this order, and with the accuracy of the last epoch", async () => {
    const all = await events("--epochs", "3", "--learning-rate", "2");
    const [end, last] = [all.at(-1)!, all.at(-2)!];
    expect(Object.keys(end)).toEqual([
      "event",
      "format",
      "reason",
      "epochs",
      "testAccuracy",
      "bestEpoch",
      "bestValidationAccuracy",
      "bestTestAccuracy",
      "seconds",
      "weightsSha256",
    ]);
    const best = all.find(({ epoch }) => epoch === end.bestEpoch)!;
    const accuracies = all.slice(1, -1).map((epoch) => epoch.validationAccuracy as number);
    expect(end.testAccuracy).toBe(last.testAccuracy);
    expect(end.bestTestAccuracy).toBe(best.testAccuracy);
    expect(best.validationAccuracy).toBe(Math.max(...accuracies));
  });

  test("ends with the same SHA-256 of the weights for the same seed, and another for another", async () => {
    const hash = async (seed: string) => (await events("--epochs", "2", "--seed", seed)).at(-1);
    const [one, again, other] = [await hash("7"), await hash("7"), await hash("8")];
    expect(one?.weightsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(again?.weightsSha256).toBe(one?.weightsSha256);
    expect(other?.weightsSha256).not.toBe(one?.weightsSha256);
  });

  test("learns a separable problem: the end has the test accuracy 1", async () => {
    const all = await events("--epochs", "20", "--learning-rate", "3");
    expect(all.at(-1)).toHaveProperty("testAccuracy", 1);
  });

  test("with --dry-run prints a start and the cost of one batch", async () => {
    const all = await events("--dry-run");
    expect(all.map((event) => Object.keys(event)).slice(1)).toEqual([
      ["event", "format", "loss", "seconds"],
    ]);
    expect(all[1]).toMatchObject({ event: "dry-run", loss: expect.any(Number) });
  });

  test.each([
    { flags: ["--epochs", "2"], reason: "epochs", epochs: 2 },
    { flags: ["--target-accuracy", "0.01"], reason: "target-accuracy", epochs: 1 },
    // With so small a learning rate nothing changes after the first epoch.
    { flags: ["--lr", "1e-9", "--patience", "3"], reason: "patience", epochs: 4 },
    {
      flags: ["--lr", "1e-9", "--patience", "1", "--schedule", "plateau"],
      reason: "learning-rate",
      epochs: 8,
    },
  ])(
    "ends with the reason $reason after epoch $epochs with $flags",
    async ({ flags, reason, epochs }) => {
      expect((await events(...flags)).at(-1)).toMatchObject({ event: "end", reason, epochs });
    },
  );

  test("gives each epoch its learning rate by the schedule; Adam's is 0.001 unless given", async () => {
    const rates = async (...flags: string[]) =>
      (await events("--epochs", "3", ...flags)).slice(1, -1).map((each) => each.learningRate);
    expect(await rates("--optimizer", "adam")).toEqual([0.001, 0.001, 0.001]);
    const exponential = ["--schedule", "exponential", "--lr", "0.4", "--lr-end", "0.1"];
    expect(await rates(...exponential)).toEqual([0.4, 0.2, 0.1]);
  });

  test("ends with exit code 1 and a line on stderr if the target accuracy is never reached", async () => {
    const { code, stdout, stderr } = await run([
      ...["--json", "--data-dir", dataDirectory(), "--validation-size", "10"],
      ...["--epochs", "1", "--lr", "1e-9", "--target-accuracy", "1"],
    ]);
    const end = JSON.parse(linesOf(stdout).at(-1)!);
    expect(code).toBe(1);
    expect(end).toMatchObject({ event: "end", reason: "epochs" });
    expect(stderr).toMatch(/^train-mnist: [^\n]*--target-accuracy 1:[^\n]* epoch 1\n$/);
  });
});
