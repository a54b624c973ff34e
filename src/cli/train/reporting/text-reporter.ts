/** A run as people follow it: a bar within the epoch on a terminal, and a line for each epoch. */

import { counted } from "../../../counted.js";
import type { Ending, Settings } from "../../../training/index.js";
import { invocation } from "../../invocation.js";
import { duration, percent } from "../../terminal/format.js";
import { type ProgressBar, progressBar } from "../../terminal/progress-bar.js";
import { canDraw, paintFor, widthOf } from "../../terminal/streams.js";
import { visible } from "../../terminal/visible.js";
import { writeLines } from "../../terminal/wrapped.js";
import { epochLine } from "./epoch-line.js";
import { introduction } from "./introduction.js";
import { nextSteps } from "./next-steps.js";
import type { Reporter } from "./reporter.js";

export interface TextOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** Only the result. */
  readonly quiet: boolean;
}

export function textReporter({ stdout, stderr, env, quiet }: TextOptions): Reporter {
  const paint = paintFor(stdout, env);
  const print = (line: string) => writeLines(stdout, line);
  const message = (line: string) => quiet || writeLines(stderr, line);
  let bar: ProgressBar | undefined;
  let epochs = 0;
  let dataset = "";
  let settings: Settings;
  let machine = "";
  return {
    start(start) {
      dataset = visible(start.dataset);
      settings = start.settings;
      machine = `${counted(start.threads, "thread")}${start.simd ? `, ${start.simd} bits` : ""}`;
      epochs = settings.epochs;
      for (const line of introduction(start)) message(line);
      if (!quiet && canDraw(stderr, env)) bar = progressBar(stderr, start.trainSize, epochs);
    },
    progress(epoch, images, loss) {
      bar?.update(epoch, images, loss);
    },
    epoch(report) {
      bar?.clear();
      if (!quiet) print(epochLine(report, settings, widthOf(stdout)));
    },
    hint(_, text) {
      message(`hint: ${text}`);
    },
    end({ reason, testAccuracy, weightsSha256, epochs, ...end }) {
      if (reason !== "epochs") print(`ended early: ${earlyEndings[reason](settings)}`);
      const accuracy = paint("bold", percent(testAccuracy));
      print(`test accuracy ${accuracy} after epoch ${epochs}`);
      if (end.bestValidationAccuracy !== undefined) {
        const { bestTestAccuracy: best } = end;
        const accuracy = best === undefined ? "not measured" : percent(best);
        print(`at the epoch best on validation (${end.bestEpoch}): ${accuracy}`);
      }
      message(
        `${dataset}, ${duration(end.seconds)} in all; weights sha256 ${weightsSha256.slice(0, 16)}…`,
      );
      if (end.saved !== undefined) message(`saved to ${visible(end.saved)}`);
      if (end.savedBest !== undefined) {
        const { savedBestEpoch: epoch, bestEpoch } = end;
        const which =
          epoch === bestEpoch
            ? "the best on validation"
            : `epoch ${epoch}, the best on validation that was kept,`;
        message(`${which} to ${visible(end.savedBest)}`);
      }
      if (end.saved === undefined && stderr.isTTY) {
        for (const line of nextSteps(invocation(env), widthOf(stderr))) message(line);
      }
    },
    dryRun({ loss, seconds }) {
      bar?.clear();
      print(
        `one batch: mean cost ${loss.toFixed(4)} in ${duration(seconds)} (${machine}); nothing is trained`,
      );
    },
    failed() {
      bar?.clear();
    },
    interrupted({ epochs: done, saved }) {
      bar?.clear();
      writeLines(stderr, `stopped in epoch ${done + 1} of ${epochs}; ${done} finished`);
      if (saved === undefined) {
        return writeLines(stderr, "nothing of it is saved: that takes --save <file>");
      }
      writeLines(stderr, `saved to ${visible(saved.file)}; to resume it:`);
      // In one row, to be copied.
      stderr.write(`  ${saved.goOn}\n`);
    },
  };
}

/** Why a run ended before all its epochs were done. */
const earlyEndings: Readonly<Record<Exclude<Ending, "epochs">, (settings: Settings) => string>> = {
  "target-accuracy": ({ targetAccuracy }) =>
    `the validation accuracy has reached ${percent(targetAccuracy ?? 0)}`,
  patience: ({ patience }) =>
    `the validation accuracy has not improved in ${patience === 1 ? "an epoch" : `${patience} epochs`}`,
  "learning-rate": () => "the learning rate has dropped to 1/128",
};
