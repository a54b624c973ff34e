/** `train-mnist backprop`: derives backpropagation for a network and a sample, and prints it. */
import { column } from "../../autodiff/index.js";
import { type Exercise, type Report, reportOn } from "../../derivation/index.js";
import { type ActivationName, type CostName, initialise } from "../../nn/index.js";
import { generator, uniform } from "../../random.js";
import { expectFetching, loadLocally } from "../dataset/load.js";
import type { PlaceFlags } from "../dataset/places.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { withStatusLine } from "../terminal/status-line.js";
import { paintFor, widthOf } from "../terminal/streams.js";
import { documentOf } from "./document.js";
import { graphWriter } from "./graph.js";
import { jsonOf } from "./json.js";
import { markdownOf } from "./markdown.js";
import { textOf } from "./text.js";

/** What the flags of `train-mnist backprop` say. */
export interface Flags extends PlaceFlags {
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  readonly seed: number;
  readonly layers?: readonly number[];
  readonly digit: number;
  readonly values?: boolean;
  readonly format: "text" | "markdown";
  readonly json?: boolean;
  readonly graph?: string;
}

/** The width off a terminal, and the most that is used of one. */
const USUAL_WIDTH = 80;

/**
 * Resolves to the exit code: failure if an equality does not hold.
 *
 * @param typed the flags that the user has given
 */
export async function backprop(flags: Flags, typed: readonly string[]): Promise<ExitCode> {
  expectActive(flags, typed);
  const { stdout, stderr } = process;
  const writeGraph = flags.graph === undefined ? undefined : await graphWriter(flags.graph);
  const { exercise, sample } = await (flags.layers ? shortExercise(flags) : digitExercise(flags));
  const report = withStatusLine(stderr, process.env, (show) => {
    show("deriving the equations");
    return reportOn(exercise, {
      seed: flags.seed,
      onProgress: (done, all) => {
        show(`comparing with finite differences: ${Math.floor((100 * done) / all)}%`);
      },
    });
  });
  if (writeGraph !== undefined) {
    await writeGraph(report);
    stderr.write(`the graph is in ${flags.graph}\n`);
  }
  stdout.write(`${written(report, sample, flags)}\n`);
  return exitCodeOf(report);
}

/** Throws a {@link UsageError} if the activation of hidden layers is given, and there are none. */
function expectActive({ layers, hidden, activation }: Flags, typed: readonly string[]): void {
  const inner = layers?.slice(1, -1) ?? hidden;
  if (inner.length > 0 || !typed.includes("activation")) return;
  const beside = layers ? `--layers ${layers}` : "--hidden none";
  throw new UsageError(
    `--activation ${activation} has no effect: with ${beside}, there are no hidden layers`,
  );
}

/** Says so if an equality does not hold. */
export function exitCodeOf({ holds }: Report): ExitCode {
  if (holds) return exitCodes.success;
  process.stderr.write("train-mnist: not every equality holds: see those marked ✗\n");
  return exitCodes.failure;
}

function written(report: Report, sample: string, flags: Flags): string {
  const { stdout, env } = process;
  const options = { sample, seed: flags.seed, values: flags.values ?? false };
  if (flags.json) return JSON.stringify(jsonOf(report, options));
  const document = documentOf(report, options);
  if (flags.format === "markdown") return markdownOf(document);
  const width = Math.min(widthOf(stdout), USUAL_WIDTH);
  return textOf(document, { width, paint: paintFor(stdout, env) });
}

/** What is derived, and what the sample is, in words. */
interface Task {
  readonly exercise: Exercise;
  readonly sample: string;
}

/** A network for a short input, which the seed decides. */
async function shortExercise(flags: Flags): Promise<Task> {
  const sizes = flags.layers as readonly number[];
  if (flags.cost === "softmax" && sizes.at(-1) === 1) {
    throw new UsageError(
      `--layers ${sizes} with --cost softmax: a single output is always 1; choose at least two`,
    );
  }
  const random = generator(flags.seed, "input");
  const input = Array.from({ length: sizes[0] as number }, () => uniform(random));
  const sample = `an input of ${input.length} random numbers from 0 to 1, of class 0`;
  return { exercise: exerciseOf(flags, sizes, input, 0), sample };
}

/** A network for one of the training images. */
async function digitExercise(flags: Flags): Promise<Task> {
  expectFetching(flags);
  const { train, name, classes } = await loadLocally(flags);
  const { digit } = flags;
  if (digit >= train.count) {
    throw new UsageError(`--digit ${digit} should be at most ${train.count - 1}, the last image`);
  }
  const size = train.rows * train.columns;
  const pixels = train.pixels.subarray(digit * size, (digit + 1) * size);
  const input = Array.from(pixels, (pixel) => pixel / 255);
  const label = train.labels[digit] as number;
  const sample = `image ${digit} of ${name}, a ${label}, its pixels from 0 to 1`;
  return { exercise: exerciseOf(flags, [size, ...flags.hidden, classes], input, label), sample };
}

function exerciseOf(
  { activation, cost, seed }: Flags,
  sizes: readonly number[],
  input: readonly number[],
  label: number,
): Exercise {
  const outputs = Array.from({ length: sizes.at(-1) as number }, (_, k) => Number(k === label));
  return {
    sizes,
    activation,
    cost,
    theta: initialise("default", sizes, generator(seed, "weights")),
    input: column(input),
    desired: column(outputs),
  };
}
