/** Mini-batch gradient descent on any executor, and the accuracy it leads to. */
import { createHash } from "node:crypto";
import {
  type Elements,
  type Executor,
  type Session,
  size,
  type Variable,
} from "../autodiff/index.js";
import type { Dataset } from "../data/index.js";
import { initialise } from "../nn/index.js";
import { generator, type RandomGenerator, shuffle } from "../random.js";
import { Evaluation } from "./evaluation.js";
import { Pass } from "./pass.js";
import { type Model, model, samples, trainingStep } from "./programs.js";
import type { Settings } from "./settings.js";
import type { Watch } from "./slices.js";
import { type Split, split } from "./split.js";

/** What training for one epoch gave. */
export interface EpochTraining {
  /** The mean cost of the samples, each at the time of its step, without the regularisation term. */
  readonly loss: number;
  /** How many images it went through: all, unless it was interrupted. */
  readonly images: number;
  /** The time that this took. */
  readonly seconds: number;
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
  readonly #order: Int32Array;
  readonly #random: RandomGenerator;

  /** Throws a SettingsError if the sizes asked for do not fit the data. */
  constructor(settings: Settings, { train, test, classes }: Dataset, executor: Executor) {
    this.split = split(settings, train.count);
    const { trainSize, validationSize } = this.split;
    const pixels = train.rows * train.columns;
    this.layers = [pixels, ...settings.hidden, classes];
    this.#model = model(settings, pixels, classes, trainSize);
    this.parameters = this.#variables.reduce((sum, { shape }) => sum + size(shape), 0);

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
    this.#order = Int32Array.from({ length: trainSize }, (_, i) => i);
    this.#random = generator(settings.seed, "order");
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

  /** Goes through the training images once, in a new random order. */
  async trainEpoch(learningRate: number, watch: Watch = {}): Promise<EpochTraining> {
    const { order, position, totalCost, eta } = this.#model;
    const session = this.#session;
    const start = performance.now();
    shuffle(this.#random, this.#order);
    session.write(order, this.#order);
    session.write(eta, [learningRate]);
    session.write(position, [0]);
    session.write(totalCost, [0]);
    const images = await this.#training.run((program, times) => session.run(program, times), watch);
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
    return this.#variables.map((parameter) => this.#session.read(parameter));
  }

  /** The SHA-256 of all parameters in order, as little-endian numbers in the executor's precision. */
  weightsSha256(): string {
    const hash = createHash("sha256");
    for (const { buffer, byteOffset, byteLength } of this.weights()) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return hash.digest("hex");
  }

  dispose(): void {
    this.#session.dispose();
  }

  get #variables(): Variable[] {
    return this.#model.theta.flatMap(({ w, b }) => [w, b]);
  }
}
