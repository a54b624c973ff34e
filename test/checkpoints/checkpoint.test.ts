import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import {
  CheckpointError,
  capture,
  encodeCheckpoint,
  parseCheckpoint,
  parseSafetensors,
  restore,
  startFrom,
  weightsSha256,
} from "../../src/checkpoints/index.js";
import { engine } from "../../src/engine/index.js";
import { SettingsError, Trainer } from "../../src/training/index.js";
import { bytesOf, forged, reportOn, SOURCE, someCheckpoint } from "../support/checkpoints.js";
import { separableDataset } from "../support/digits.js";
import { settingsWith } from "../support/training.js";

describe("a checkpoint", () => {
  test("is read back as what was written", () => {
    const checkpoint = someCheckpoint();
    expect(parseCheckpoint(bytesOf(checkpoint), SOURCE)).toEqual(checkpoint);
  });

  test("keeps a loss that is not a number, and epochs without validation", () => {
    const reports = [{ ...reportOn(1), loss: Number.NaN, validationAccuracy: undefined }];
    const checkpoint = someCheckpoint({ reports });
    expect(parseCheckpoint(bytesOf(checkpoint), SOURCE).reports).toEqual(reports);
  });

  test("may be of an epoch whose images are all done, in batches that do not go into them", () => {
    const settings = settingsWith({ hidden: [3], trainSize: 42 });
    for (const images of [0, 40, 42]) {
      const checkpoint = someCheckpoint({ settings, images });
      expect(parseCheckpoint(bytesOf(checkpoint), SOURCE).images).toBe(images);
    }
  });

  test("needs no number of training images between epochs", () => {
    const settings = settingsWith({ hidden: [3] });
    const checkpoint = someCheckpoint({ settings, images: 0 });
    expect(parseCheckpoint(bytesOf(checkpoint), SOURCE)).toEqual(checkpoint);
  });

  test("has its parameters by PyTorch's names, weights as [out, in] row by row", () => {
    const { tensors } = parseSafetensors(bytesOf(someCheckpoint()), SOURCE);
    expect(Object.fromEntries(tensors)).toMatchObject({
      "layers.0.weight": {
        shape: [3, 4],
        data: Float32Array.of(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11),
      },
      "layers.0.bias": { shape: [3], data: Float32Array.of(100, 101, 102) },
      "layers.1.weight": { shape: [2, 3], data: Float32Array.of(200, 202, 204, 201, 203, 205) },
      "layers.1.bias": { shape: [2], data: Float32Array.of(300, 301) },
    });
  });

  test("says in its metadata what it is: format, settings and reports", () => {
    const { metadata } = parseSafetensors(bytesOf(someCheckpoint()), SOURCE);
    const { settings, reports } = someCheckpoint();
    expect(metadata.get("format")).toBe("train-mnist");
    expect(JSON.parse(metadata.get("settings")!)).toEqual(settings);
    expect(JSON.parse(metadata.get("reports")!)).toEqual(reports);
  });

  test.each([
    { executor: interpreter, precision: Float64Array },
    { executor: engine({ threads: 1 }), precision: Float32Array },
  ])(
    "takes a trainer to the same end as one that goes on, to the last bit ($executor.name)",
    async ({ executor, precision }) => {
      const settings = settingsWith({
        ...{ optimizer: "adam", dropout: 0.2, validationSize: 10, ema: 0.9 },
      });
      const trainer = new Trainer(settings, separableDataset(), executor);
      await trainer.trainEpoch({ epoch: 1, learningRate: 0.01 });
      const taken = capture(trainer, someCheckpoint({ images: 0 }));
      expect(taken.settings).toEqual({ ...settings, ...trainer.split });
      const { dataset, reports } = taken;
      expect(capture(trainer, { dataset, reports })).toMatchObject({
        ...{ flags: {}, images: 0, seconds: 0, made: undefined },
      });
      const read = parseCheckpoint(Buffer.concat(encodeCheckpoint(taken)), SOURCE);
      expect(read).toEqual(taken);
      expect(read.layers[0]!.w.data).toBeInstanceOf(precision);
      const other = new Trainer(settings, separableDataset(), executor);
      restore(other, read);
      for (const each of [trainer, other]) await each.trainEpoch({ epoch: 2, learningRate: 0.01 });
      expect(other.weightsSha256()).toBe(trainer.weightsSha256());
      expect(other.state()).toEqual(trainer.state());
    },
  );

  test("has the averages as its network, with the digest of the run, and beside it what is trained", async () => {
    const settings = settingsWith({ ema: 0.9, validationSize: 10 });
    const [averaging, plainly] = [settings, { ...settings, ema: 0 }].map(
      (each) => new Trainer(each, separableDataset(), interpreter),
    ) as [Trainer, Trainer];
    for (const each of [averaging, plainly]) await each.trainEpoch({ epoch: 1, learningRate: 0.5 });
    const taken = capture(averaging, someCheckpoint());
    expect(weightsSha256(taken.layers)).toBe(averaging.weightsSha256());
    const names = ["w¹", "b¹", "w²", "b²"];
    expect([...taken.state.keys()]).toEqual([...names, "totalCost", "position"]);
    expect(names.map((name) => taken.state.get(name)!.data)).toEqual(plainly.weights());
    expect(() => restore(averaging, capture(plainly, someCheckpoint()))).toThrow(SettingsError);
  });

  test("gives a run that starts from its network averages that start as its weights", () => {
    const settings = settingsWith({ ema: 0.9, optimizer: "adam" });
    const [one, other] = [settings, { ...settings, seed: 2 }].map(
      (each) => new Trainer(each, separableDataset(), interpreter),
    ) as [Trainer, Trainer];
    expect(other.state()).not.toEqual(one.state());
    startFrom(other, capture(one, someCheckpoint()).layers);
    expect(other.state()).toEqual(one.state());
  });

  test("of another network or optimiser is refused by a trainer", () => {
    const settings = settingsWith({ momentum: 0.9 });
    const trainer = new Trainer(settings, separableDataset(), interpreter);
    expect(() => restore(trainer, someCheckpoint())).toThrow(SettingsError);
  });
});

describe("refuses, in one sentence that names the file,", () => {
  const tensor = (shape: number[], fill = 0) => ({
    shape,
    data: new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(fill),
  });
  const [weight, bias] = ["layers.1.weight", "layers.1.bias"];
  type Change = Parameters<typeof forged>[0];
  const saying =
    (key: string, text: string): Change =>
    (file) => {
      file.metadata.set(key, text);
    };
  const without =
    (key: string): Change =>
    (file) => {
      file.metadata.delete(key);
    };

  test.each<{ what: string; change: Change; says: RegExp }>([
    {
      what: "a model of another program",
      change: ({ metadata }) => metadata.clear(),
      says: /not one that train-mnist has saved/,
    },
    {
      what: "another version of the format",
      change: ({ metadata }) => metadata.set("version", "2"),
      says: /version 2 of the format, where this train-mnist reads version 1/,
    },
    {
      what: "weights that are not numbers",
      change: ({ tensors }) => tensors.set(weight, tensor([2, 3], Number.NaN)),
      says: /numbers in layers\.1\.weight that are not finite/,
    },
    {
      what: "one weight among others that is not a number",
      change: ({ tensors }) => {
        const one = tensor([2, 3]);
        one.data[4] = Number.NaN;
        tensors.set(weight, one);
      },
      says: /numbers in layers\.1\.weight that are not finite/,
    },
    {
      what: "infinite biases",
      change: ({ tensors }) => tensors.set(bias, tensor([2], Number.POSITIVE_INFINITY)),
      says: /numbers in layers\.1\.bias that are not finite/,
    },
    {
      what: "a missing layer",
      change: ({ tensors }) => tensors.delete(weight),
      says: /lacks the tensor layers\.1\.weight/,
    },
    {
      what: "a layer that does not take what the one before gives",
      change: ({ tensors }) => tensors.set(weight, tensor([2, 4])),
      says: /layers\.1\.weight of shape 2×4, where any×3 is expected/,
    },
    {
      what: "a hidden layer of another size than the settings",
      change: ({ tensors }) => tensors.set("layers.0.weight", tensor([4, 4])),
      says: /layers\.0\.weight of shape 4×4, where 3×any is expected/,
    },
    {
      what: "a bias of another size than its layer",
      change: ({ tensors }) => tensors.set(bias, tensor([3])),
      says: /layers\.1\.bias of shape 3, where 2 is expected/,
    },
    {
      what: "state that is no matrix",
      change: ({ tensors }) => tensors.set("state.x", tensor([1])),
      says: /state\.x of rank 1, where 2 is expected/,
    },
    ...["settings", "flags", "dataset", "reports", "progress"].flatMap((key) => [
      {
        what: `metadata without ${key}`,
        change: without(key),
        says: new RegExp(`lacks "${key}" in its metadata`),
      },
      {
        what: `${key} that is not JSON`,
        change: saying(key, "{"),
        says: new RegExp(`metadata "${key}" that is not JSON`),
      },
      {
        what: `${key} that are a number`,
        change: saying(key, "1"),
        says: /./,
      },
      {
        what: `${key} that are null`,
        change: saying(key, "null"),
        says: /JSON object|reports that are not/,
      },
    ]),
    {
      what: "an activation that is not known",
      change: ({ metadata }) =>
        metadata.set("settings", JSON.stringify(settingsWith({ activation: "valueOf" as "tanh" }))),
      says: /impossible setting: activation "valueOf" should be one of sigmoid/,
    },
    {
      what: "a data set without a digest",
      change: ({ metadata }) => metadata.set("dataset", '{"name":"mnist"}'),
      says: /does not say what data set/,
    },
    {
      what: "a data set without a name",
      change: ({ metadata }) => metadata.set("dataset", '{"sha256":"0"}'),
      says: /does not say what data set/,
    },
    ...[
      [reportOn(2)],
      [reportOn(1), reportOn(1)],
      [reportOn(1), null],
      [reportOn(1), 2],
      [reportOn(1), { ...reportOn(2), loss: "0.5" }],
      ...[
        { loss: undefined },
        { learningRate: -1 },
        { seconds: null },
        { seconds: -1 },
        { imagesPerSecond: -1 },
        { trainAccuracy: 1.01 },
        { validationAccuracy: 55 },
        { testAccuracy: -0.1 },
        { testLoss: "1" },
        { unknown: "1" },
      ].map((some) => [{ ...reportOn(1), ...some }]),
      { 0: reportOn(1) },
    ].map((reports) => ({
      what: `reports that are not those of the first epochs in turn: ${JSON.stringify(reports)}`,
      change: saying("reports", JSON.stringify(reports)),
      says: /reports that are not those of epochs 1, 2, …/,
    })),
    ...[{ images: 10 }, { images: "10", seconds: 1 }, { images: 10, seconds: "1" }].map(
      (progress) => ({
        what: `progress that is not in numbers: ${JSON.stringify(progress)}`,
        change: saying("progress", JSON.stringify(progress)),
        says: /does not say how many images of its epoch are done/,
      }),
    ),
    ...["1e999", "-1", "null"].map((seconds) => ({
      what: `a time of ${seconds} seconds`,
      change: saying("progress", `{"images":10,"seconds":${seconds}}`),
      says: /does not say how many images of its epoch are done/,
    })),
    ...["{}", "1", "null"].map((name) => ({
      what: `a name that is ${name}`,
      change: saying("flags", `{"name":${name}}`),
      says: /has a name that is no text/,
    })),
    ...["0", "z".repeat(64), "0".repeat(63), `${"0".repeat(64)}\u001b`].map((sha256) => ({
      what: `a data set with the digest ${JSON.stringify(sha256)}`,
      change: saying("dataset", JSON.stringify({ name: "mnist", sha256 })),
      says: /does not say what data set/,
    })),
    {
      what: "an output layer without units",
      change: ({ tensors }) => {
        tensors.set(weight, tensor([0, 3]));
        tensors.set(bias, tensor([0]));
      },
      says: /no numbers in layers\.1\.weight/,
    },
    ...[7, 45, -5].map((images) => ({
      what: `an epoch that was interrupted after ${images} of 40 images in batches of 5`,
      change: saying("progress", JSON.stringify({ images, seconds: 1 })),
      says: /does not say how many images of its epoch are done/,
    })),
  ])("$what", ({ change, says }) => {
    const bytes = forged(change);
    expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(CheckpointError);
    expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(says);
    expect(() => parseCheckpoint(bytes, SOURCE)).toThrow(/^model\.safetensors [^\n]+\.$/);
  });

  test("but not a forgery that changes nothing", () => {
    expect(
      parseCheckpoint(
        forged(() => {}),
        SOURCE,
      ),
    ).toEqual(someCheckpoint());
  });
});

describe("a damaged file is refused, or has the same contents:", () => {
  const bytes = bytesOf(someCheckpoint());

  function expectRefusalOrSame(damaged: Uint8Array): void {
    let read: unknown;
    try {
      read = parseCheckpoint(damaged, SOURCE);
    } catch (error) {
      expect(error).toBeInstanceOf(CheckpointError);
      expect((error as Error).message).toMatch(/^model\.safetensors [^\n]+\.$/);
      return;
    }
    expect(read).toEqual(someCheckpoint());
  }

  test("cut short anywhere", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parseCheckpoint(bytes.subarray(0, length), SOURCE)).toThrow(CheckpointError);
    }
  });

  test("with any one bit turned over", () => {
    for (let i = 0; i < 8 * bytes.length; i++) {
      const damaged = bytes.slice();
      damaged[i >> 3]! ^= 1 << (i & 7);
      expectRefusalOrSame(damaged);
    }
  });

  test("with pieces overwritten, put in, taken out or moved", () => {
    const damage = fc.record({
      at: fc.nat(bytes.length),
      remove: fc.nat(40),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.tuple(fc.nat(bytes.length), fc.nat(40)).map(([at, n]) => bytes.slice(at, at + n)),
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
        let damaged = bytes;
        for (const { at, remove, insert } of all) {
          const [before, after] = [damaged.subarray(0, at), damaged.subarray(at + remove)];
          damaged = Buffer.concat([before, insert, after]);
        }
        expectRefusalOrSame(damaged);
      }),
      { numRuns: 3000 },
    );
  });
});
