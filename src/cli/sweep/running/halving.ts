/** Stopping the runs early that are not among the best so far: see src/sweeps/plan/halving.ts. */
import { DataError } from "../../../data/errors.js";
import { SweepError } from "../../../sweeps/errors.js";
import { forget, writeEnding } from "../../../sweeps/folder/results.js";
import type { States, Sweep } from "../../../sweeps/folder/sweep.js";
import { best, epochsAt, rungs, type Scored } from "../../../sweeps/plan/halving.js";
import { UsageError } from "../../errors/kinds.js";
import { NewerError } from "../../runs/events.js";
import { eventFile, readEvents } from "../run-events.js";
import type { Display } from "./display.js";
import type { RunFlags } from "./flags.js";
import type { Task } from "./worker.js";

/** Throws a {@link UsageError} unless all runs can be compared at any epoch. */
export function expectComparable(
  sweep: Sweep,
  indices: readonly number[],
  { measure, evalEvery }: RunFlags,
): void {
  if (indices.length !== sweep.size) {
    throw new UsageError("--halving compares all runs with each other: do not choose some of them");
  }
  const validates = measure.includes("validation") || measure.includes("all");
  const isKept = indices.every((index) => sweep.run(index).settings.validationSize !== 0);
  if (validates && isKept && evalEvery === 1) return;
  throw new UsageError(
    "--halving needs the validation accuracy after every epoch: keep images for it, and measure it each time",
  );
}

/**
 * @param go trains runs to an epoch, or to their ends
 * @param signal after which nothing is decided
 */
export async function halve(
  sweep: Sweep,
  factor: number,
  go: (tasks: readonly Task[]) => Promise<void>,
  told: Display,
  signal: AbortSignal,
): Promise<void> {
  let candidates = [...sweep.indices()];
  const epochsOf = (index: number) => sweep.run(index).settings.epochs;
  const fewest = candidates.reduce((least, index) => Math.min(least, epochsOf(index)), Infinity);
  for (let left = rungs(candidates.length, fewest, factor); left > 0; left--) {
    const at = (index: number) => epochsAt(epochsOf(index), factor, left);
    const tasks: Task[] = [];
    for (const index of candidates) {
      const done = (await accuracies(sweep, index)).length;
      if (done < at(index)) tasks.push({ index, until: at(index) });
    }
    await go(tasks);
    if (signal.aborted) return;
    const states = await sweep.states();
    const compared: Compared[] = [];
    for (const index of candidates) {
      const measured = await accuracies(sweep, index);
      const last = states.done.has(index) ? measured.at(-1) : undefined;
      compared.push({ index, score: measured[at(index) - 1] ?? last, measured });
    }
    const winners = new Set(best(compared, factor).map(({ index }) => index));
    await decide(sweep, states, compared, winners, told);
    candidates = candidates.filter((index) => winners.has(index));
  }
  await go(candidates.map((index) => ({ index })));
}

interface Compared extends Scored {
  /** The accuracies after all of its epochs so far. */
  readonly measured: readonly (number | undefined)[];
}

async function decide(
  sweep: Sweep,
  states: States,
  compared: readonly Compared[],
  winners: ReadonlySet<number>,
  told: Display,
): Promise<void> {
  const { directory } = sweep;
  for (const { index, measured } of compared) {
    if (winners.has(index)) await forget(directory, index, "stopped");
    else if (!states.done.has(index) && !states.failed.has(index)) {
      const run = sweep.run(index);
      const stopped = {
        sha256: run.sha256,
        epochs: measured.length,
        validationAccuracy: measured.at(-1) ?? null,
      };
      await writeEnding(directory, index, sweep.folderOf(run), { stopped });
      told.stopped(run, stopped);
    }
  }
}

/** The validation accuracies of a run after each of its epochs. */
async function accuracies(sweep: Sweep, index: number): Promise<(number | undefined)[]> {
  const file = eventFile(sweep.folderOf(sweep.run(index)));
  const events = await readEvents(file).catch((cause) => {
    if (!(cause instanceof DataError) || cause instanceof NewerError) throw cause;
    throw new SweepError(`${file} is damaged: delete its folder, and the run is repeated.`, {
      cause,
    });
  });
  return events.flatMap(({ event, validationAccuracy }) =>
    event === "epoch" ? [(validationAccuracy as number | null | undefined) ?? undefined] : [],
  );
}
