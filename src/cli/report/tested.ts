/** What the networks of a report make of their test images, where those can be had. */
import type { Executor } from "../../autodiff/index.js";
import { type Checkpoint, identityOf } from "../../checkpoints/index.js";
import { classNames } from "../../data/class-names.js";
import { DataError } from "../../data/errors.js";
import type { Dataset } from "../../data/index.js";
import type { ReportedRun } from "../../report/index.js";
import { classify } from "../../training/index.js";
import { type DataFlags, loadDataset } from "../dataset/load.js";
import { dataFolder } from "../dataset/places.js";
import { datasetFor } from "../dataset/trained-with.js";
import { withRemedy } from "../errors/remedies.js";
import type { FoundRun } from "../runs/read.js";

/**
 * The runs, those of checkpoints with their test images if the data set can be had. Where it cannot, a
 * remark says why; only where a flag names it, that is an error.
 */
export async function tested(
  found: readonly FoundRun[],
  flags: DataFlags,
  executor: Executor,
  signal: AbortSignal,
): Promise<ReportedRun[]> {
  const first = found.find(({ checkpoint }) => checkpoint !== undefined);
  if (first === undefined) return found.map(({ run }) => run);
  const { name } = first.run.dataset;
  let dataset: Dataset;
  try {
    const wanted = datasetFor(first.run.file, name, flags);
    dataset = await loadDataset({ ...flags, dataset: wanted }, false, signal);
  } catch (error) {
    const isNamed = flags.dataset !== undefined || dataFolder(flags) !== undefined;
    if (!(error instanceof DataError) || isNamed) throw error;
    return found.map(({ run, checkpoint }) => {
      const remark = `There is nothing on test images: ${withRemedy(error)}`;
      return checkpoint === undefined ? run : { ...run, remarks: [...run.remarks, remark] };
    });
  }
  const identity = identityOf(dataset);
  const runs: ReportedRun[] = [];
  for (const { run, checkpoint } of found) {
    if (signal.aborted) break;
    runs.push(checkpoint === undefined ? run : await testedRun(run, checkpoint));
  }
  return runs;

  async function testedRun(run: ReportedRun, checkpoint: Checkpoint): Promise<ReportedRun> {
    const { test, classes } = dataset;
    const { predicted, outputs } = await classify(checkpoint, test, executor, { signal });
    const isOther = identity.sha256 !== run.dataset.sha256;
    const remark = `The test images are those of ${dataset.name}, not those of ${run.dataset.name}, which it was trained with.`;
    return {
      ...run,
      dataset: { ...run.dataset, classes: classNames(dataset.name) },
      tested: { images: test, classes, predicted, outputs },
      remarks: isOther ? [...run.remarks, remark] : run.remarks,
    };
  }
}
