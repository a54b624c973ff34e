/** From a sweep's folder to what its runs have come to. Results are read one by one, and no curve is. */
import { basename, resolve } from "node:path";
import type {
  GroupedRun,
  RunResult,
  SettingsGroup,
  SweepSummary,
} from "../../../report/sweep/summary.js";
import { readFailure, readResult } from "../../../sweeps/folder/results.js";
import type { State, Sweep } from "../../../sweeps/folder/sweep.js";
import { Grouping } from "./groups.js";

/** So many small files are read at once. */
const AT_ONCE = 64;

/** @param showsTest whether test accuracies are shown of all settings */
export async function summaryOf(sweep: Sweep, showsTest: boolean): Promise<SweepSummary> {
  const { directory, description } = sweep;
  const { keep } = description.flags;
  const at = keep === "best" ? "best" : "last";
  const states = await sweep.states();
  const grouping = new Grouping(Object.keys(description.spec ?? {}));
  const early = new Map<string, number>();
  const failed: number[] = [];
  const add = async (index: number) => {
    const state = states.of(index);
    if (state === "failed") failed.push(index);
    const result = state === "done" ? await resultOf(directory, index, at) : undefined;
    if (result !== undefined && result.reason !== "epochs") {
      early.set(result.reason, (early.get(result.reason) ?? 0) + 1);
    }
    return { index, state, ...(result && { result }) };
  };
  for (const batch of batches(sweep.indices())) {
    for (const run of await Promise.all(batch.map(add))) {
      grouping.add(sweep.run(run.index).settings, run);
    }
  }
  const groups = grouping.groups().sort(byValidation);
  return {
    name: basename(resolve(directory)),
    dataset: description.dataset,
    at,
    counts: states.count(sweep.indices()),
    early,
    failures: await failuresOf(sweep, failed),
    varying: grouping.varying,
    common: grouping.common,
    groups,
    chosen: chosenOf(groups),
    showsTest,
  };
}

function* batches(indices: Iterable<number>): Generator<number[]> {
  let batch: number[] = [];
  for (const index of indices) {
    batch.push(index);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function resultOf(
  directory: string,
  index: number,
  at: SweepSummary["at"],
): Promise<RunResult | undefined> {
  const result = await readResult(directory, index);
  if (result === undefined) return undefined;
  const [validation, test] =
    at === "best"
      ? [result.bestValidationAccuracy, result.bestTestAccuracy]
      : [result.validationAccuracy, result.testAccuracy];
  const { reason, epochs, seconds, weightsSha256 } = result;
  return {
    ...{ reason, epochs, seconds, weightsSha256 },
    validation: validation ?? undefined,
    test: test ?? undefined,
  };
}

/** What has no result comes last; what is equal stays in the order of the plan. */
function byValidation(a: SettingsGroup, b: SettingsGroup): number {
  const of = ({ validation }: SettingsGroup) => validation?.mean ?? Number.NEGATIVE_INFINITY;
  return of(a) === of(b) ? 0 : of(b) - of(a);
}

/** A setting of which seeds are missing may owe its mean to those that are not. */
function chosenOf(sorted: readonly SettingsGroup[]): SettingsGroup | undefined {
  const isDone = ({ state }: GroupedRun) => state === ("done" satisfies State);
  const measured = sorted.filter(({ validation }) => validation !== undefined);
  return measured.find(({ runs }) => runs.every(isDone)) ?? measured[0];
}

async function failuresOf(
  sweep: Sweep,
  indices: readonly number[],
): Promise<SweepSummary["failures"]> {
  const failures: { index: number; label: string; message: string }[] = [];
  for (const index of indices) {
    const { message = "" } = (await readFailure(sweep.directory, index)) ?? {};
    failures.push({ index, label: sweep.run(index).label, message: message.split("\n")[0]! });
  }
  return failures;
}
