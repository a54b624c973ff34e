/** `train-mnist predict`: which digits a saved network sees in images. */
import { readCheckpoint } from "../../checkpoints/index.js";
import { DataError, type ReadImages, readImages } from "../../data/index.js";
import { classify } from "../../training/index.js";
import { chooseExecutor } from "../choose-executor.js";
import { report } from "../errors/report.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { ExecutorFlags } from "../options/executor.js";
import { drawImages } from "../terminal/images.js";
import { paintFor, usualWidthOf } from "../terminal/streams.js";
import { visible } from "../terminal/visible.js";

export interface PredictFlags extends ExecutorFlags {
  readonly index?: number;
  readonly show?: boolean;
  readonly json?: boolean;
}

interface Prediction {
  readonly file: string;
  /** Where the image stands in an IDX file that holds several; undefined if it is the only one. */
  readonly index: number | undefined;
  readonly class: number;
  /** The output of each class, from 0 to 1. */
  readonly outputs: readonly number[];
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
        const prediction = {
          file: path,
          index: isOnly ? undefined : first + i,
          class: predicted[i] as number,
          outputs: Array.from(outputs.subarray(i * classes, (i + 1) * classes)),
        };
        const lines = flags.json
          ? [JSON.stringify({ ...prediction, units, warning })]
          : inText(prediction, flags.show ? { images, i } : undefined);
        process.stdout.write(`${lines.join("\n")}\n`);
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      code = report(error);
    }
  }
  return code;
}

const SEVERAL =
  "seems to show several digits, which were read as one: cut it into pictures of one digit each";

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

const BAR = 40;

/** The image if it is to be shown, the class, and under it the output of each with a bar. */
function inText(prediction: Prediction, shown?: { images: ReadImages; i: number }): string[] {
  const { stdout, env } = process;
  const paint = paintFor(stdout, env);
  const drawing = { width: usualWidthOf(stdout), paint, caption: () => nameOf(prediction) };
  return [
    ...(shown ? drawImages(shown.images, [shown.i], drawing) : []),
    `${nameOf(prediction)}: ${paint("bold", String(prediction.class))}`,
    ...prediction.outputs.map((output, k) => {
      const line =
        `  ${k}  ${output.toFixed(3)}  ${"█".repeat(Math.round(BAR * output))}`.trimEnd();
      return k === prediction.class ? paint("bold", line) : line;
    }),
  ];
}

function nameOf({ file, index }: Prediction): string {
  return index === undefined ? visible(file) : `${visible(file)} #${index}`;
}
