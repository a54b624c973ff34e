/**
 * What the files hold that a run is to be saved to: another run, or more of the same, is not replaced unless that is
 * asked for.
 */
import {
  type Checkpoint,
  CheckpointError,
  readCheckpoint,
  VersionError,
} from "../../checkpoints/index.js";
import { counted } from "../../counted.js";
import type { Progress } from "../../training/index.js";
import { UsageError } from "../errors/kinds.js";
import { quoted } from "../terminal/quoted.js";
import { differencesBetween, isEmpty, type RunIdentity } from "./same-run.js";
import type { SavingPlan } from "./saving-plan.js";

/** So many of the settings that differ are named. */
const MOST_NAMED = 4;

const ADVICE = "save to another file, or add --overwrite to replace it";

/**
 * Throws a {@link UsageError} if a file holds something else than a run with the same settings and data,
 * for however many epochs, or if the run has come further there than where it is to begin now. An empty file
 * holds nothing.
 */
export async function expectSameRun(
  plan: SavingPlan,
  run: RunIdentity,
  before: Progress,
): Promise<void> {
  for (const file of [plan.file, plan.bestFile]) {
    if (file === undefined || isEmpty(file)) continue;
    const there = await readOrRefuse(file);
    const differences = differencesBetween(there, run);
    if (differences.length === 0) {
      if (file === plan.file && isFurther(there, before)) throw heldAlready(file, there);
      continue;
    }
    const named = differences.slice(0, MOST_NAMED);
    const more = differences.length - named.length;
    const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
    throw new UsageError(`${file} holds another run (${list}): ${ADVICE}`);
  }
}

function isFurther(there: Progress, here: Progress): boolean {
  const epochs = there.reports.length - here.reports.length;
  return epochs > 0 || (epochs === 0 && there.images > here.images);
}

function heldAlready(file: string, { reports, images }: Progress): UsageError {
  const parts = [
    ...(reports.length > 0 ? [counted(reports.length, "epoch")] : []),
    ...(images > 0 ? [counted(images, "image")] : []),
  ];
  return new UsageError(
    `${file} holds this run already, after ${parts.join(" and ")}: go on with --resume ${quoted(file)}, save to another file, or add --overwrite to begin anew`,
  );
}

/** After how many epochs the file holds this run, if there is such a file with it. */
export async function epochsHeld(
  file: string | undefined,
  run: RunIdentity,
): Promise<number | undefined> {
  if (file === undefined || isEmpty(file)) return undefined;
  try {
    const held = await readCheckpoint(file);
    return differencesBetween(held, run).length === 0 ? held.reports.length : undefined;
  } catch (error) {
    if (error instanceof CheckpointError && !(error instanceof VersionError)) return undefined;
    throw error;
  }
}

async function readOrRefuse(file: string): Promise<Checkpoint> {
  try {
    return await readCheckpoint(file);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new UsageError(`${error.message.replace(/\.$/, "")}; ${ADVICE}`);
  }
}
