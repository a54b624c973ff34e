/** A run as the reproduction follows it: a bar on a terminal, one line when it ends, and its results. */
import { counted } from "../../counted.js";
import { duration, percent } from "../terminal/format.js";
import { type ProgressBar, progressBar } from "../terminal/progress-bar.js";
import { canDraw } from "../terminal/streams.js";
import type { Reporter } from "../train/reporting/reporter.js";
import type { Run } from "./record.js";

/** What a run turns out to be. */
export type Results = Pick<Run, "validation" | "test" | "seconds" | "weightsSha256">;

/** @param finish is told the results of a run that comes to its end */
export function observer(label: string, finish: (results: Results) => void): Reporter {
  const { stderr, env } = process;
  const validation: number[] = [];
  const test: number[] = [];
  let bar: ProgressBar | undefined;
  return {
    start({ settings, trainSize }) {
      if (canDraw(stderr, env)) bar = progressBar(stderr, trainSize, settings.epochs);
    },
    progress: (epoch, images, loss) => bar?.update(epoch, images, loss),
    epoch({ validationAccuracy, testAccuracy }) {
      bar?.clear();
      if (validationAccuracy !== undefined) validation.push(validationAccuracy);
      if (testAccuracy !== undefined) test.push(testAccuracy);
    },
    end({ testAccuracy, seconds, weightsSha256 }) {
      const accuracies = `${percent(testAccuracy)}, ${percent(Math.max(...test))} at best`;
      stderr.write(`${label}: ${accuracies}; ${duration(seconds)}\n`);
      finish({ validation, test, seconds, weightsSha256 });
    },
    hint() {},
    dryRun() {},
    failed: () => bar?.clear(),
    interrupted({ epochs }) {
      bar?.clear();
      stderr.write(`${label}: stopped after ${counted(epochs, "epoch")}\n`);
    },
  };
}
