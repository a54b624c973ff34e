/** What a trained network makes of images, on any executor. */
import {
  type Elements,
  type Executor,
  type Matrix,
  type Variable,
  variable,
} from "../../autodiff/index.js";
import type { Unlabelled } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import { type Parameters, parameters } from "../../nn/index.js";
import { Pass } from "../pass.js";
import { classificationStep, type Results } from "../programs.js";
import type { NetworkSettings } from "../settings/settings.js";
import type { Watch } from "../slices.js";
import { predictions } from "./metrics.js";

const BATCH_SIZE = 500;

/** A network that is no longer in training. */
export interface TrainedNetwork {
  readonly layers: Parameters<Matrix>;
  readonly settings: NetworkSettings;
}

export interface Classification {
  /** The class of each image: that of the largest z^L, which is also that of the largest a^L. */
  readonly predicted: Uint8Array;
  /** a^L, classes×count, one image per column. */
  readonly outputs: Float64Array;
  /** The mean cost of the images, without the regularisation term; undefined without labels. */
  readonly loss: number | undefined;
}

/**
 * Runs the network on all images; on those before the signal, if it comes.
 *
 * @throws {DataError} if the images have another number of pixels than the network has inputs, or its
 * outputs are not numbers
 */
export async function classify(
  { layers, settings }: TrainedNetwork,
  { pixels, labels, count, rows, columns }: Unlabelled,
  executor: Executor,
  watch: Watch = {},
): Promise<Classification> {
  const sizes = [layers[0]!.w.shape[1], ...layers.map(({ b }) => b.shape[0])];
  const [inputs, classes] = [sizes[0] as number, sizes.at(-1) as number];
  if (rows * columns !== inputs) {
    throw new DataError(
      `The images have ${rows}×${columns} pixels, but the network takes ${inputs}.`,
    );
  }
  const theta = parameters(sizes);
  const images = variable([inputs, count], { name: "images", storage: "byte" });
  const known = labels && variable([1, count], { name: "labels", storage: "byte" });
  const position = variable([1, 1], { name: "position" });
  const totalCost = variable([1, 1], { name: "totalCost" });
  const results = new Map<number, Results>();
  const pass = new Pass("classify", count, BATCH_SIZE, (size) => {
    const [scores, outputs] = ["scores", "outputs"].map((name) => {
      return variable([classes, size], { name });
    }) as [Variable, Variable];
    results.set(size, { scores, outputs, totalCost });
    const samples = { images, labels: known };
    return classificationStep({ theta, settings }, samples, position, results.get(size)!);
  });
  const session = executor.load(
    pass.programs,
    new Map<Variable, Elements>([
      [images, pixels],
      ...(known && labels ? [[known, labels] as const] : []),
      ...theta.flatMap(({ w, b }, l): [Variable, Elements][] => [
        [w, layers[l]!.w.data],
        [b, layers[l]!.b.data],
      ]),
    ]),
  );
  try {
    const predicted = new Uint8Array(count);
    const outputs = new Float64Array(classes * count);
    let done = 0;
    const run = (program: string, times: number, size: number) => {
      const result = results.get(size) as Results;
      for (let time = 0; time < times; time++, done += size) {
        session.run(program);
        predicted.set(predictions(session.read(result.scores), classes), done);
        outputs.set(session.read(result.outputs), classes * done);
      }
    };
    await pass.run(run, watch);
    if (outputs.some(Number.isNaN)) {
      throw new DataError("The network's outputs are not numbers: its weights are too large.");
    }
    const loss = labels && session.read(totalCost)[0]! / done;
    return { predicted, outputs, loss };
  } finally {
    session.dispose();
  }
}
