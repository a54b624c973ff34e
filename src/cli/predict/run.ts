/** `train-mnist predict`: which digits a saved network, or a committee of several, sees in images. */
import { classNames } from "../../data/class-names.js";
import { readImagesFrom } from "../../data/disk/read-images.js";
import { DataError, type ReadImages, readImages } from "../../data/index.js";
import { SEVERAL } from "../../data/pictures/several.js";
import { chooseExecutor } from "../choose-executor.js";
import { UsageError } from "../errors/kinds.js";
import { report } from "../errors/report.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { classifyBy } from "../networks/classify.js";
import { type Network, networksAmong, readNetworks } from "../networks/read.js";
import type { ExecutorFlags } from "../options/executor.js";
import type { NetworkFlags } from "../options/network.js";
import { visible } from "../terminal/visible.js";
import { writeLines } from "../terminal/wrapped.js";
import { type Prediction, predictionLine, predictionText } from "./text.js";

export interface PredictFlags extends ExecutorFlags, NetworkFlags {
  readonly index?: number;
  readonly show?: boolean;
  readonly brief?: boolean;
  readonly json?: boolean;
}

/** The name for the standard input. */
const STDIN = "-";

/**
 * Resolves to the exit code: that of failure if one of the images cannot be read, of which each is
 * complained about while the others are predicted. Throws a CheckpointError or a UsageError.
 */
export async function predict(files: readonly string[], flags: PredictFlags): Promise<ExitCode> {
  const executor = chooseExecutor(flags, process.env);
  const { networks: found, others } = await networksAmong(files.filter((file) => file !== STDIN));
  // If none is a network, the first is what should have been one.
  const named = found.length > 0 ? found : others.splice(0, 1);
  const paths = files.filter((file) => file === STDIN || others.includes(file));
  expectImages(named, paths);
  const networks = await readNetworks(named, flags);
  const names = namesFor(networks);
  const units = unitsOf(networks);
  let code: ExitCode = exitCodes.success;
  for (const path of paths) {
    try {
      const { images, first, isOnly } = await imagesIn(path, flags.index);
      const warning = images.isSeveral ? SEVERAL : undefined;
      if (warning && !flags.json) {
        writeLines(process.stderr, `train-mnist: ${visible(path)} ${warning}`);
      }
      const { predicted, outputs } = await classifyBy(networks, images, executor);
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
        else if (flags.brief) writeLines(process.stdout, predictionLine(prediction));
        else print(...predictionText(prediction, names, flags.show ? { images, i } : undefined));
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      code = report(error);
    }
  }
  return code;
}

function expectImages(networks: readonly string[], images: readonly string[]): void {
  if (networks.length === 0) throw new UsageError("predict needs a network that --save has saved");
  if (images.length === 0) {
    throw new UsageError(
      `predict needs a network that --save has saved, and then an image to look at with it, not ${networks.join(", ")} alone`,
    );
  }
  if (images.indexOf(STDIN) !== images.lastIndexOf(STDIN)) {
    throw new UsageError("the standard input, -, can be read only once");
  }
}

/** What the classes are called, if they are no digits, and all networks were trained on the same. */
function namesFor(networks: readonly Network[]): readonly string[] | undefined {
  const [first, ...others] = networks.map(({ dataset }) => dataset?.name);
  return first !== undefined && others.every((name) => name === first)
    ? classNames(first)
    : undefined;
}

/** Of which kind the outputs are that are shown. */
function unitsOf(networks: readonly Network[]): "softmax" | "sigmoid" | "mixed" {
  const softmax = networks.filter(({ settings }) => settings.cost === "softmax").length;
  if (softmax === 0) return "sigmoid";
  return softmax === networks.length ? "softmax" : "mixed";
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Those of a file that are asked for; `first` is where they begin in it. */
async function imagesIn(
  path: string,
  index: number | undefined,
): Promise<{ images: ReadImages; first: number; isOnly: boolean }> {
  const images = await (path === STDIN
    ? readImagesFrom(process.stdin, "the standard input")
    : readImages(path));
  const { count, rows, columns, pixels } = images;
  if (index !== undefined && index >= count) {
    throw new DataError(
      `${path === STDIN ? "the standard input" : path} has no image ${index}: its last one is ${count - 1}.`,
    );
  }
  if (index === undefined || count === 1) return { images, first: 0, isOnly: count === 1 };
  const size = rows * columns;
  const one = pixels.subarray(index * size, (index + 1) * size);
  return { images: { ...images, count: 1, pixels: one }, first: index, isOnly: false };
}
