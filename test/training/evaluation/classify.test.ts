import { describe, expect, test } from "vitest";
import { interpreter, type Matrix, matrixOf } from "../../../src/autodiff/index.js";
import { DataError } from "../../../src/data/index.js";
import { type CostName, costs, type Parameters } from "../../../src/nn/index.js";
import { generator, uniform } from "../../../src/random.js";
import { classify } from "../../../src/training/index.js";
import {
  costOf,
  plain,
  plainCosts,
  sampleOf,
  weightedInputs,
} from "../../support/backpropagation.js";
import { expectClose } from "../../support/closeness.js";
import { noise } from "../../support/digits.js";

const random = generator(1, "weights");
const matrix = (rows: number, columns: number) =>
  matrixOf(
    [rows, columns],
    Float64Array.from({ length: rows * columns }, () => 4 * uniform(random) - 2),
  );
const layers: Parameters<Matrix> = [
  { w: matrix(5, 9), b: matrix(5, 1) },
  { w: matrix(10, 5), b: matrix(10, 1) },
];

/** More images than two batches have. */
const images = noise(1203, 1, 3);

describe.each(Object.keys(costs) as CostName[])("a trained network with the cost %s", (cost) => {
  const settings = { activation: "tanh", cost } as const;
  const network = { layers, settings };

  test("has the outputs, classes and cost of plain loops", async () => {
    const { predicted, outputs, loss } = await classify(network, images, interpreter);
    let total = 0;
    for (let i = 0; i < images.count; i++) {
      const sample = sampleOf(images, i);
      const z = weightedInputs(plain(layers), sample, "tanh").at(-1)!;
      expectClose([...outputs.subarray(10 * i, 10 * (i + 1))], plainCosts[cost].output(z), 1e-12);
      expect(predicted[i]).toBe(z.indexOf(Math.max(...z)));
      total += costOf(plain(layers), sample, settings);
    }
    expectClose([loss as number], [total / images.count], 1e-12);
  });

  test("needs no labels", async () => {
    const { labels, ...unlabelled } = images;
    const { loss, ...rest } = await classify(network, unlabelled, interpreter);
    const { loss: known, ...expected } = await classify(network, images, interpreter);
    expect(known).toBeDefined();
    expect(loss).toBeUndefined();
    expect(rest).toEqual(expected);
  });
});

const network = { layers, settings: { activation: "tanh", cost: "quadratic" } } as const;

test("images of another size than the network takes are refused", async () => {
  const others = classify(network, noise(3, 1, 4), interpreter);
  await expect(others).rejects.toThrow(DataError);
  await expect(others).rejects.toThrow(/have 4×4 pixels, but the network takes 9/);
});

test("a layer that does not take what the one before gives is refused", async () => {
  const [first, last] = layers as [(typeof layers)[0], (typeof layers)[0]];
  const [rows, columns] = last.w.shape;
  const turned = { ...last, w: matrixOf([columns, rows], last.w.data) };
  await expect(
    classify({ ...network, layers: [first, turned] }, images, interpreter),
  ).rejects.toThrow(
    new DataError(
      `The weights of layer 2 are ${columns}×${rows}, where ${rows}×${columns} is expected.`,
    ),
  );
});

test("labels that are none of the classes are refused", async () => {
  const labels = images.labels.with(3, 10);
  await expect(classify(network, { ...images, labels }, interpreter)).rejects.toThrow(
    new DataError("The label of image 3 is 10: expected 0 to 9."),
  );
});

test("the images after the signal are not classified, and do not count", async () => {
  const controller = new AbortController();
  const progress: number[] = [];
  const { predicted, outputs, loss } = await classify(network, images, interpreter, {
    signal: controller.signal,
    onProgress(done) {
      progress.push(done);
      controller.abort();
    },
  });
  expect(progress).toEqual([500]);
  expect(predicted).toHaveLength(500);
  expect(outputs[10 * 500 - 1]).not.toBe(0);
  expect(outputs).toHaveLength(10 * 500);
  const first = { ...images, count: 500, pixels: images.pixels.subarray(0, 9 * 500) };
  const labels = images.labels.subarray(0, 500);
  expect(loss).toBe((await classify(network, { ...first, labels }, interpreter)).loss);
});

test("a signal that has come before all images leaves no cost", async () => {
  const { predicted, loss } = await classify(network, images, interpreter, {
    signal: AbortSignal.abort(),
  });
  expect([predicted.length, loss]).toEqual([0, undefined]);
});

test("of no images nothing is said", async () => {
  const { predicted, outputs, loss } = await classify(network, noise(0, 1, 3), interpreter);
  expect([predicted.length, outputs.length, loss]).toEqual([0, 0, undefined]);
});
