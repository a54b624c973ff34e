/** Mini-batch gradient descent on any executor, and the accuracy it leads to. */
import { createHash } from "node:crypto";
import {
  type Elements,
  type Executor,
  type Session,
  type Shape,
  sameShape,
  size,
  type Variable,
} from "../autodiff/index.js";
import type { Dataset } from "../data/index.js";
import { initialise } from "../nn/index.js";
import { generator, shuffle } from "../random.js";
import { SettingsError } from "./errors.js";
import { Evaluation } from "./evaluation.js";
import { Pass } from "./pass.js";
import { type Model, model, samples, trainingStep } from "./programs.js";
import type { Settings } from "./settings.js";
import type { Watch } from "./slices.js";
import { type Split, split } from "./split.js";

/** What determines an epoch, apart from the state that it starts from. */
export interface Epoch {
  /** Its number, from 1, which decides the order of the images. */
  readonly epoch: number;
  readonly learningRate: number;
  /**
   * The images that it has gone through before: 0, or as many as an interrupted one says, from whose
   * state it then goes on to the same end, to the last bit.
   */
  readonly from?: number;
}

/** What training for one epoch gave. */
export interface EpochTraining {
  /** The mean cost of the samples, each at the time of its step, without the regularisation term. */
  readonly loss: number;
  /** How many images the epoch has gone through: all, unless it was interrupted. */
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
}

/** The value of one variable of the state. */
export interface StateVariable {
  readonly name: string;
  readonly shape: Shape;
  /** Column by column; as the trainer gives them, in the executor's precision. */
  readonly elements: Float64Array | Float32Array;
}

/** A network in training: its programs and their state in a session of an executor. */
export class Trainer {
  /** The sizes of all layers, from the input to the output. */
  readonly layers: readonly number[];
  /** The number of weights and biases. */
  readonly parameters: number;
  readonly split: Split;
  readonly #model: Model;
  readonly #session: Session;
  readonly #training: Pass;
  readonly #validation: Evaluation;
  readonly #test: Evaluation;
  readonly #seed: number;

  /** Throws a SettingsError if the sizes asked for do not fit the data. */
  constructor(settings: Settings, { train, test, classes }: Dataset, executor: Executor) {
    this.split = split(settings, train.count);
    const { trainSize, validationSize } = this.split;
    const pixels = train.rows * train.columns;
    this.layers = [pixels, ...settings.hidden, classes];
    this.#model = model(settings, pixels, classes, trainSize);
    this.#seed = settings.seed;
    this.parameters = this.#parameters.reduce((sum, { shape }) => sum + size(shape), 0);

    const training = samples(train, "train");
    const testing = samples(test, "test");
    this.#training = new Pass("train", trainSize, settings.batchSize, (batchSize) =>
      trainingStep(this.#model, training.samples, batchSize),
    );
    const firstHeldOut = train.count - validationSize;
    this.#validation = new Evaluation("validate", this.#model, {
      images: training.samples.images,
      first: firstHeldOut,
      labels: train.labels.subarray(firstHeldOut),
    });
    this.#test = new Evaluation("test", this.#model, {
      images: testing.samples.images,
      first: 0,
      labels: test.labels,
    });

    const weights = initialise(settings.init, this.layers, generator(settings.seed, "weights"));
    this.#session = executor.load(
      {
        ...this.#training.programs,
        ...this.#validation.pass.programs,
        ...this.#test.pass.programs,
      },
      new Map<Variable, Elements>([
        ...training.initial,
        ...testing.initial,
        ...this.#model.theta.flatMap(({ w, b }, l): [Variable, Elements][] => [
          [w, weights[l]!.w.data],
          [b, weights[l]!.b.data],
        ]),
      ]),
    );
  }

  /**
   * Goes through the training images once, in a random order that the seed and the epoch's number
   * decide. Stops between two steps if the signal comes.
   */
  async trainEpoch(
    { epoch, learningRate, from = 0 }: Epoch,
    watch: Watch = {},
  ): Promise<EpochTraining> {
    const { order, position, totalCost, eta, noise, settings } = this.#model;
    if (from !== this.split.trainSize && from % settings.batchSize !== 0) {
      throw new RangeError(
        `an epoch goes on after whole batches of ${settings.batchSize} images, not after ${from}`,
      );
    }
    const session = this.#session;
    const start = performance.now();
    session.write(order, this.#orderOf(epoch));
    session.write(eta, [learningRate]);
    session.write(position, [from]);
    if (from === 0) session.write(totalCost, [0]);
    let done = from;
    const run = (program: string, times: number, size: number) => {
      const end = done + times * size;
      while (done < end) {
        const samples = Math.min(end - done, noise.draw(session, epoch, done));
        session.run(program, samples / size);
        done += samples;
      }
    };
    const images = await this.#training.run(run, watch, from);
    const seconds = (performance.now() - start) / 1000;
    return { loss: session.read(totalCost)[0]! / images, images, seconds };
  }

  /** The accuracy on the validation images, from 0 to 1; undefined if none are kept for it. */
  async validate(watch: Watch = {}): Promise<number | undefined> {
    if (this.split.validationSize === 0) return undefined;
    return this.#validation.accuracy(this.#session, watch);
  }

  /** The accuracy on the test images, from 0 to 1. */
  test(watch: Watch = {}): Promise<number> {
    return this.#test.accuracy(this.#session, watch);
  }

  /** The parameters w¹, b¹, w², … as they are now, each column by column. */
  weights(): (Float64Array | Float32Array)[] {
    return this.#parameters.map((parameter) => this.#session.read(parameter));
  }

  /** The SHA-256 of all parameters in order, as little-endian numbers in the executor's precision. */
  weightsSha256(): string {
    const hash = createHash("sha256");
    for (const { buffer, byteOffset, byteLength } of this.weights()) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return hash.digest("hex");
  }

  /**
   * All that training carries from step to step: the parameters, what the optimiser keeps, and how
   * far the epoch has come. Everything else follows from the settings and the epoch's number.
   */
  state(): StateVariable[] {
    return this.#state.map((variable) => ({
      name: variable.name,
      shape: variable.shape,
      elements: this.#session.read(variable),
    }));
  }

  /**
   * Goes back, or forward, to a state. Throws a SettingsError if one of the variables is missing or
   * has another shape, and then changes nothing.
   */
  restore(state: readonly StateVariable[]): void {
    const named = new Map(state.map((each) => [each.name, each]));
    const found = this.#state.map(({ name, shape }) => {
      const each = named.get(name);
      if (each !== undefined && sameShape(each.shape, shape)) return each;
      throw new SettingsError(
        `the state to go on from should have ${name} of shape ${shape.join("×")}: it belongs to another network or optimiser`,
      );
    });
    this.#state.forEach((variable, k) => {
      this.#session.write(variable, found[k]!.elements);
    });
  }

  dispose(): void {
    this.#session.dispose();
  }

  /** The indices of the training images in the order in which an epoch takes them. */
  #orderOf(epoch: number): Int32Array {
    const order = Int32Array.from({ length: this.split.trainSize }, (_, i) => i);
    shuffle(generator(this.#seed, `order ${epoch}`), order);
    return order;
  }

  get #parameters(): Variable[] {
    return this.#model.theta.flatMap(({ w, b }) => [w, b]);
  }

  get #state(): Variable[] {
    const { optimiser, totalCost, position } = this.#model;
    return [...this.#parameters, ...optimiser.state, totalCost, position];
  }
}
