import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Executor, interpreter } from "../../src/autodiff/index.js";
import { DataError, type Dataset } from "../../src/data/index.js";
import { engine } from "../../src/engine/index.js";
import { type CostName, costs } from "../../src/nn/index.js";
import {
  type EpochReport,
  type MeasuredSet,
  type Measuring,
  type Settings,
  SettingsError,
  Trainer,
  USUAL_MEASURING,
} from "../../src/training/index.js";
import { costOf, plain, sampleOf, weightedInputs } from "../support/backpropagation.js";
import { expectClose } from "../support/closeness.js";
import { noise, separableDataset, unitImages } from "../support/digits.js";
import { parametersOf, reportsOf, settingsWith } from "../support/training.js";

const trainerOf = (
  some: Partial<Settings>,
  dataset: Dataset,
  executor = interpreter,
  measuring: Partial<Measuring> = {},
) => new Trainer(settingsWith(some), dataset, executor, { ...USUAL_MEASURING, ...measuring });

const FIRST = { epoch: 1, learningRate: 0.1 };

const noisyDataset = (train: number, test: number): Dataset => ({
  name: "noise",
  classes: 10,
  train: noise(train, 1, 3),
  test: noise(test, 2, 3),
});

async function hashAfter(some: Partial<Settings>, dataset: Dataset): Promise<string> {
  const trainer = trainerOf(some, dataset);
  await reportsOf(trainer);
  return trainer.weightsSha256();
}

describe("a data set", () => {
  test.each(["train", "test"] as const)(
    "with a label that is none of its classes is refused: %s",
    (set) => {
      const data = noisyDataset(8, 4);
      const labels = data[set].labels.with(1, 10);
      expect(() => trainerOf({}, { ...data, [set]: { ...data[set], labels } })).toThrow(
        /^The label of \w+ image 1 is 10: expected 0 to 9\.$/,
      );
    },
  );
  test.each([0, 256, 2.5])("of %d classes is refused", (classes) => {
    expect(() => trainerOf({}, { ...noisyDataset(8, 4), classes })).toThrow(
      new DataError(`The number of classes should be from 1 to 255, not ${classes}.`),
    );
  });
  test("without images, or with some of another size, is refused", () => {
    const data = noisyDataset(8, 4);
    expect(() => trainerOf({}, { ...data, test: noise(0, 2, 3) })).toThrow(
      new DataError("There are no images to test on."),
    );
    expect(() => trainerOf({}, { ...data, train: noise(0, 2, 3) })).toThrow(DataError);
    expect(() => trainerOf({}, { ...data, test: noise(4, 2, 5) })).toThrow(/3×3 .* 5×5/);
  });
});

describe("a measurement", () => {
  test("that the signal stops before the first image says nothing", async () => {
    const trainer = trainerOf({}, noisyDataset(8, 40));
    expect(trainer.neverPredicted(1)).toEqual([]);
    expect(await trainer.measure("test", { signal: AbortSignal.abort() })).toBeUndefined();
    expect(trainer.neverPredicted(1)).toEqual([]);
  });

  test.each([
    { train: -1 },
    { train: 1.5 },
    { train: Number.NaN },
    { every: 0 },
    { every: Number.POSITIVE_INFINITY },
  ])("of %j is refused", (measuring) => {
    const [[name, value]] = Object.entries(measuring) as [[string, number]];
    expect(() => trainerOf({}, noisyDataset(8, 4), interpreter, measuring)).toThrow(RangeError);
    expect(() => trainerOf({}, noisyDataset(8, 4), interpreter, measuring)).toThrow(
      new RegExp(`^measuring: ${name} should be a whole number from [01] on, not ${value}$`),
    );
  });

  test("that the signal stops is of the images before it, and not taken for that of all", async () => {
    const data = noisyDataset(8, 1200);
    const trainer = trainerOf({}, data);
    const controller = new AbortController();
    const some = await trainer.measure("test", {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(trainer.tested).toBeUndefined();
    const { count, pixels, labels, ...shape } = data.test;
    const first = {
      ...shape,
      count: 500,
      pixels: pixels.subarray(0, (500 * pixels.length) / count),
    };
    const same = trainerOf({}, { ...data, test: { ...first, labels: labels.subarray(0, 500) } });
    expect(some).toEqual(await same.measure("test"));
    await trainer.measure("test");
    expect(trainer.tested?.predicted).toHaveLength(1200);
  });
});

test("validation images are there before an epoch has deformed any, and after a state is restored", async () => {
  const data = separableDataset(60, 20);
  const deformed = { rotation: 10, validationSize: 20 };
  const trainer = trainerOf(deformed, data);
  await trainer.trainEpoch(FIRST);
  const restored = trainerOf(deformed, data);
  restored.restore(trainer.state());
  expect(await restored.measure("validation")).toEqual(await trainer.measure("validation"));
  trainer.dispose();
  restored.dispose();
});

describe("an epoch", () => {
  test("uses every training image exactly once and no other image, whatever the sizes", async () => {
    const sizes = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.nat(4), fc.nat(4))
      .chain(([trainSize, validationSize, unused]) =>
        fc.record({
          trainSize: fc.constant(trainSize),
          validationSize: fc.constant(validationSize),
          count: fc.constant(trainSize + validationSize + unused),
          batchSize: fc.integer({ min: 1, max: trainSize }),
          seed: fc.nat(),
        }),
      );
    await fc.assert(
      fc.asyncProperty(sizes, async ({ count, trainSize, batchSize, ...some }) => {
        // Image i alone has ink in pixel i, so column i of w moves by η δ/m each time that it is
        // used in a batch of m. With η this small, δ = a − y stays what it is at the start.
        const eta = 1e-7;
        const images = unitImages(count);
        const dataset = { name: "units", classes: 10, train: images, test: images };
        const trainer = trainerOf({ hidden: [], trainSize, batchSize, ...some }, dataset);
        const before = parametersOf(trainer);
        const { images: done } = await trainer.trainEpoch({ epoch: 1, learningRate: eta });
        const after = trainer.weights()[0]!;
        const uses = Array.from({ length: count }, (_, i) => {
          const { x, y } = sampleOf(images, i);
          const [z] = weightedInputs(plain(before), { x }, "sigmoid");
          const label = images.labels[i]!;
          const delta = 1 / (1 + Math.exp(-z![label]!)) - y[label]!;
          const element = i * 10 + label;
          return (before[0]!.w.data[element]! - after[element]!) / (eta * delta);
        });
        const rest = trainSize % batchSize;
        const expected = Array.from({ length: trainSize }, (_, i) =>
          i < rest ? 1 / rest : 1 / batchSize,
        );
        expect(done).toBe(trainSize);
        expectClose(
          uses.slice(0, trainSize).sort((a, b) => b - a),
          expected,
          1e-5,
        );
        expect(uses.slice(trainSize).every((use) => use === 0)).toBe(true);
      }),
    );
  });

  test("takes the images in a new order each time", async () => {
    const orders: number[][] = [];
    const recording: Executor = {
      name: "recording",
      load(programs, initial) {
        const session = interpreter.load(programs, initial);
        return {
          ...session,
          write(variable, elements) {
            if (variable.name === "order") orders.push(Array.from(elements));
            session.write(variable, elements);
          },
        };
      },
    };
    const trainer = trainerOf({}, noisyDataset(30, 1), recording);
    for (const epoch of [1, 2, 3]) await trainer.trainEpoch({ epoch, learningRate: 0.1 });
    const ascending = Array.from({ length: 30 }, (_, i) => i);
    expect(orders).toHaveLength(3);
    expect(new Set([ascending, ...orders].map(String)).size).toBe(4);
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual(ascending);
  });

  test.each([1, 4, 7, 10, 23])(
    "of 23 images in batches of %i has the mean cost of all images as its loss, within 1e-12",
    async (batchSize) => {
      const dataset = noisyDataset(23, 1);
      const trainer = trainerOf({ batchSize }, dataset);
      const network = plain(parametersOf(trainer));
      const each = Array.from({ length: 23 }, (_, i) =>
        costOf(network, sampleOf(dataset.train, i), settingsWith()),
      );
      const before = trainer.weightsSha256();
      // With η = 0 every cost is that of the first weights.
      const { loss } = await trainer.trainEpoch({ epoch: 1, learningRate: 0 });
      expectClose([loss], [each.reduce((sum, cost) => sum + cost) / 23], 1e-12);
      expect(trainer.weightsSha256()).toBe(before);
    },
  );

  test("reports growing progress that ends with all images", async () => {
    const progress: number[] = [];
    await trainerOf({ batchSize: 4 }, noisyDataset(23, 1)).trainEpoch(FIRST, {
      onProgress: (done) => progress.push(done),
    });
    expect(progress.at(-1)).toBe(23);
    expect(progress.every((done, i) => done > (progress[i - 1] ?? 0))).toBe(true);
  });

  test("stops after a whole number of batches when the signal comes", async () => {
    const controller = new AbortController();
    const { images } = await trainerOf({ batchSize: 2 }, noisyDataset(200, 1)).trainEpoch(FIRST, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(images).toBeGreaterThan(0);
    expect(images).toBeLessThan(200);
    expect(images % 2).toBe(0);
  });
});

describe("a run", () => {
  test("with the same settings gives the same weights, bit for bit", async () => {
    const some = { seed: 3, lambda: 0.1, validationSize: 7 };
    expect(await hashAfter(some, noisyDataset(40, 5))).toBe(
      await hashAfter(some, noisyDataset(40, 5)),
    );
  });

  test("with another seed gives other weights", async () => {
    const hashes = await Promise.all(
      [0, 1, 2, 2 ** 32 - 1].map((seed) => hashAfter({ seed }, noisyDataset(40, 5))),
    );
    expect(new Set(hashes).size).toBe(4);
  });

  test("never trains on validation images: with others in their place it gives the same weights", async () => {
    const dataset = noisyDataset(40, 5);
    const poisoned = (from: number, to: number): Dataset => {
      const { train } = dataset;
      const [pixels, labels] = [train.pixels.slice(), train.labels.slice()];
      pixels.subarray(from * 9, to * 9).fill(255);
      labels.subarray(from, to).fill(9);
      return { ...dataset, train: { ...train, pixels, labels } };
    };
    const some = { validationSize: 10 };
    const expected = await hashAfter(some, dataset);
    expect(await hashAfter(some, poisoned(30, 40))).toBe(expected);
    // The image before them is trained on, and does make a difference.
    expect(await hashAfter(some, poisoned(29, 30))).not.toBe(expected);
  });

  test.each(Object.keys(costs) as CostName[])(
    "with the cost %s learns a separable problem: all test images are right",
    async (cost) => {
      const settings = settingsWith({ cost, epochs: 20, learningRate: 3, validationSize: 10 });
      const trainer = new Trainer(settings, separableDataset(), interpreter);
      const before = (await trainer.measure("test"))?.accuracy;
      const reports = await reportsOf(trainer);
      expect(before).toBeLessThan(0.5);
      expect(reports.at(-1)).toMatchObject({ testAccuracy: 1, validationAccuracy: 1 });
      expect(reports.at(-1)!.loss).toBeLessThan(reports[0]!.loss / 2);
    },
  );
});

test.each([
  { some: { dropout: 0.5, inputDropout: 0.2 } },
  { some: { maxNorm: 0.8, lambda: 0.1, activation: "scaled-tanh" } },
  { some: { optimizer: "nesterov", momentum: 0.9, init: "uniform" } },
  { some: { optimizer: "adam", learningRate: 0.01, lambda: 0.1 } },
  { some: { optimizer: "rmsprop", learningRate: 0.01, l1: 0.1, init: "glorot" } },
  { some: { labelSmoothing: 0.1, l1: 0.1, cost: "softmax" } },
  { some: { adversarial: 0.5, inputDropout: 0.2, activation: "relu" } },
  { some: { ema: 0.9, maxNorm: 0.8 } },
] as {
  some: Partial<Settings>;
}[])(
  "a run with $some gives the same on the engine within 1e-3, and the same bits for any number of threads",
  async ({ some }) => {
    const settings = settingsWith({ batchSize: 8, hidden: [16, 12], ...some });
    const dataset = noisyDataset(60, 5);
    const weightsOn = async (executor: Executor) => {
      const trainer = new Trainer(settings, dataset, executor);
      await reportsOf(trainer);
      const weights = trainer.weights().map((each) => [...each]);
      trainer.dispose();
      return weights;
    };
    const [exact, one, two] = await Promise.all(
      [interpreter, engine({ threads: 1 }), engine({ threads: 2 })].map(weightsOn),
    );
    expect(two).toEqual(one);
    exact!.forEach((numbers, k) => {
      expectClose(one![k]!, numbers, 1e-3);
    });
  },
);

describe("a run that is interrupted and taken up again", () => {
  const dataset = noisyDataset(23, 5);
  const settings = settingsWith({
    ...{ epochs: 3, batchSize: 5, validationSize: 2, momentum: 0.9, dropout: 0.5, ema: 0.8 },
  });

  /** Stops once so many images of an epoch are done, and goes on with another trainer. */
  async function runWithBreak(at: number, executor: Executor) {
    const controller = new AbortController();
    const broken = new Trainer(settings, dataset, executor);
    const before = await reportsOf(broken, (epoch) => ({
      signal: controller.signal,
      onProgress: (done) => epoch === 2 && done >= at && controller.abort(),
    }));
    const state = broken.state();
    const from = state.find(({ name }) => name === "position")!.elements[0]!;
    broken.dispose();
    const resumed = new Trainer(settings, dataset, executor);
    resumed.restore(state);
    const after = await reportsOf(resumed, undefined, {
      reports: before,
      images: from,
      seconds: 0,
    });
    return { from, reports: [...before, ...after], end: resumed.state() };
  }

  test.each([
    { executor: interpreter, at: 1 },
    { executor: interpreter, at: 20 },
    { executor: interpreter, at: 21 },
    { executor: engine({ threads: 1 }), at: 6 },
  ])(
    "after $at images gives the same state and reports as an unbroken one, to the last bit ($executor.name)",
    async ({ executor, at }) => {
      const unbroken = new Trainer(settings, dataset, executor);
      const reports = await reportsOf(unbroken);
      const broken = await runWithBreak(at, executor);
      expect(broken.from).toBeGreaterThanOrEqual(at);
      expect(broken.end).toEqual(unbroken.state());
      const timeless = (all: readonly EpochReport[]) =>
        all.map(({ seconds, imagesPerSecond, ...rest }) => rest);
      expect(timeless(broken.reports)).toEqual(timeless(reports));
    },
  );

  test("has a state with every parameter, velocity and average, the cost so far and the position by name", () => {
    const names = new Trainer(settings, dataset, interpreter).state().map(({ name }) => name);
    const theta = ["w¹", "b¹", "w²", "b²"];
    const velocities = theta.map((name) => `velocity ${name}`);
    const averages = theta.map((name) => `average ${name}`);
    expect(names).toEqual([...theta, ...velocities, ...averages, "totalCost", "position"]);
  });

  test("refuses the state of another network, and keeps its own", () => {
    const trainer = new Trainer(settings, dataset, interpreter);
    const before = trainer.state();
    const other = new Trainer({ ...settings, hidden: [7] }, dataset, interpreter);
    expect(() => trainer.restore(other.state())).toThrow(SettingsError);
    expect(() => trainer.restore(other.state())).toThrow("w¹ of shape 6×9");
    expect(() => trainer.restore(before.slice(1))).toThrow("w¹");
    const short = before.map((each, k) =>
      k === 2 ? { ...each, elements: each.elements.slice(1) } : each,
    );
    expect(() => trainer.restore(short)).toThrow(SettingsError);
    expect(trainer.state()).toEqual(before);
  });

  test("goes on from whole batches only", async () => {
    const trainer = new Trainer(settings, dataset, interpreter);
    for (const from of [4, -5, 1000, Number.NaN]) {
      const { rejects } = expect(trainer.trainEpoch({ ...FIRST, from }));
      await rejects.toThrow(/whole batches of 5, not after/);
    }
  });
});

describe("the costs", () => {
  test.each([{}, { rotation: 20 }, { labelSmoothing: 0.3 }])(
    "are the means of plain loops over images that are not deformed, on labels as they are, with %o",
    async (some) => {
      const dataset = noisyDataset(40, 13);
      const settings = { trainSize: 20, validationSize: 17, ...some };
      const trainer = trainerOf(settings, dataset, interpreter, { train: 12 });
      const network = plain(parametersOf(trainer));
      const meanCost = (images: Dataset["test"], from: number, end: number) => {
        let total = 0;
        for (let i = from; i < end; i++)
          total += costOf(network, sampleOf(images, i), trainer.settings);
        return total / (end - from);
      };
      const { train, test } = dataset;
      await trainer.trainEpoch({ epoch: 1, learningRate: 0 });
      const lossOn = async (set: MeasuredSet) => (await trainer.measure(set))?.loss as number;
      expectClose([await lossOn("train")], [meanCost(train, 0, 12)], 1e-12);
      expectClose([await lossOn("validation")], [meanCost(train, 23, 40)], 1e-12);
      expectClose([await lossOn("test")], [meanCost(test, 0, 13)], 1e-12);
    },
  );
});

describe("averages of the weights", () => {
  const dataset = noisyDataset(60, 40);
  /** What training goes on with, by the names of the state. */
  const trained = (trainer: Trainer) =>
    trainer.state().filter(({ name }) => /^[wb][¹²]$/.test(name));
  const elements = (state: ReturnType<Trainer["state"]>) => state.map((each) => each.elements);

  test("change nothing of what is trained, and are the network that is measured and has the digest", async () => {
    const [plainly, averaging] = [{}, { ema: 0.9 }].map((some) => trainerOf(some, dataset));
    await reportsOf(plainly!);
    await reportsOf(averaging!);
    expect(trained(averaging!)).toEqual(trained(plainly!));
    expect(averaging!.weightsSha256()).not.toBe(plainly!.weightsSha256());
    const averages = averaging!.state().filter(({ name }) => name.startsWith("average "));
    expect(averaging!.weights()).toEqual(elements(averages));
    const network = plain(parametersOf(averaging!));
    const costs = Array.from({ length: 40 }, (_, i) =>
      costOf(network, sampleOf(dataset.test, i), averaging!.settings),
    );
    const { loss } = (await averaging!.measure("test"))!;
    expectClose([loss], [costs.reduce((sum, cost) => sum + cost) / 40], 1e-12);
  });

  test("start as the first weights", () => {
    const trainer = trainerOf({ ema: 0.9 }, dataset);
    expect(trainer.weights()).toEqual(trainerOf({}, dataset).weights());
  });
});

describe("the accuracies", () => {
  const accuracyOn = async (trainer: Trainer, set: MeasuredSet) =>
    (await trainer.measure(set))?.accuracy;

  test("are those of plain loops on the last images of the file, and on more test images than fit one batch", async () => {
    const dataset = noisyDataset(700, 1203);
    const trainer = trainerOf({ trainSize: 20, validationSize: 517, init: "large" }, dataset);
    const network = plain(parametersOf(trainer));
    const rightOf = (images: Dataset["test"], i: number) => {
      const z = weightedInputs(network, sampleOf(images, i), "sigmoid").at(-1)!;
      return z.indexOf(Math.max(...z)) === images.labels[i];
    };
    const part = (images: Dataset["test"], from: number) => {
      let right = 0;
      for (let i = from; i < images.count; i++) if (rightOf(images, i)) right++;
      return right / (images.count - from);
    };
    expect(await accuracyOn(trainer, "validation")).toBe(part(dataset.train, 700 - 517));
    expect(await accuracyOn(trainer, "test")).toBe(part(dataset.test, 0));
  });

  test("on validation images are undefined without any", async () => {
    const trainer = trainerOf({ validationSize: 0 }, noisyDataset(10, 5));
    expect(await trainer.measure("validation")).toBeUndefined();
  });

  test("leave the network as it is", async () => {
    const trainer = trainerOf({ validationSize: 5 }, noisyDataset(20, 5));
    const before = trainer.weightsSha256();
    for (const set of ["train", "validation", "test"] as const) await trainer.measure(set);
    expect(trainer.weightsSha256()).toBe(before);
  });
});

test("a trainer knows its layers and counts its weights and biases", () => {
  const { layers, parameters } = trainerOf({ hidden: [6, 4] }, noisyDataset(10, 5));
  expect(layers).toEqual([9, 6, 4, 10]);
  expect(parameters).toBe(9 * 6 + 6 + 6 * 4 + 4 + 4 * 10 + 10);
});

test("a trainer keeps settings of its own", () => {
  const hidden = [6];
  const trainer = trainerOf({ hidden }, noisyDataset(10, 5));
  hidden.push(3);
  expect(trainer.settings.hidden).toEqual([6]);
});

test("a trainer refuses sizes that do not fit the data", () => {
  expect(() => trainerOf({ trainSize: 11 }, noisyDataset(10, 5))).toThrow(SettingsError);
});
