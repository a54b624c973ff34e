/** Mini-batch gradient descent on any executor, and the accuracy it leads to. */
import { sha256 } from "#platform";
import { expectExecutor } from "../autodiff/checking/executor.js";
import type { Executor, FirstValue, Program, Session, Variable } from "../autodiff/index.js";
import { matrixOf, size } from "../autodiff/matrix.js";
import { checkDataset, type Dataset } from "../data/dataset.js";
import { parameterList } from "../nn/index.js";
import { divergence, FiniteCheck, firstNotFinite } from "./divergence.js";
import { type EpochImages, epochImages } from "./epoch-images.js";
import type { DivergenceError } from "./errors.js";
import type { TrainedNetwork } from "./evaluation/classify.js";
import { type Classification, Evaluation } from "./evaluation/evaluation.js";
import { Flatness } from "./evaluation/flatness.js";
import {
  checkedMeasuring,
  type MeasuredSet,
  type Measurement,
  type Measuring,
  USUAL_MEASURING,
} from "./evaluation/measuring.js";
import { accuracy, neverPredicted } from "./evaluation/metrics.js";
import { Pass } from "./pass.js";
import { type Model, model, type Samples, sampleVariables, trainingStep } from "./programs.js";
import type { Epoch, EpochTraining } from "./reports.js";
import { checkOnData, checkSettings } from "./settings/compatibility.js";
import { completeSettings, type Settings } from "./settings/settings.js";
import { type Split, split } from "./settings/split.js";
import type { Watch } from "./slices.js";
import { firstParameters, readState, type StateVariable, writeState } from "./state.js";

/** A network in training: its programs and their state in a session of an executor. */
export class Trainer {
  readonly settings: Settings;
  /** The sizes of all layers, from the input to the output. */
  readonly layers: readonly number[];
  /** The number of weights and biases. */
  readonly parameters: number;
  readonly split: Split;
  readonly testSize: number;
  /** What is measured after epochs. */
  readonly measuring: Measuring;
  readonly #model: Model;
  readonly #session: Session;
  readonly #images: EpochImages;
  readonly #training: Pass;
  readonly #sets: Readonly<Record<MeasuredSet, { evaluation: Evaluation; labels: Uint8Array }>>;
  /** What the network made of the test images when they were last measured. */
  tested: Classification | undefined;
  readonly #executor: Executor;
  readonly #finiteCheck: FiniteCheck;
  readonly #flatness: Flatness;

  /**
   * @param some settings; all others have their defaults
   * @param measuring what is to be measured, which changes no weight
   * @throws {SettingsError} if the settings do not fit together, or do not fit the data
   * @throws {DataError} if there is nothing to train or test on, or a label is not below `classes`
   * @throws {RangeError} if `measuring` has impossible numbers
   */
  constructor(
    some: Partial<Settings>,
    dataset: Dataset,
    executor: Executor,
    measuring: Measuring = USUAL_MEASURING,
  ) {
    const complete = completeSettings(some);
    checkSettings(complete);
    // A copy, whose lists nobody else can change.
    const settings = structuredClone(complete);
    this.settings = settings;
    checkDataset(dataset);
    expectExecutor("Trainer", executor);
    const { train, test, classes } = dataset;
    this.split = split(settings, train.count);
    checkOnData(settings, this.split);
    const { trainSize, validationSize } = this.split;
    const pixels = train.rows * train.columns;
    this.layers = [pixels, ...settings.hidden, classes];
    this.testSize = test.count;
    this.measuring = checkedMeasuring(measuring);

    this.#model = model(settings, pixels, classes, trainSize);
    const measured = Math.min(measuring.train, trainSize);
    const { images, initial } = epochImages(this.#model, train, measured);
    this.#images = images;
    const training = images.samples;
    const testing = sampleVariables(test, "test");
    this.#training = new Pass("train", trainSize, settings.batchSize, (batchSize) =>
      trainingStep(this.#model, training, batchSize),
    );
    const firstHeldOut = train.count - validationSize;
    const set = (name: MeasuredSet, samples: Samples, labels: Uint8Array, first = 0) => {
      const range = { samples, first, count: labels.length };
      const network = { theta: this.#model.averages, settings };
      return { labels, evaluation: new Evaluation(`measure ${name}`, network, range) };
    };
    this.#sets = {
      train: set("train", images.undeformed, train.labels.subarray(0, measured)),
      validation: set("validation", training, train.labels.subarray(firstHeldOut), firstHeldOut),
      test: set("test", testing.samples, test.labels),
    };
    this.#finiteCheck = new FiniteCheck(this.#state);
    this.#flatness = new Flatness(this.#model, testing.samples.images);

    const evaluations = Object.values(this.#sets).map(({ evaluation }) => evaluation);
    const parts = [this.#finiteCheck, this.#flatness, this.#training, ...evaluations];
    const programs = Object.assign({}, ...parts.map((part) => part.programs));
    const first = [...initial, ...testing.initial, ...firstParameters(this.#model, this.layers)];
    this.#executor = executor;
    try {
      this.#session = executor.load(programs, new Map<Variable, FirstValue>(first));
    } catch (error) {
      this.#images.dispose();
      throw error;
    }
    this.parameters = this.#parameters.reduce((sum, { shape }) => sum + size(shape), 0);
  }

  /**
   * Goes through the training images once, in a random order that the seed and the epoch's number
   * decide. Stops between two steps if the signal comes.
   *
   * @throws {DivergenceError} if a cost, a parameter, or what the optimiser keeps is not finite
   * @throws {RangeError} if `from` is not a whole number of batches of the epoch
   */
  async trainEpoch(
    { epoch, learningRate, from = 0 }: Epoch,
    watch: Watch = {},
  ): Promise<EpochTraining> {
    const { position, totalCost, eta, settings } = this.#model;
    const { trainSize } = this.split;
    if (from !== trainSize && !(from >= 0 && from < trainSize && from % settings.batchSize === 0)) {
      throw new RangeError(
        `an epoch of ${trainSize} images can be resumed after whole batches of ${settings.batchSize}, not after ${from} images`,
      );
    }
    const session = this.#session;
    await session.ready;
    const start = performance.now();
    await this.#images.load(session, epoch);
    session.write(eta, [learningRate]);
    session.write(position, [from]);
    if (from === 0) session.write(totalCost, [0]);
    const before = this.state();
    let done = from;
    let allFinite = true;
    const steps = (program: string, times: number, size: number) => {
      this.#steps({ epoch, from: done }, program, times, size);
      allFinite = this.#finiteCheck.isFinite(session);
      if (allFinite) done += times * size;
      return allFinite;
    };
    await this.#training.run(steps, watch, from);
    if (!allFinite) throw await this.#divergence({ epoch, learningRate, from }, before, done);
    const seconds = (performance.now() - start) / 1000;
    return { loss: this.loss(), images: done, seconds };
  }

  /** The mean cost of the images that the epoch has gone through, each at the time of its step. */
  loss(): number {
    const [total, done] = [this.#model.totalCost, this.#model.position].map((variable) => {
      return this.#session.read(variable)[0] as number;
    });
    return (total as number) / (done as number);
  }

  /**
   * Accuracy and cost on a set of images, or on those of them before the signal. Undefined if there are
   * none: no validation images are kept, no training images are to be measured, or the signal came first.
   */
  async measure(set: MeasuredSet, watch: Watch = {}): Promise<Measurement | undefined> {
    const { evaluation, labels } = this.#sets[set];
    if (labels.length === 0) return undefined;
    const outcome = await evaluation.run(this.#session, watch);
    const { predicted, loss } = outcome;
    if (set === "test" && predicted.length === labels.length) this.tested = outcome;
    const reached = labels.subarray(0, predicted.length);
    return loss === undefined ? undefined : { accuracy: accuracy(predicted, reached), loss };
  }

  /**
   * The classes that no test image was taken for when they were last measured, although `least` of them or
   * more have them; none before that.
   */
  neverPredicted(least: number): number[] {
    return this.tested ? neverPredicted(this.tested.predicted, this.#sets.test.labels, least) : [];
  }

  /** The part, from 0 to 1, of the hidden activations that are flat for the first test images. */
  flatPart(): number {
    return this.#flatness.part(this.#session);
  }

  /**
   * The parameters w¹, b¹, w², … as they are now, each column by column: those of the network that is
   * measured, which are averages if the settings ask for such.
   */
  weights(): (Float64Array | Float32Array)[] {
    return this.#parameters.map((parameter) => this.#session.read(parameter));
  }

  /** The same as a network: a copy, which training does not change. */
  network(): TrainedNetwork {
    const read = (variable: Variable) => matrixOf(variable.shape, this.#session.read(variable));
    const layers = this.#model.averages.map(({ w, b }) => ({ w: read(w), b: read(b) }));
    return { layers, settings: this.settings };
  }

  /** The SHA-256 of all parameters in order, as little-endian numbers in the executor's precision. */
  weightsSha256(): string {
    return sha256(this.weights());
  }

  /**
   * All that training carries from step to step: the parameters, what the optimiser keeps, averages, and
   * how far the epoch has come. Everything else follows from the settings and the epoch's number.
   */
  state(): StateVariable[] {
    return readState(this.#session, this.#state);
  }

  /**
   * Goes back, or forward, to a state. Throws a SettingsError if one of the variables is missing, or
   * has another shape or number of elements, and then changes nothing.
   */
  restore(state: readonly StateVariable[]): void {
    writeState(this.#session, this.#state, state);
  }

  /** What runs the programs. */
  get machine(): Pick<Session, "threads" | "simd"> {
    return this.#session;
  }

  /** Releases the session, and the threads that deform images; the trainer cannot be used afterwards. */
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
    let first: Program | undefined;
    const repeat = (program: string, times: number, size: number) => {
      for (let time = 0; time < times; time++, done += size) {
        const state = done < good ? undefined : this.state();
        this.#steps({ epoch, from: done }, program, 1, size);
        if (state === undefined || this.#finiteCheck.isFinite(this.#session)) continue;
        this.restore(state);
        first = this.#training.programs[program]!;
        return false;
      }
      return true;
    };
    await this.#training.run(repeat, {}, from);
    const operation = first && (await firstNotFinite(first, this.#executor, this.#session));
    const step = Math.floor(done / this.settings.batchSize) + 1;
    return divergence({ epoch, step, operation }, this.settings, this.split, learningRate);
  }

  /** Of the network that is measured. */
  get #parameters(): Variable[] {
    return parameterList(this.#model.averages);
  }

  get #state(): Variable[] {
    const { theta, optimiser, totalCost, position } = this.#model;
    const all = [...parameterList(theta), ...optimiser.state, ...this.#parameters];
    return [...new Set([...all, totalCost, position])];
  }
}
