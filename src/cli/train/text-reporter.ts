/** A run as people follow it: a bar within the epoch on a terminal, and a line for each epoch. */

import { counted } from "../../counted.js";
import { deforms } from "../../data/deformed/deformation.js";
import type { Deformation } from "../../data/index.js";
import type { Ending, EpochReport, Settings } from "../../training/index.js";
import type { Followed } from "../configuration/given.js";
import { count, duration, percent } from "../terminal/format.js";
import { type ProgressBar, progressBar } from "../terminal/progress-bar.js";
import { canDraw, paintFor, widthOf } from "../terminal/streams.js";
import { visible } from "../terminal/visible.js";
import type { Reporter, Resumed, Start } from "./reporter.js";

export interface TextOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** Only the result. */
  readonly quiet: boolean;
}

export function textReporter({ stdout, stderr, env, quiet }: TextOptions): Reporter {
  const paint = paintFor(stdout, env);
  const print = (line: string) => stdout.write(`${line}\n`);
  const message = (line: string) => quiet || stderr.write(`${line}\n`);
  let bar: ProgressBar | undefined;
  let epochs = 0;
  let validates = false;
  let dataset = "";
  let settings: Settings;
  return {
    start(start) {
      validates = start.validationSize > 0;
      dataset = visible(start.dataset);
      settings = start.settings;
      epochs = settings.epochs;
      for (const line of introduction(start)) message(line);
      if (!quiet && canDraw(stderr, env)) bar = progressBar(stderr, start.trainSize, epochs);
    },
    progress(epoch, images) {
      bar?.update(epoch, images);
    },
    epoch(report) {
      bar?.clear();
      if (!quiet) print(within(epochLine(report, settings), widthOf(stdout)));
    },
    hint(_, text) {
      message(`hint: ${text}`);
    },
    end({ reason, testAccuracy, bestEpoch, bestTestAccuracy, weightsSha256, epochs, ...end }) {
      if (reason !== "epochs") print(`ended early: ${earlyEndings[reason](settings)}`);
      const accuracy = paint("bold", percent(testAccuracy));
      print(`test accuracy ${accuracy} after epoch ${epochs}`);
      if (validates) {
        print(`at the epoch best on validation (${bestEpoch}): ${percent(bestTestAccuracy)}`);
      }
      message(
        `${dataset}, ${duration(end.seconds)} in all; weights sha256 ${weightsSha256.slice(0, 16)}…`,
      );
      if (end.saved !== undefined) message(`saved to ${visible(end.saved)}`);
      if (end.savedBest !== undefined) {
        message(`the best on validation to ${visible(end.savedBest)}`);
      }
    },
    dryRun({ loss, seconds }) {
      bar?.clear();
      print(`one batch: mean cost ${loss.toFixed(4)} in ${duration(seconds)}; nothing is trained`);
    },
    failed() {
      bar?.clear();
    },
    interrupted({ epochs: done, saved }) {
      bar?.clear();
      stderr.write(`stopped in epoch ${done + 1} of ${epochs}; ${done} finished\n`);
      if (saved !== undefined) {
        stderr.write(`saved to ${visible(saved.file)}; to resume it:\n  ${saved.goOn}\n`);
      }
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

function introduction(start: Start): string[] {
  const { settings, layers, recipe, resumed } = start;
  const { activation, cost, init, learningRate, batchSize, lambda, seed } = settings;
  return [
    ...(recipe === undefined ? [] : [followed(recipe)]),
    `${visible(start.dataset)}: ${counted(start.trainSize, "image", count)} to train on, ${count(start.validationSize)} for validation, ${count(start.testSize)} to test`,
    `network [${layers}], ${counted(start.parameters, "parameter", count)}: ${activation}, ${cost}, ${init} weights`,
    ...(deforms(settings) ? [`images deformed: ${parts(settings)}`] : []),
    `η ${learningRate}, batch ${batchSize}, λ ${lambda}, seed ${seed}; executor ${start.executor}`,
    ...extras(settings),
    ...(resumed === undefined ? [] : [resumption(resumed)]),
  ];
}

function followed({ name, except }: Followed): string {
  return except.length === 0 ? `recipe ${name}` : `recipe ${name}, except ${except.join(", ")}`;
}

function resumption({ file: path, epochs, images, ended }: Resumed): string {
  const file = visible(path);
  if (ended) return `${file} ended with epoch ${epochs}: nothing is left to train`;
  const where =
    images > 0 ? `${counted(images, "image", count)} of epoch ${epochs + 1}` : `epoch ${epochs}`;
  return `resuming ${file} after ${where}`;
}

/** A line on what goes beyond plain gradient descent, if anything does. */
function extras(settings: Settings): string[] {
  const { optimizer, momentum, schedule, warmup, dropout, inputDropout, maxNorm } = settings;
  const said = [
    optimizer !== "sgd" && optimizer,
    momentum > 0 && `momentum ${momentum}`,
    schedule !== "constant" && `schedule ${schedule}`,
    warmup > 0 && `warm-up ${warmup}`,
    dropout > 0 && `dropout ${dropout}`,
    inputDropout > 0 && `input dropout ${inputDropout}`,
    maxNorm !== undefined && `max-norm ${maxNorm}`,
  ].filter(Boolean);
  return said.length === 0 ? [] : [said.join(", ")];
}

function parts({ elastic, rotation, shear, scaling }: Deformation): string {
  const said = [
    elastic && `elastic σ ${elastic.sigma} α ${elastic.alpha}`,
    rotation !== undefined && `rotation ${rotation}°`,
    shear !== undefined && `shear ${shear}°`,
    scaling !== undefined && `scaling ${scaling}%`,
  ];
  return said.filter(Boolean).join(", ");
}

/** The parts of an epoch's line, the most important first. */
function epochLine(report: EpochReport, { epochs, schedule, warmup }: Settings): string[] {
  const { epoch, loss, validationAccuracy, testAccuracy, seconds, imagesPerSecond } = report;
  const changes = schedule !== "constant" || warmup > 0;
  return [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    ...(validationAccuracy === undefined ? [] : [`validation ${percent(validationAccuracy)}`]),
    `test ${percent(testAccuracy)}`,
    ...(changes ? [`η ${Number(report.learningRate.toPrecision(3))}`] : []),
    duration(seconds),
    `${count(imagesPerSecond)} images/s`,
  ];
}

/** As many of the parts as the width has room for. */
function within(parts: readonly string[], width: number): string {
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line}  ${part}`;
    if (longer.length > width) break;
    line = longer;
  }
  return line;
}
