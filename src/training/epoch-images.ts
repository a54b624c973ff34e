/** The images of an epoch: in an order of its own, and deformed anew if they are to be. */
import type { Elements, Session, Variable } from "../autodiff/index.js";
import type { Images } from "../data/dataset.js";
import { deforms } from "../data/deformed/deformation.js";
import { Deformer } from "../data/deformed/deformer.js";
import { generator, shuffle } from "../random.js";
import { type Model, type Samples, samples } from "./programs.js";

/** The images of the training file. The first of them, as many as the model's order has, are trained on. */
export class EpochImages {
  readonly samples: Samples;
  /** What a session must be loaded with. */
  readonly initial: readonly [Variable, Elements][];
  readonly #model: Model;
  readonly #deformer?: Deformer;

  constructor(model: Model, train: Images) {
    const { settings, order } = model;
    const training = samples(train, "train");
    this.samples = training.samples;
    // Deformed images are put in place before each epoch.
    this.initial = training.initial.filter(
      ([variable]) => !deforms(settings) || variable !== this.samples.images,
    );
    this.#model = model;
    if (deforms(settings)) {
      this.#deformer = new Deformer(train, order.shape[1], settings, settings.seed);
    }
  }

  /**
   * Puts the images and the order of an epoch, which the seed and the epoch's number decide, in their
   * places. The deformed images of the next epoch are then made while this one is trained on.
   */
  async put(session: Session, epoch: number): Promise<void> {
    const { order, settings } = this.#model;
    if (this.#deformer !== undefined) {
      session.write(this.samples.images, await this.#deformer.images(epoch));
      if (epoch < settings.epochs) this.#deformer.prepare(epoch + 1);
    }
    session.write(order, orderOf(epoch, settings.seed, order.shape[1]));
  }

  dispose(): void {
    this.#deformer?.dispose();
  }
}

/** The indices of n images, shuffled. */
function orderOf(epoch: number, seed: number, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  shuffle(generator(seed, `order ${epoch}`), order);
  return order;
}
