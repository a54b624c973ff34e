/** What the files hold that a run is to be saved to: another run is not replaced unless that is asked for. */
import { type Checkpoint, CheckpointError, readCheckpoint } from "../../checkpoints/index.js";
import { UsageError } from "../errors/kinds.js";
import { differencesBetween, type Identity, isEmpty } from "./same-run.js";
import type { SavingPlan } from "./saving-plan.js";

/** So many of the settings that differ are named. */
const MOST_NAMED = 4;

const ADVICE = "save to another file, or add --overwrite to replace it";

/**
 * Throws a {@link UsageError} if a file holds something else than a run with the same settings and data,
 * for however many epochs. An empty file holds nothing.
 */
export async function expectSameRun(plan: SavingPlan, run: Identity): Promise<void> {
  for (const file of [plan.file, plan.bestFile]) {
    if (file === undefined || isEmpty(file)) continue;
    const differences = differencesBetween(await readOrRefuse(file), run);
    if (differences.length === 0) continue;
    const named = differences.slice(0, MOST_NAMED);
    const more = differences.length - named.length;
    const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
    throw new UsageError(`${file} holds another run (${list}): ${ADVICE}`);
  }
}

/** Whether there is such a file, with this run in it, however far it has come. */
export async function holdsRun(file: string | undefined, run: Identity): Promise<boolean> {
  if (file === undefined || isEmpty(file)) return false;
  try {
    return differencesBetween(await readCheckpoint(file), run).length === 0;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
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
