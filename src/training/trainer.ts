/** Mini-batch gradient descent on any executor, and the accuracy it leads to. */
import { sha256 } from "#platform";
import type { Elements, Executor, Session, Shape, Variable } from "../autodiff/index.js";
import { sameShape, size } from "../autodiff/matrix.js";
import type { Dataset } from "../data/dataset.js";
import { initialise, parameterList } from "../nn/index.js";
import { generator } from "../random.js";
import { firstNotFinite, Health } from "./divergence.js";
import { EpochImages } from "./epoch-images.js";
import { DivergenceError, SettingsError, sentence } from "./errors.js";
import { Evaluation } from "./evaluation.js";
import { Flatness } from "./flatness.js";
import { accuracy, neverPredicted } from "./metrics.js";
import { Pass } from "./pass.js";
import { type Model, model, samples, trainingStep } from "./programs.js";
import { optimiserTraits } from "./settings/choices.js";
import { checkOnData, checkSettings } from "./settings/compatibility.js";
import { completeSettings, type Settings } from "./settings/settings.js";
import { type Split, split } from "./settings/split.js";
import type { Watch } from "./slices.js";

/** What determines an epoch, apart from the state that it starts from. */
export interface Epoch {
  /** Its number, from 1, which decides the order of the images. */
  readonly epoch: number;
  readonly learningRate: number;
  /**
   * The number of images that are done: 0, or what an interrupted epoch has returned. From the state of
   * that epoch, this one then ends with the same bits.
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
  /** All settings of the run. */
  readonly settings: Settings;
  /** The sizes of all layers, from the input to the output. */
  readonly layers: readonly number[];
  /** The number of weights and biases. */
  readonly parameters: number;
  readonly split: Split;
  readonly testSize: number;
  readonly #model: Model;
  readonly #session: Session;
  readonly #images: EpochImages;
  readonly #training: Pass;
  readonly #validation: Evaluation;
  readonly #test: Evaluation;
  readonly #executor: Executor;
  readonly #health: Health;
  readonly #flatness: Flatness;
  /** What the last test took the test images for. */
  #predicted: Uint8Array = new Uint8Array();

  /**
   * @param some settings; all others have their defaults
   * @throws {SettingsError} if they do not fit together, or do not fit the data
   */
  constructor(some: Partial<Settings>, { train, test, classes }: Dataset, executor: Executor) {
    const settings = completeSettings(some);
    checkSettings(settings);
    this.settings = settings;
    this.split = split(settings, train.count);
    checkOnData(settings, this.split);
    const { trainSize, validationSize } = this.split;
    const pixels = train.rows * train.columns;
    this.layers = [pixels, ...settings.hidden, classes];
    this.testSize = test.count;

    this.#model = model(settings, pixels, classes, trainSize);
    this.#images = new EpochImages(this.#model, train);
    const training = this.#images.samples;
    const testing = samples(test, "test");
    this.#training = new Pass("train", trainSize, settings.batchSize, (batchSize) =>
      trainingStep(this.#model, training, batchSize),
    );
    const firstHeldOut = train.count - validationSize;
    this.#validation = new Evaluation("validate", this.#model, {
      images: training.images,
      first: firstHeldOut,
      labels: train.labels.subarray(firstHeldOut),
    });
    this.#test = new Evaluation("test", this.#model, {
      images: testing.samples.images,
      first: 0,
      labels: test.labels,
    });
    this.#health = new Health(this.#state);
    this.#flatness = new Flatness(this.#model, testing.samples.images);

    const parts = [this.#health, this.#flatness, this.#training, this.#validation, this.#test];
    const programs = Object.assign({}, ...parts.map((part) => part.programs));
    const first = [...this.#images.initial, ...testing.initial, ...this.#firstParameters()];
    this.#executor = executor;
    this.#session = executor.load(programs, new Map(first));
    this.parameters = this.#parameters.reduce((sum, { shape }) => sum + size(shape), 0);
  }

  /**
   * Goes through the training images once, in a random order that the seed and the epoch's number
   * decide. Stops between two steps if the signal comes.
   *
   * @throws {DivergenceError} if a cost, a parameter, or what the optimiser keeps is not finite
   */
  async trainEpoch(
    { epoch, learningRate, from = 0 }: Epoch,
    watch: Watch = {},
  ): Promise<EpochTraining> {
    const { position, totalCost, eta, settings } = this.#model;
    if (from !== this.split.trainSize && from % settings.batchSize !== 0) {
      throw new RangeError(
        `an epoch can be resumed after whole batches of ${settings.batchSize} images, not after ${from}`,
      );
    }
    const session = this.#session;
    const start = performance.now();
    await this.#images.put(session, epoch);
    session.write(eta, [learningRate]);
    session.write(position, [from]);
    if (from === 0) session.write(totalCost, [0]);
    const before = this.state();
    let done = from;
    let healthy = true;
    const steps = (program: string, times: number, size: number) => {
      this.#steps({ epoch, from: done }, program, times, size);
      healthy = this.#health.isFinite(session);
      if (healthy) done += times * size;
      return healthy;
    };
    await this.#training.run(steps, watch, from);
    if (!healthy) throw await this.#divergence({ epoch, learningRate, from }, before, done);
    const seconds = (performance.now() - start) / 1000;
    return { loss: session.read(totalCost)[0]! / done, images: done, seconds };
  }

  /** The accuracy on the validation images, from 0 to 1; undefined if none are kept for it. */
  async validate(watch: Watch = {}): Promise<number | undefined> {
    if (this.split.validationSize === 0) return undefined;
    const predicted = await this.#validation.predictions(this.#session, watch);
    return accuracy(predicted, this.#validation.labels);
  }

  /** The accuracy on the test images, from 0 to 1. */
  async test(watch: Watch = {}): Promise<number> {
    this.#predicted = await this.#test.predictions(this.#session, watch);
    return accuracy(this.#predicted, this.#test.labels);
  }

  /** The classes that the last test never predicted, although `least` test images or more have them. */
  neverPredicted(least: number): number[] {
    return neverPredicted(this.#predicted, this.#test.labels, least);
  }

  /** The part, from 0 to 1, of the hidden activations that are flat for the first test images. */
  flatPart(): number {
    return this.#flatness.part(this.#session);
  }

  /** The parameters w¹, b¹, w², … as they are now, each column by column. */
  weights(): (Float64Array | Float32Array)[] {
    return this.#parameters.map((parameter) => this.#session.read(parameter));
  }

  /** The SHA-256 of all parameters in order, as little-endian numbers in the executor's precision. */
  weightsSha256(): string {
    return sha256(this.weights());
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
        sentence`the state to restore should have ${name} of shape ${shape.join("×")}: it belongs to another network or optimiser`,
      );
    });
    this.#state.forEach((variable, k) => {
      this.#session.write(variable, found[k]!.elements);
    });
  }

  dispose(): void {
    this.#images.dispose();
    this.#session.dispose();
  }

  /** Some steps of an epoch, after those that have gone through `from` images. */
  #steps(
    { epoch, from = 0 }: Pick<Epoch, "epoch" | "from">,
    program: string,
    times: number,
    size: number,
  ): void {
    const end = from + times * size;
    for (let done = from; done < end; ) {
      const drawn = this.#model.noise.draw(this.#session, epoch, done);
      const samples = Math.min(end - done, drawn);
      this.#session.run(program, samples / size);
      done += samples;
    }
  }

  /**
   * Which step of an epoch was the first to give numbers that are not finite, and which operation in
   * it. All steps are repeated, to the same bits.
   *
   * @param before the state at the beginning
   * @param good how many images the epoch had gone through when all was last known to be finite
   */
  async #divergence(
    { epoch, learningRate, from = 0 }: Epoch,
    before: readonly StateVariable[],
    good: number,
  ): Promise<DivergenceError> {
    this.restore(before);
    let done = from;
    let operation: string | undefined;
    const repeat = (program: string, times: number, size: number) => {
      for (let time = 0; time < times; time++, done += size) {
        const state = done < good ? undefined : this.state();
        this.#steps({ epoch, from: done }, program, 1, size);
        if (state === undefined || this.#health.isFinite(this.#session)) continue;
        this.restore(state);
        const step = this.#training.programs[program]!;
        operation = firstNotFinite(step, this.#executor, this.#session);
        return false;
      }
      return true;
    };
    await this.#training.run(repeat, {}, from);
    const { batchSize, optimizer } = this.settings;
    const step = Math.floor(done / batchSize) + 1;
    const { usualLearningRate } = optimiserTraits[optimizer];
    const better = Number(Math.min(learningRate / 10, usualLearningRate).toPrecision(1));
    return new DivergenceError(epoch, step, operation, { used: learningRate, better });
  }

  /** The parameters with the values that the initialisation draws for them. */
  #firstParameters(): [Variable, Elements][] {
    const { init, seed } = this.settings;
    const weights = parameterList(initialise(init, this.layers, generator(seed, "weights")));
    return this.#parameters.map((parameter, k) => [parameter, weights[k]!.data]);
  }

  get #parameters(): Variable[] {
    return parameterList(this.#model.theta);
  }

  get #state(): Variable[] {
    const { optimiser, totalCost, position } = this.#model;
    return [...this.#parameters, ...optimiser.state, totalCost, position];
  }
}
