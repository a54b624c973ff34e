/** What viewers are told of a run, and that it is the run as it is without them. */

import { describe, expect, onTestFinished, test, vi } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import { fromBase64 } from "../../src/bytes.js";
import { generateDigits } from "../../src/data/index.js";
import { NOTHING, Observer, type RunEvent, reduce, unpackedWeights } from "../../src/live/index.js";
import {
  classify,
  DivergenceError,
  type EpochReport,
  type Settings,
  Trainer,
  train,
  USUAL_MEASURING,
} from "../../src/training/index.js";
import { settingsWith } from "../support/training.js";

const dataset = digits();

function digits() {
  const [train, test] = [60, 30].map((count, seed) => generateDigits({ count, seed })) as [
    ReturnType<typeof generateDigits>,
    ReturnType<typeof generateDigits>,
  ];
  return { name: "generated", classes: 10, train, test };
}

async function observed(
  isWatched: () => boolean,
  some: Partial<Settings> = {},
  every = 1,
  events: RunEvent[] = [],
) {
  const settings = settingsWith({ hidden: [50], ...some });
  const measuring = { ...USUAL_MEASURING, every };
  const trainer = new Trainer(settings, dataset, interpreter, measuring);
  const tell = (event: RunEvent) => events.push(event);
  const observer = new Observer(trainer, { name: "a run", dataset, tell, isWatched });
  await observer.start();
  const watch = (epoch: number) => ({
    onProgress: (images: number) => observer.progress(epoch, images, 1),
  });
  for await (const report of train(trainer, watch)) await observer.epoch(report);
  await observer.end({ reason: "finished", weightsSha256: trainer.weightsSha256() });
  return { trainer, events };
}

describe("an observer", () => {
  test("tells of the network as it is: outputs, weights, and the mistakes it is surest of", async () => {
    const { trainer, events } = await observed(() => true);
    const view = events.reduce(reduce, NOTHING);
    const { outputs, predicted } = await classify(trainer.network(), dataset.test, interpreter);
    expect(view.snapshot?.outputs).toHaveLength(20);
    view.snapshot?.outputs.flat().forEach((output, i) => {
      expect(output).toBeCloseTo(outputs[i] as number, 3);
    });

    const [{ w }] = trainer.network().layers as unknown as [{ w: { data: Float64Array } }];
    const { firstLayer } = view.snapshot as NonNullable<typeof view.snapshot>;
    const tiles = unpackedWeights(firstLayer);
    expect(tiles).toHaveLength(40);
    tiles.forEach((tile, u) => {
      tile.forEach((weight, pixel) => {
        const error = Math.abs(weight - w.data[pixel * 50 + u]!);
        expect(error).toBeLessThanOrEqual((firstLayer.scale / 127) * 0.51);
      });
    });

    const { mistakes, wrong = 0 } = view.mistakes ?? {};
    const labels = dataset.test.labels;
    expect(wrong).toBe(labels.filter((label, i) => label !== predicted[i]).length);
    expect(wrong).toBeGreaterThan(0);
    expect(mistakes).toHaveLength(Math.min(20, wrong));
    mistakes?.forEach((mistake, k) => {
      expect(mistake.label).toBe(labels[mistake.index]);
      expect(mistake.predicted).toBe(predicted[mistake.index]);
      expect(mistake.output).toBeLessThanOrEqual(mistakes[k - 1]?.output ?? 1);
      const image = dataset.test.pixels.subarray(784 * mistake.index, 784 * (mistake.index + 1));
      expect(fromBase64(mistake.pixels)).toEqual(image);
    });
  });

  test("names the epoch that mistakes are of, whenever somebody begins to watch", async () => {
    const told: RunEvent[] = [];
    const epochs = () => told.filter(({ event }) => event === "epoch").length;
    // An epoch takes an hour, so that a look is due after each.
    const clock = vi.spyOn(performance, "now").mockImplementation(() => 3.6e6 * epochs());
    onTestFinished(() => clock.mockRestore());
    const { events } = await observed(() => epochs() >= 3, { epochs: 4 }, 2, told);
    const order = events.flatMap((event) => {
      if (event.event === "epoch") return [`epoch ${event.report.epoch}`];
      return event.event === "mistakes" ? [`mistakes of ${event.epoch}`] : [];
    });
    expect(order).toEqual([
      ...["epoch 1", "epoch 2", "epoch 3", "mistakes of 2", "epoch 4", "mistakes of 4"],
    ]);
  });

  test("measures the speed of training without what comes before an epoch's first images", async () => {
    const trainer = new Trainer(settingsWith({}), dataset, interpreter);
    const speeds: number[] = [];
    const tell = (event: RunEvent) => {
      if (event.event === "progressed") speeds.push(event.imagesPerSecond);
    };
    const observer = new Observer(trainer, { name: "a run", dataset, tell, sendState: () => {} });
    const clock = vi.spyOn(performance, "now").mockImplementation(() => 3.6e6 * speeds.length);
    onTestFinished(() => clock.mockRestore());
    await observer.start();
    for (const epoch of [1, 2]) {
      await observer.progress(epoch, 10, 0.25);
      await observer.progress(epoch, 40, 0.375);
      await observer.epoch({ epoch } as EpochReport);
    }
    expect(speeds).toEqual([0, 240, 0, 240]);
  });

  test.each([
    { learningRate: 1e-7, hints: 2 },
    { learningRate: 0.5, hints: 0 },
  ])(
    "tells what to try where epochs do not learn: $learningRate",
    async ({ learningRate, hints }) => {
      const test = generateDigits({ count: 300, seed: 1 });
      const images = generateDigits({ count: 1000, seed: 2 });
      const settings = settingsWith({ hidden: [20], cost: "softmax", learningRate });
      const trainer = new Trainer(settings, { ...dataset, train: images, test }, interpreter);
      const events: RunEvent[] = [];
      const tell = (event: RunEvent) => events.push(event);
      const observer = new Observer(trainer, {
        name: "a run",
        dataset: { ...dataset, test },
        tell,
      });
      for await (const report of train(trainer)) await observer.epoch(report);
      const told = events.flatMap((event) => (event.event === "epoch" && event.hint) || []);
      expect(told.filter((part) => typeof part === "object")).toEqual(
        new Array(hints).fill({ setting: "learningRate", value: 0.5 }),
      );
    },
  );

  test("tells of a run that diverges how many images were trained on before that step", async () => {
    const settings = settingsWith({
      hidden: [20, 20],
      activation: "relu",
      cost: "softmax",
      learningRate: 1e38,
    });
    const trainer = new Trainer(settings, dataset, interpreter);
    const events: RunEvent[] = [];
    const tell = (event: RunEvent) => events.push(event);
    const observer = new Observer(trainer, { name: "a run", dataset, tell });
    const error = await train(trainer)
      .next()
      .catch((error: unknown) => error as DivergenceError);
    if (!(error instanceof DivergenceError)) throw new Error("It did not diverge.");
    expect(error.step).toBeGreaterThan(1);
    await observer.fail(error, error.message);
    const { progress, ended } = events.reduce(reduce, NOTHING);
    expect(progress?.images).toBe((error.step - 1) * settings.batchSize);
    expect(progress?.loss).toBe(trainer.loss());
    expect(progress?.loss).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(ended).toMatchObject({ reason: "failed", message: error.message });
  });

  test("can be told as JSON", async () => {
    const { events } = await observed(() => true);
    const told = events.map((event) => JSON.parse(JSON.stringify(event)) as RunEvent);
    const view = events.reduce(reduce, NOTHING);
    expect(told.reduce(reduce, NOTHING)).toEqual(JSON.parse(JSON.stringify(view)));
    expect(view.epochs).toHaveLength(2);
  });

  test("looks at the network only where the run begins and ends if nobody watches", async () => {
    const { events } = await observed(() => false);
    expect(events.filter(({ event }) => event === "snapshot")).toHaveLength(2);
    expect(events.filter(({ event }) => event === "mistakes")).toHaveLength(1);
    expect(events.filter(({ event }) => event === "epoch")).toHaveLength(2);
  });

  test("changes no weight", async () => {
    const { trainer } = await observed(() => true);
    const alone = new Trainer(settingsWith({ hidden: [50] }), dataset, interpreter);
    for await (const _ of train(alone)) {
      // Only the weights matter here.
    }
    expect(trainer.weightsSha256()).toBe(alone.weightsSha256());
  });
});
