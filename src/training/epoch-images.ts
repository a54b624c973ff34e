/** The images of an epoch: in an order of its own, and deformed anew if they are to be. */
import type { Elements, Session, Variable } from "../autodiff/index.js";
import type { Images } from "../data/dataset.js";
import { deforms } from "../data/deformed/deformation.js";
import { Deformer } from "../data/deformed/deformer.js";
import { generator, shuffle } from "../random.js";
import { type Model, type Samples, sampleVariables } from "./programs.js";

/**
 * The training images of a model, and what a session must be loaded with. The images hold on to no
 * elements of these, so that a data set can be freed.
 *
 * @param undeformed how many of the first images are wanted as they are, too
 */
export function epochImages(
  model: Model,
  train: Images,
  undeformed: number,
): { images: EpochImages; initial: [Variable, Elements][] } {
  const { settings, order } = model;
  const { samples: training, initial } = sampleVariables(train, "train");
  if (!deforms(settings)) return { images: new EpochImages(model, training, training), initial };
  const asTheyAre = sampleVariables(firstOf(train, Math.max(undeformed, 1)), "undeformed");
  const deformer = new Deformer(train, order.shape[1], settings, settings.seed);
  return {
    images: new EpochImages(model, training, asTheyAre.samples, deformer),
    // Before each epoch, deformed images take the place of those that are trained on.
    initial: [...initial, ...asTheyAre.initial],
  };
}

/** The images of the training file. The first of them, as many as the model's order has, are trained on. */
export class EpochImages {
  readonly samples: Samples;
  /** As many of the first as asked for, as they are in the file. */
  readonly undeformed: Samples;
  readonly #model: Model;
  readonly #deformer: Deformer | undefined;
  /** The epoch whose images and order the session has: to go on with it, nothing is loaded again. */
  #loaded: number | undefined;

  constructor(model: Model, samples: Samples, undeformed: Samples, deformer?: Deformer) {
    this.#model = model;
    this.samples = samples;
    this.undeformed = undeformed;
    this.#deformer = deformer;
  }

  /**
   * Loads the images and the order of an epoch, which the seed and the epoch's number decide, into a
   * session. The deformed images of the next epoch are then made while this one is trained on.
   */
  async load(session: Session, epoch: number): Promise<void> {
    if (this.#loaded === epoch) return;
    const { order, settings } = this.#model;
    if (this.#deformer !== undefined) {
      session.write(this.samples.images, await this.#deformer.images(epoch));
      if (epoch < settings.epochs) this.#deformer.prepare(epoch + 1, session.threads);
    }
    session.write(order, orderOf(epoch, settings.seed, order.shape[1]));
    this.#loaded = epoch;
  }

  dispose(): void {
    this.#deformer?.dispose();
  }
}

function firstOf({ pixels, labels, count, ...size }: Images, n: number): Images {
  return {
    ...size,
    pixels: pixels.subarray(0, (pixels.length / count) * n),
    labels: labels.subarray(0, n),
    count: n,
  };
}

/** The indices of n images, shuffled. */
function orderOf(epoch: number, seed: number, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  shuffle(generator(seed, `order ${epoch}`), order);
  return order;
}
