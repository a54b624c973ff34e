/** What a trained network makes of images, on any executor. */

import { expectExecutor } from "../../autodiff/checking/executor.js";
import {
  type Elements,
  type Executor,
  type Matrix,
  type Variable,
  variable,
} from "../../autodiff/index.js";
import { sameShape, show } from "../../autodiff/matrix.js";
import { checkImages, checkLabels, type Unlabelled } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import { expectObject } from "../../given.js";
import { type Parameters, parameters } from "../../nn/index.js";
import type { NetworkSettings } from "../settings/settings.js";
import type { Watch } from "../slices.js";
import { type Classification, Evaluation } from "./evaluation.js";

/** A network that is no longer in training. */
export interface TrainedNetwork {
  readonly layers: Parameters<Matrix>;
  readonly settings: NetworkSettings;
}

/**
 * Runs the network on all images; on those before the signal, if it comes.
 *
 * @throws {DataError} if the images have another number of pixels than the network has inputs, a label is not one of
 * its classes, a layer does not take what the one before gives, or its outputs are not numbers
 */
export async function classify(
  network: TrainedNetwork,
  images: Unlabelled,
  executor: Executor,
  watch: Watch = {},
): Promise<Classification> {
  expectObject("classify: the network", network, "an object, { layers, settings }");
  checkImages(images, "classify: the images");
  expectExecutor("classify", executor);
  const { layers, settings } = network;
  const { pixels, labels, count, rows, columns } = images;
  const sizes = sizesOf(layers);
  const inputs = sizes[0] as number;
  if (rows * columns !== inputs) {
    throw new DataError(
      `The images have ${rows}×${columns} pixels, but the network takes ${inputs}.`,
    );
  }
  if (labels !== undefined) checkLabels(labels, sizes.at(-1) as number, "image");
  if (count === 0) {
    return { predicted: new Uint8Array(), loss: undefined, outputs: new Float64Array() };
  }
  const theta = parameters(sizes);
  expectFitting(layers, theta);
  const samples = {
    images: variable([inputs, count], { name: "images", storage: "byte" }),
    labels: labels && variable([1, count], { name: "labels", storage: "byte" }),
  };
  const evaluation = new Evaluation("classify", { theta, settings }, { samples, first: 0, count });
  const session = executor.load(
    evaluation.programs,
    new Map<Variable, Elements>([
      [samples.images, pixels],
      ...(samples.labels && labels ? [[samples.labels, labels] as const] : []),
      ...theta.flatMap(({ w, b }, l): [Variable, Elements][] => [
        [w, layers[l]!.w.data],
        [b, layers[l]!.b.data],
      ]),
    ]),
  );
  try {
    const outcome = await evaluation.run(session, watch);
    if (outcome.outputs.some(Number.isNaN)) {
      throw new DataError("The network's outputs are not numbers: its weights are too large.");
    }
    return outcome;
  } finally {
    session.dispose();
  }
}

/** Throws a {@link DataError} unless every weight matrix takes what the layer before gives. */
function expectFitting(layers: Parameters<Matrix>, theta: Parameters<Variable>): void {
  for (const [l, { w }] of theta.entries()) {
    const { shape } = layers[l]!.w;
    if (sameShape(shape, w.shape)) continue;
    throw new DataError(
      `The weights of layer ${l + 1} are ${show(shape)}, where ${show(w.shape)} is expected.`,
    );
  }
}

/** The sizes of all layers of a network, from the input to the output. */
export function sizesOf(layers: Parameters<Matrix>): number[] {
  return [layers[0]!.w.shape[1], ...layers.map(({ b }) => b.shape[0])];
}
