/** The training loop. */
import type { MeasuredSet } from "./evaluation/measuring.js";
import { BEGINNING, type EpochReport, type Progress } from "./reports.js";
import { endingOf, learningRateAfter } from "./schedule.js";
import { needOfValidation } from "./settings/compatibility.js";
import type { Watch } from "./slices.js";
import type { Trainer } from "./trainer.js";

/**
 * Trains until the run ends by its settings ({@link endingOf}), and yields a report after each epoch.
 * If the signal comes, it ends without a report on the epoch that was interrupted.
 *
 * @param before the progress of a run that is resumed; the trainer must have its state
 */
export async function* train(
  trainer: Trainer,
  watch: (epoch: number) => Watch = () => ({}),
  before: Progress = BEGINNING,
): AsyncGenerator<EpochReport, void> {
  const { settings } = trainer;
  const reports = [...before.reports];
  let { images: from, seconds: spent } = before;
  while (endingOf(reports, settings) === undefined) {
    const epoch = reports.length + 1;
    const { onProgress, signal } = watch(epoch);
    const learningRate = learningRateAfter(reports, settings);
    const trained = await trainer.trainEpoch({ epoch, learningRate, from }, { onProgress, signal });
    const { loss, images } = trained;
    const seconds = spent + trained.seconds;
    const speed = { learningRate, seconds, imagesPerSecond: images / seconds };
    const measured = await measure(trainer, reports, { signal });
    if (signal?.aborted) return;
    const report = { epoch, loss, ...measured, ...speed };
    reports.push(report);
    [from, spent] = [0, 0];
    yield report;
  }
}

type Measured = Omit<
  EpochReport,
  "epoch" | "loss" | "learningRate" | "seconds" | "imagesPerSecond"
>;

/** What is to be measured after the epoch that follows those reported on. */
async function measure(
  trainer: Trainer,
  reports: readonly EpochReport[],
  watch: Watch,
): Promise<Measured> {
  const { settings, measuring } = trainer;
  const epoch = reports.length + 1;
  const isDue = epoch % measuring.every === 0 || epoch === settings.epochs;
  const measureIf = async (isWanted: boolean, set: MeasuredSet) =>
    isWanted ? await trainer.measure(set, watch) : undefined;

  const decides = needOfValidation(settings) !== undefined || measuring.validatesAlways;
  const validation = await measureIf(decides || (isDue && measuring.validation), "validation");
  const validated = { epoch, validationAccuracy: validation?.accuracy } as EpochReport;
  const isLast = endingOf([...reports, validated], settings) !== undefined;
  const train = await measureIf(isDue || isLast, "train");
  const test = await measureIf((isDue && measuring.test) || isLast, "test");
  return {
    trainLoss: train?.loss,
    trainAccuracy: train?.accuracy,
    validationLoss: validation?.loss,
    validationAccuracy: validation?.accuracy,
    testLoss: test?.loss,
    testAccuracy: test?.accuracy,
  };
}
