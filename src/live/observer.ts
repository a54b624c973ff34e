/** Observes a trainer while it trains, and tells viewers how far it is. It changes no weight. */
import { classNames, namesOrNumbers } from "../data/class-names.js";
import type { Images } from "../data/dataset.js";
import {
  DivergenceError,
  type EpochReport,
  hintAfter,
  type Progress,
  type Trainer,
} from "../training/index.js";
import { BEGINNING } from "../training/reports.js";
import type { Ended, RunEvent, Started } from "./events.js";
import { DIGITS, type NetworkState, snapshotEvents, watchedDigit } from "./snapshot.js";

/** Between two reports of progress, and between two snapshots at least. */
const PROGRESS_MILLISECONDS = 100;
const SNAPSHOT_MILLISECONDS = 250;

/** The part of the time that snapshots may take. */
const SHARE = 0.01;

export interface ObserverOptions {
  /** What the run is called. */
  readonly name: string;
  readonly recipe?: string | undefined;
  /** What the data set is called, and its test images. */
  readonly dataset: { readonly name: string; readonly test: Images };
  readonly tell: (event: RunEvent) => void;
  /** Whether someone watches; if not, no snapshot is made before the end. */
  readonly isWatched?: () => boolean;
  /** Has another thread make the snapshot, and tell viewers of it; without this, it is made here. */
  readonly sendState?: (state: NetworkState) => unknown;
}

export class Observer {
  readonly #trainer: Trainer;
  readonly #options: ObserverOptions;
  #nextProgress = 0;
  #nextSnapshot = 0;
  /** What viewers have not been told yet. */
  #tested: NetworkState["tested"];
  #at = { epoch: 1, images: 0 };
  /** Where its speed is measured from: what comes before its first images, such as their order, is no training. */
  #from: { readonly images: number; readonly seconds: number } | undefined;

  constructor(trainer: Trainer, options: ObserverOptions) {
    this.#trainer = trainer;
    this.#options = options;
  }

  /** The run begins, or goes on from where it was. */
  async start({ reports, images, seconds }: Progress = BEGINNING): Promise<void> {
    this.#tell(this.#started());
    for (const report of reports) this.#tell({ event: "epoch", report });
    this.#at = { epoch: reports.length + 1, images };
    if (images > 0) this.#tellProgress(seconds);
    await this.#snapshot();
  }

  /** Within an epoch: some images are done, in so many seconds of training. Costs little, however often. */
  async progress(epoch: number, images: number, seconds: number): Promise<void> {
    this.#at = { epoch, images };
    this.#from ??= { images, seconds };
    const now = performance.now();
    if (now >= this.#nextProgress) {
      this.#nextProgress = now + PROGRESS_MILLISECONDS;
      this.#tellProgress(seconds);
    }
    await this.#snapshotIfDue();
  }

  async epoch(report: EpochReport): Promise<void> {
    const names = classNames(this.#options.dataset.name);
    const hint = hintAfter(report, this.#trainer, names)?.words;
    this.#tell({ event: "epoch", report, hint });
    this.#at = { epoch: report.epoch + 1, images: 0 };
    this.#from = undefined;
    const { tested: classification } = this.#trainer;
    const wasTested = classification !== undefined && report.testAccuracy !== undefined;
    if (wasTested) this.#tested = { epoch: report.epoch, classification };
    await this.#snapshotIfDue();
  }

  /**
   * The run ends, or pauses, here: viewers get the network as it is now.
   *
   * @param seconds how long the epoch that is not finished has been trained, if there is one
   */
  async end(how: Omit<Ended, "event">, seconds = 0): Promise<void> {
    if (this.#at.images > 0) this.#tellProgress(seconds);
    // The numbers of a run that has diverged are not worth a snapshot.
    if (how.reason !== "failed") await this.#snapshot();
    this.#tell({ event: "ended", ...how });
  }

  /** The run has failed, for a reason that viewers are told; one that has diverged, before a step. */
  async fail(error: unknown, message: string, seconds = 0): Promise<void> {
    if (error instanceof DivergenceError) {
      const { epoch, step } = error;
      this.#at = { epoch, images: (step - 1) * this.#trainer.settings.batchSize };
    }
    await this.end({ reason: "failed", message }, seconds);
  }

  #tell(event: RunEvent): void {
    this.#options.tell(event);
  }

  #isWatched(): boolean {
    return this.#options.isWatched?.() ?? true;
  }

  #started(): Started {
    const { settings, layers, split, machine } = this.#trainer;
    const { name, recipe, dataset } = this.#options;
    const { rows, columns, labels } = dataset.test;
    const digits = Array.from(labels.subarray(0, DIGITS), (_, k) => watchedDigit(dataset.test, k));
    const count = layers.at(-1) as number;
    return {
      ...{ event: "started", name, dataset: dataset.name, settings, layers },
      ...(recipe !== undefined && { recipe }),
      classes: namesOrNumbers(classNames(dataset.name), count),
      ...{ rows, columns, trainSize: split.trainSize },
      ...{ threads: machine.threads, simd: machine.simd, digits },
    };
  }

  #tellProgress(seconds: number): void {
    const { epoch, images } = this.#at;
    const loss = this.#trainer.loss();
    const from = this.#from ?? { images, seconds };
    const spent = seconds - from.seconds;
    const imagesPerSecond = spent > 0 ? (images - from.images) / spent : 0;
    this.#tell({ event: "progressed", epoch, images, loss, imagesPerSecond });
  }

  async #snapshotIfDue(): Promise<void> {
    if (performance.now() >= this.#nextSnapshot && this.#isWatched()) await this.#snapshot();
  }

  /** The next snapshot comes so much later that all of them together take no more than their share. */
  async #snapshot(): Promise<void> {
    const start = performance.now();
    const { dataset, sendState } = this.#options;
    const state = this.#state();
    if (sendState !== undefined) await sendState(state);
    else for (const event of await snapshotEvents(state, dataset.test)) this.#tell(event);
    const now = performance.now();
    this.#nextSnapshot = now + Math.max(SNAPSHOT_MILLISECONDS, (now - start) / SHARE);
  }

  #state(): NetworkState {
    const tested = this.#tested;
    this.#tested = undefined;
    return { ...this.#at, network: this.#trainer.network(), ...(tested && { tested }) };
  }
}
