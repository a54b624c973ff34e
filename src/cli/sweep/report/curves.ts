/** The curves of the best settings of a sweep; those of all might not fit into memory. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../../data/errors.js";
import { ifThere } from "../../../files/if-there.js";
import type { ReportedRun } from "../../../report/run.js";
import { type CurvesOf, MOST_CURVES } from "../../../report/sweep/figures.js";
import type { SweepSummary } from "../../../report/sweep/summary.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { orCannot } from "../../../sweeps/folder/system.js";
import { runsInEvents } from "../../runs/events.js";

/** In the order of the summary; settings whose files of events are gone are left out. */
export async function curvesOfBest(sweep: Sweep, { groups }: SweepSummary): Promise<CurvesOf[]> {
  const best: CurvesOf[] = [];
  for (const { label, runs } of groups) {
    if (best.length === MOST_CURVES) break;
    const read: ReportedRun[] = [];
    for (const { index, state } of runs) {
      if (state === "done") read.push(...(await eventsOf(sweep, index)));
    }
    if (read.length > 0) best.push({ label, runs: read });
  }
  return best;
}

async function eventsOf(sweep: Sweep, index: number): Promise<ReportedRun[]> {
  const file = join(sweep.folderOf(sweep.run(index)), "run.jsonl");
  const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
  if (text === undefined) return [];
  try {
    return runsInEvents(text, file).slice(-1);
  } catch (error) {
    if (error instanceof DataError) return [];
    throw error;
  }
}
