/** `train-mnist predict`: which digits a saved network sees in images. */
import { readCheckpoint } from "../../checkpoints/index.js";
import { classNames } from "../../data/class-names.js";
import { DataError, type ReadImages, readImages } from "../../data/index.js";
import { SEVERAL } from "../../data/pictures/several.js";
import { classify } from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { report } from "../errors/report.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { ExecutorFlags } from "../options/executor.js";
import { visible } from "../terminal/visible.js";
import { type Prediction, predictionLine, predictionText } from "./text.js";

export interface PredictFlags extends ExecutorFlags {
  readonly index?: number;
  readonly show?: boolean;
  readonly brief?: boolean;
  readonly json?: boolean;
}

/**
 * Resolves to the exit code: that of failure if one of the files cannot be read, of which each is
 * complained about while the others are predicted. Throws a CheckpointError or a UsageError.
 */
export async function predict(
  file: string,
  paths: readonly string[],
  flags: PredictFlags,
): Promise<ExitCode> {
  const executor = chooseExecutor(flags, process.env);
  const checkpoint = await readCheckpoint(file);
  const names = classNames(checkpoint.dataset.name);
  const units = checkpoint.settings.cost === "softmax" ? "softmax" : "sigmoid";
  let code: ExitCode = exitCodes.success;
  for (const path of paths) {
    try {
      const { images, first, isOnly } = await imagesIn(path, flags.index);
      const warning = images.isSeveral ? SEVERAL : undefined;
      if (warning && !flags.json)
        process.stderr.write(`train-mnist: ${visible(path)} ${warning}\n`);
      const { predicted, outputs } = await classify(checkpoint, images, executor);
      const classes = outputs.length / images.count;
      for (let i = 0; i < images.count; i++) {
        const prediction: Prediction = {
          file: path,
          index: isOnly ? undefined : first + i,
          class: predicted[i] as number,
          ...(names && { name: names[predicted[i] as number] as string }),
          outputs: Array.from(outputs.subarray(i * classes, (i + 1) * classes)),
        };
        if (flags.json) print(JSON.stringify({ ...prediction, units, warning }));
        else if (flags.brief) print(predictionLine(prediction));
        else print(...predictionText(prediction, names, flags.show ? { images, i } : undefined));
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      code = report(error);
    }
  }
  return code;
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Those of a file that are asked for; `first` is where they begin in it. */
async function imagesIn(
  path: string,
  index: number | undefined,
): Promise<{ images: ReadImages; first: number; isOnly: boolean }> {
  const images = await readImages(path);
  const { count, rows, columns, pixels } = images;
  if (index !== undefined && index >= count) {
    throw new DataError(`${path} has no image ${index}: its last one is ${count - 1}.`);
  }
  if (index === undefined || count === 1) return { images, first: 0, isOnly: count === 1 };
  const size = rows * columns;
  const one = pixels.subarray(index * size, (index + 1) * size);
  return { images: { ...images, count: 1, pixels: one }, first: index, isOnly: false };
}
