/** Training on images that are deformed anew in each epoch. */
import { describe, expect, test } from "vitest";
import { type Executor, interpreter } from "../../src/autodiff/index.js";
import { type Dataset, type Deformation, deformed } from "../../src/data/index.js";
import { engine } from "../../src/engine/index.js";
import { Trainer } from "../../src/training/index.js";
import { noise } from "../support/digits.js";
import { reportsOf, settingsWith } from "../support/training.js";

const deformation: Deformation = {
  elastic: { sigma: 2, alpha: 5 },
  rotation: 15,
  scaling: 15,
  gentle: [1, 7],
};
const dataset: Dataset = {
  name: "noise",
  classes: 10,
  train: noise(40, 1, 9),
  test: noise(10, 2, 9),
};
const settings = settingsWith({ epochs: 3, validationSize: 7, ...deformation, seed: 5 });

/** The executor, and all that is written into the training images while it trains. */
function recording(executor: Executor) {
  const written: Uint8Array[] = [];
  const recorder: Executor = {
    ...executor,
    load(programs, initial) {
      const session = executor.load(programs, initial);
      return {
        ...session,
        write(variable, elements) {
          if (variable.name === "trainImages") written.push(Uint8Array.from(elements));
          session.write(variable, elements);
        },
      };
    },
  };
  return { recorder, written };
}

async function hashAfter(executor: Executor, given = dataset): Promise<string> {
  const trainer = new Trainer(settings, given, executor);
  try {
    await reportsOf(trainer);
    return trainer.weightsSha256();
  } finally {
    trainer.dispose();
  }
}

describe("training on deformed images", () => {
  test("has in each epoch the images that the definition makes of the originals, and those for validation as they are", async () => {
    const { recorder, written } = recording(interpreter);
    await hashAfter(recorder);
    const { train } = dataset;
    expect(written).toHaveLength(3);
    written.forEach((pixels, i) => {
      for (let index = 0; index < 33; index++) {
        const expected = deformed(train, deformation, { seed: 5, epoch: i + 1, index });
        const off = expected.map((value, k) => Math.abs(value - pixels[index * 81 + k]!));
        expect(Math.max(...off)).toBeLessThanOrEqual(1);
      }
      expect(pixels.slice(33 * 81)).toEqual(train.pixels.slice(33 * 81));
    });
    expect(new Set(written.map((pixels) => String(pixels.slice(0, 81)))).size).toBe(3);
  });

  test.each([1, 2])(
    "gives the same weights in every run of the engine with %i threads",
    async (threads) => {
      const first = await hashAfter(engine({ threads: 1 }));
      expect(await hashAfter(engine({ threads }))).toBe(first);
    },
  );

  test("makes of an epoch taken up in the middle what it makes of a whole one", async () => {
    const whole = new Trainer(settings, dataset, interpreter);
    await whole.trainEpoch({ epoch: 1, learningRate: 0.5 });
    const state = whole.state();
    await whole.trainEpoch({ epoch: 2, learningRate: 0.5 });

    const resumed = new Trainer(settings, dataset, interpreter);
    resumed.restore(state);
    const controller = new AbortController();
    const { images } = await resumed.trainEpoch(
      { epoch: 2, learningRate: 0.5 },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    expect(images).toBeLessThan(33);
    const again = new Trainer(settings, dataset, interpreter);
    again.restore(resumed.state());
    await again.trainEpoch({ epoch: 2, learningRate: 0.5, from: images });
    expect(again.weightsSha256()).toBe(whole.weightsSha256());
    for (const trainer of [whole, resumed, again]) trainer.dispose();
  });
});
