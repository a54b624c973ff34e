/** A run in the page, as it is in the worker: it trains, pauses between two steps, and can be saved. */
import type { Executor } from "../../autodiff/index.js";
import { joined } from "../../bytes.js";
import { encodeCheckpoint, parseCheckpoint } from "../../checkpoints/encoding.js";
import { CheckpointError } from "../../checkpoints/errors.js";
import { type DatasetIdentity, identityOf } from "../../checkpoints/identity.js";
import { capture, restore } from "../../checkpoints/run.js";
import type { Dataset } from "../../data/dataset.js";
import { Observer, type RunEvent } from "../../live/index.js";
import {
  DivergenceError,
  type EpochReport,
  endingOf,
  type Progress,
  Trainer,
  train,
} from "../../training/index.js";
import type { Opening, RunState, TrainedSoFar } from "./protocol.js";

export interface RunOptions extends Omit<Opening, "ask" | "processors"> {
  readonly executor: Executor;
  /** Of this package. */
  readonly version: string;
  readonly tell: (event: RunEvent) => void;
}

/** How far to train on. */
type Extent = "to the end" | "one step";

export class Run {
  readonly #options: RunOptions;
  readonly #trainer: Trainer;
  readonly #observer: Observer;
  readonly #begun = new Date().toISOString();
  #reports: EpochReport[] = [];
  /** Of the epoch that is not finished: the images that are done, and the seconds that this took. */
  #images = 0;
  #seconds = 0;
  #stopping: AbortController | undefined;
  #hasDiverged = false;
  #identity: DatasetIdentity | undefined;

  /**
   * @throws {SettingsError} if the settings do not fit together, or do not fit the data
   * @throws {CheckpointError} if the saved run cannot be gone on with
   */
  constructor(options: RunOptions) {
    this.#options = options;
    const { settings, dataset, executor, saved, name, tell } = options;
    const checkpoint = saved && parseCheckpoint(saved.bytes, saved.source);
    if (saved !== undefined && checkpoint !== undefined) {
      expectSameData(saved.source, checkpoint.dataset, this.#datasetIdentity());
    }
    this.#trainer = new Trainer(checkpoint?.settings ?? settings, dataset, executor);
    if (checkpoint !== undefined) {
      restore(this.#trainer, checkpoint);
      this.#reports = [...checkpoint.reports];
      this.#images = checkpoint.images;
      this.#seconds = checkpoint.seconds;
    }
    this.#observer = new Observer(this.#trainer, { name, dataset, tell });
  }

  /** Tells viewers what there is to see before the first step. */
  async open(): Promise<void> {
    await this.#observer.start(this.#progress());
    if (this.state === "ended") await this.#tellEnd();
  }

  get state(): RunState {
    if (this.#stopping !== undefined) return "training";
    if (this.#hasDiverged) return "diverged";
    return endingOf(this.#reports, this.#trainer.settings) === undefined ? "paused" : "ended";
  }

  /**
   * Trains on until the run ends, is paused, or has done as much as said. Does nothing while it trains.
   *
   * @param afterEpoch called when an epoch has ended
   * @throws {DivergenceError} if numbers are no longer finite
   */
  async go(extent: Extent, afterEpoch: () => void = () => {}): Promise<void> {
    if (this.state !== "paused") return;
    const stopping = new AbortController();
    this.#stopping = stopping;
    try {
      await this.#train(extent, stopping, afterEpoch);
    } catch (error) {
      this.#hasDiverged = error instanceof DivergenceError;
      const message = error instanceof Error ? error.message : String(error);
      await this.#observer.fail(error, message, this.#seconds);
      throw error;
    } finally {
      this.#stopping = undefined;
    }
    await this.#tellEnd();
  }

  pause(): void {
    this.#stopping?.abort();
  }

  /** The file that the command goes on with. */
  save(): Uint8Array {
    const { version } = this.#options;
    const { threads, simd } = this.#trainer.machine;
    const { name: executor } = this.#options.executor;
    const means = executor === "engine" ? { executor, backend: "embedded" } : { executor };
    const dataset = this.#datasetIdentity();
    const checkpoint = capture(this.#trainer, {
      dataset,
      flags: { ...means, ...(isNamed(dataset.name) && { dataset: dataset.name }) },
      made: {
        ...{ version, date: this.#begun, threads },
        ...(executor === "engine" && { backend: "embedded", ...(simd && { simd }) }),
      },
      ...this.#progress(),
    });
    return joined(encodeCheckpoint(checkpoint));
  }

  /** How many epochs are finished. */
  get epochs(): number {
    return this.#reports.length;
  }

  trained(): TrainedSoFar {
    const network = this.#trainer.network();
    return { network, testAccuracy: this.#reports.at(-1)?.testAccuracy, epochs: this.epochs };
  }

  dispose(): void {
    this.#trainer.dispose();
  }

  #progress(): Progress {
    return { reports: this.#reports, images: this.#images, seconds: this.#seconds };
  }

  async #train(extent: Extent, stopping: AbortController, afterEpoch: () => void): Promise<void> {
    const { trainSize } = this.#trainer.split;
    const watch = (epoch: number) => {
      const begin = performance.now() - 1000 * this.#seconds;
      const onProgress = async (images: number) => {
        this.#images = images;
        this.#seconds = (performance.now() - begin) / 1000;
        await this.#observer.progress(epoch, images, this.#seconds);
        if (extent === "one step" && images < trainSize) stopping.abort();
      };
      return { signal: stopping.signal, onProgress };
    };
    for await (const report of train(this.#trainer, watch, this.#progress())) {
      this.#reports = [...this.#reports, report];
      [this.#images, this.#seconds] = [0, 0];
      await this.#observer.epoch(report);
      afterEpoch();
      if (extent === "one step" || stopping.signal.aborted) break;
    }
  }

  async #tellEnd(): Promise<void> {
    const reason = this.state === "ended" ? "finished" : "paused";
    const weightsSha256 = this.#trainer.weightsSha256();
    await this.#observer.end({ reason, weightsSha256 }, this.#seconds);
  }

  /** Its digest takes a while, and is the same each time. */
  #datasetIdentity(): DatasetIdentity {
    this.#identity ??= identityOf(this.#options.dataset as Dataset);
    return this.#identity;
  }
}

/** Whether the command knows a data set by this name; else it is told where the files are. */
function isNamed(name: string): boolean {
  return name === "generated" || name === "mnist";
}

function expectSameData(source: string, before: DatasetIdentity, now: DatasetIdentity): void {
  if (before.sha256 === now.sha256) return;
  throw new CheckpointError(
    `${source} was trained on ${before.name}, and this is ${now.name}: choose its images, and load it again.`,
  );
}
