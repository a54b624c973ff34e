/** The curves of the best settings of a sweep; those of all might not fit into memory. */
import { DataError } from "../../../data/errors.js";
import type { ReportedRun } from "../../../report/run.js";
import { type CurvesOf, MOST_CURVES } from "../../../report/sweep/figures.js";
import type { SweepSummary } from "../../../report/sweep/summary.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { NewerError, runsOf } from "../../runs/events.js";
import { eventFile, readEvents } from "../run-events.js";

/** In the order of the summary; settings whose files of events are gone are left out. */
export async function curvesOfBest(sweep: Sweep, { groups }: SweepSummary): Promise<CurvesOf[]> {
  const best: CurvesOf[] = [];
  for (const { label, runs } of groups) {
    if (best.length === MOST_CURVES) break;
    const read: ReportedRun[] = [];
    for (const { index, state } of runs) {
      if (state === "done") read.push(...(await runsIn(sweep, index)));
    }
    if (read.length > 0) best.push({ label, runs: read });
  }
  return best;
}

/** The run, or nothing where its events are damaged. */
async function runsIn(sweep: Sweep, index: number): Promise<ReportedRun[]> {
  const file = eventFile(sweep.folderOf(sweep.run(index)));
  try {
    return runsOf(await readEvents(file), file).slice(-1);
  } catch (error) {
    if (!(error instanceof DataError) || error instanceof NewerError) throw error;
    return [];
  }
}
