/** When a run is saved, and where. */
import { type Checkpoint, capture, writeCheckpoint } from "../../checkpoints/index.js";
import { bestEpoch, type EpochReport, type Progress, type Trainer } from "../../training/index.js";
import type { End } from "./reporting/reporter.js";
import type { SavingPlan } from "./saving-plan.js";

/** What a run is saved with that does not change while it goes on. */
export type FixedMetadata = Pick<Checkpoint, "flags" | "dataset" | "made">;

export class Saver {
  readonly plan: SavingPlan;
  readonly #trainer: Trainer;
  readonly #metadata: FixedMetadata;
  /** Of the epochs up to this one, only the one that a file has counts for the best. */
  readonly #resumedAfter: number;
  #bestHeld: number | undefined;
  #lastSave = performance.now();
  /** The point of the run that the file has. */
  #saved: string | undefined;

  /**
   * @param before the progress of a run that is resumed
   * @param bestHeld after which epoch the file for the best network has one of that run, if it has
   */
  constructor(
    plan: SavingPlan,
    before: Progress,
    trainer: Trainer,
    metadata: FixedMetadata,
    bestHeld: number | undefined,
  ) {
    this.plan = plan;
    this.#trainer = trainer;
    this.#metadata = metadata;
    this.#resumedAfter = before.reports.length;
    this.#bestHeld = bestHeld;
  }

  /** Within an epoch: saves if the time for it has come. */
  async within(progress: Progress): Promise<void> {
    if (this.#isTime()) await this.#save(progress);
  }

  /** After an epoch: saves if it is among those to save, or the best one so far. */
  async after(reports: readonly EpochReport[]): Promise<void> {
    const { every, bestFile } = this.plan;
    const progress = { reports, images: 0, seconds: 0 };
    const rivals = reports.filter(
      ({ epoch }) => epoch > this.#resumedAfter || epoch === this.#bestHeld,
    );
    if (bestFile !== undefined && bestEpoch(rivals) === reports.at(-1)) {
      await this.#write(bestFile, progress);
      this.#bestHeld = reports.length;
    }
    const isDue = "epochs" in every ? reports.length % every.epochs === 0 : this.#isTime();
    if (isDue) await this.#save(progress);
  }

  /** When the run ends or is stopped: saves what is not saved yet. */
  async finish(progress: Progress): Promise<void> {
    if (pointOf(progress) !== this.#saved) await this.#save(progress);
  }

  /** The files, and after which epoch the one for the best network has it. */
  get saved(): Pick<End, "saved" | "savedBest" | "savedBestEpoch"> {
    const { file, bestFile } = this.plan;
    const epoch = this.#bestHeld;
    const best = bestFile !== undefined && epoch !== undefined;
    return { saved: file, ...(best && { savedBest: bestFile, savedBestEpoch: epoch }) };
  }

  async #save(progress: Progress): Promise<void> {
    await this.#write(this.plan.file, progress);
    this.#lastSave = performance.now();
    this.#saved = pointOf(progress);
  }

  #write(file: string, progress: Progress): Promise<void> {
    return writeCheckpoint(file, capture(this.#trainer, { ...this.#metadata, ...progress }));
  }

  #isTime(): boolean {
    const { every } = this.plan;
    return "seconds" in every && performance.now() - this.#lastSave >= 1000 * every.seconds;
  }
}

function pointOf({ reports, images }: Progress): string {
  return `${reports.length} ${images}`;
}
