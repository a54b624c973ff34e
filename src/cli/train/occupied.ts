/** What the files hold that a run is to be saved to: another run is not replaced unless that is asked for. */
import { statSync } from "node:fs";
import { type Checkpoint, CheckpointError, readCheckpoint } from "../../checkpoints/index.js";
import { GENTLE } from "../../data/deformed/deformation.js";
import { flagOf, wordOf } from "../../recipes/words.js";
import { completeSettings } from "../../training/index.js";
import { UsageError } from "../errors/kinds.js";
import type { SavingPlan } from "./saving-plan.js";

/** What makes a run the one that it is. */
export type Identity = Pick<Checkpoint, "settings" | "flags" | "dataset">;

/** So many of the settings that differ are named. */
const MOST_NAMED = 4;

const ADVICE = "save to another file, or add --overwrite to replace it";

/**
 * Throws a {@link UsageError} if a file holds something else than a run with the same settings and data,
 * for however many epochs. An empty file holds nothing.
 */
export async function expectSameRun(plan: SavingPlan, run: Identity): Promise<void> {
  for (const file of [plan.file, plan.bestFile]) {
    if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.size) continue;
    const differences = differencesBetween(await readOrRefuse(file), run);
    if (differences.length === 0) continue;
    const named = differences.slice(0, MOST_NAMED);
    const more = differences.length - named.length;
    const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
    throw new UsageError(`${file} holds another run (${list}): ${ADVICE}`);
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

/** `--seed 1 instead of 2`, for each setting that is not the same. */
function differencesBetween(saved: Identity, run: Identity): string[] {
  const [before, now] = [saved, run].map(decisive) as [Values, Values];
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const differences = names.flatMap((name) => {
    const [was, is] = [before[name], now[name]].map((value) => wordOf(value ?? "none"));
    return was === is ? [] : [`${flagOf(name)} ${was} instead of ${is}`];
  });
  if (saved.dataset.sha256 === run.dataset.sha256) return differences;
  const [was, is] = [saved.dataset.name, run.dataset.name];
  return [was === is ? `other images in ${is}` : `${was} instead of ${is}`, ...differences];
}

type Values = Readonly<Record<string, unknown>>;

/** All that weights depend on beside the data and the number of epochs. */
function decisive({ settings, flags }: Identity): Values {
  const { epochs, gentle = GENTLE, ...others } = completeSettings(settings);
  const { executor = "engine", backend = "embedded", startFrom } = flags;
  return { ...others, gentle, executor, backend, startFrom };
}
