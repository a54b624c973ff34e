/** Looks at a trainer while it trains, and tells viewers what they see. It changes no weight. */
import { interpreter, matrixOf } from "../autodiff/index.js";
import { classNames } from "../data/class-names.js";
import type { Images } from "../data/dataset.js";
import {
  classify,
  type EpochReport,
  mistakesIn,
  type TrainedNetwork,
  type Trainer,
} from "../training/index.js";
import { toBase64 } from "./base64.js";
import type { Ended, RunEvent, Started, WatchedDigit } from "./events.js";
import { packedWeights } from "./first-layer.js";

/** Watched in every snapshot, and shown of the mistakes. */
const DIGITS = 20;

/** Between two reports of progress, and between two snapshots at least. */
const PROGRESS_MILLISECONDS = 100;
const SNAPSHOT_MILLISECONDS = 250;

/** The part of the time that snapshots may take. */
const SHARE = 0.01;

export interface ObserverOptions {
  /** What the run is called. */
  readonly name: string;
  /** What the data set is called, and its test images. */
  readonly dataset: { readonly name: string; readonly test: Images };
  readonly tell: (event: RunEvent) => void;
  /** Whether someone looks: else no snapshot is made before the end. */
  readonly isWatched?: () => boolean;
}

export class Observer {
  readonly #trainer: Trainer;
  readonly #options: ObserverOptions;
  #nextProgress = 0;
  #nextSnapshot = 0;
  /** Of which the mistakes were told. */
  #told: Trainer["tested"];
  #at = { epoch: 1, images: 0 };

  constructor(trainer: Trainer, options: ObserverOptions) {
    this.#trainer = trainer;
    this.#options = options;
  }

  /**
   * The run begins.
   *
   * @param before the reports on the epochs of a run that is resumed, and the images of the next that are done
   */
  async start(before: readonly EpochReport[] = [], images = 0): Promise<void> {
    this.#tell(this.#started());
    for (const report of before) this.#tell({ event: "epoch", report });
    this.#at = { epoch: before.length + 1, images };
    await this.#look();
  }

  /** Within an epoch: some images are done, in so many seconds of training. Costs little, however often. */
  async progress(epoch: number, images: number, seconds: number): Promise<void> {
    this.#at = { epoch, images };
    const now = performance.now();
    if (now >= this.#nextProgress) {
      this.#nextProgress = now + PROGRESS_MILLISECONDS;
      this.#tellProgress(seconds);
    }
    await this.#lookIfDue();
  }

  async epoch(report: EpochReport): Promise<void> {
    this.#tell({ event: "epoch", report });
    this.#at = { epoch: report.epoch + 1, images: 0 };
    await this.#lookIfDue();
  }

  /**
   * The run ends, or pauses, here: viewers get the network as it is now.
   *
   * @param seconds how long the epoch that is not finished has been trained, if there is one
   */
  async end(how: Omit<Ended, "event">, seconds = 0): Promise<void> {
    if (this.#at.images > 0) this.#tellProgress(seconds);
    // The numbers of a run that has diverged are not worth a look.
    if (how.reason !== "failed") await this.#look();
    this.#tell({ event: "ended", ...how });
  }

  #tell(event: RunEvent): void {
    this.#options.tell(event);
  }

  #isWatched(): boolean {
    return this.#options.isWatched?.() ?? true;
  }

  #started(): Started {
    const { settings, layers, split, machine } = this.#trainer;
    const { name, dataset } = this.#options;
    const { rows, columns, labels } = dataset.test;
    const digits = Array.from(labels.subarray(0, DIGITS), (_, index) => this.#digit(index));
    const count = layers.at(-1) as number;
    return {
      ...{ event: "started", name, dataset: dataset.name, settings, layers },
      classes: classNames(dataset.name) ?? Array.from({ length: count }, (_, k) => String(k)),
      ...{ rows, columns, trainSize: split.trainSize },
      ...{ threads: machine.threads, simd: machine.simd, digits },
    };
  }

  #digit(index: number): WatchedDigit {
    const { rows, columns, pixels, labels } = this.#options.dataset.test;
    const size = rows * columns;
    const image = pixels.subarray(index * size, (index + 1) * size);
    return { pixels: toBase64(image), label: labels[index] as number };
  }

  #tellProgress(seconds: number): void {
    const { epoch, images } = this.#at;
    const loss = this.#trainer.loss();
    const imagesPerSecond = seconds > 0 ? images / seconds : 0;
    this.#tell({ event: "progressed", epoch, images, loss, imagesPerSecond });
  }

  async #lookIfDue(): Promise<void> {
    if (performance.now() >= this.#nextSnapshot && this.#isWatched()) await this.#look();
  }

  /** The next look comes so much later that all of them together take no more than their share. */
  async #look(): Promise<void> {
    const start = performance.now();
    this.#mistakes();
    const network = networkOf(this.#trainer);
    const { w } = network.layers[0] as TrainedNetwork["layers"][number];
    const firstLayer = packedWeights(w.data, w.shape[0]);
    const outputs = await this.#outputs(network);
    this.#tell({ event: "snapshot", ...this.#at, firstLayer, outputs });
    const now = performance.now();
    this.#nextSnapshot = now + Math.max(SNAPSHOT_MILLISECONDS, (now - start) / SHARE);
  }

  /** For the watched digits. */
  async #outputs(network: TrainedNetwork): Promise<number[][]> {
    const { test } = this.#options.dataset;
    const count = Math.min(DIGITS, test.count);
    const pixels = test.pixels.subarray(0, count * test.rows * test.columns);
    const { outputs } = await classify(
      network,
      { ...test, count, pixels, labels: test.labels.subarray(0, count) },
      interpreter,
    );
    const classes = outputs.length / count;
    return Array.from({ length: count }, (_, k) =>
      Array.from(outputs.subarray(k * classes, (k + 1) * classes), rounded),
    );
  }

  #mistakes(): void {
    const { tested } = this.#trainer;
    if (tested === undefined || tested === this.#told) return;
    this.#told = tested;
    const { labels } = this.#options.dataset.test;
    const all = mistakesIn(tested, labels);
    const mistakes = all.slice(0, DIGITS).map(({ index, predicted, output }) => {
      return { ...this.#digit(index), index, predicted, output: rounded(output) };
    });
    this.#tell({
      event: "mistakes",
      epoch: this.#at.epoch - 1,
      wrong: all.length,
      tested: labels.length,
      mistakes,
    });
  }
}

/** The network as it is now. */
export function networkOf(trainer: Trainer): TrainedNetwork {
  const weights = trainer.weights();
  const layers = trainer.layers.slice(1).map((outputs, l) => ({
    w: matrixOf([outputs, trainer.layers[l]!], weights[2 * l]!),
    b: matrixOf([outputs, 1], weights[2 * l + 1]!),
  }));
  return { layers, settings: trainer.settings };
}

/** To as many digits as are shown. */
function rounded(output: number): number {
  return Number(output.toFixed(4));
}
