/** `train-mnist data generate`: as many generated digits as wanted, in the format of MNIST. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { counted } from "../../counted.js";
import { DataError, encodeIdx, generateDigits, type IdxArray } from "../../data/index.js";
import { SIDE } from "../../data/pictures/normalise.js";
import { attemptToWrite } from "../../files/attempt.js";
import { makeDirectory } from "../../files/directory.js";
import { replaceFile } from "../../files/replace.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exitCodeOf, untilInterrupted } from "../interruption.js";
import { amountBar } from "../terminal/amount-bar.js";
import { count as inWords } from "../terminal/format.js";
import { canDraw } from "../terminal/streams.js";

export interface GenerateFlags {
  readonly count: number;
  readonly seed: number;
  readonly wildness: number;
  readonly out: string;
}

/** Digits drawn between two looks at Ctrl-C: a tenth of a second or so. */
const PORTION = 500;

/** Resolves to the exit code; throws a DataError if the folder has files or cannot be written. */
export function generate(flags: GenerateFlags): Promise<ExitCode> {
  return untilInterrupted((signal) => generateUntil(signal, flags));
}

async function generateUntil(signal: AbortSignal, flags: GenerateFlags): Promise<ExitCode> {
  const { stdout, stderr, env } = process;
  const { count, out } = flags;
  const tests = Math.ceil(count / 10);
  const bar = canDraw(stderr, env) ? amountBar(stderr, inWords) : undefined;
  try {
    await makeEmptyDirectory(out);
    stderr.write(
      `drawing ${counted(count, "digit", inWords)} to train on, ${inWords(tests)} to test\n`,
    );
    const pixels = new Uint8Array((count + tests) * SIDE * SIDE);
    const labels = new Uint8Array(count + tests);
    for (let first = 0; first < labels.length && !signal.aborted; first += PORTION) {
      const portion = Math.min(PORTION, labels.length - first);
      const digits = generateDigits({ ...flags, first, count: portion });
      pixels.set(digits.pixels, first * SIDE * SIDE);
      labels.set(digits.labels, first);
      bar?.update("drawing", first + portion, labels.length);
      await setImmediate();
    }
    if (signal.aborted) return exitCodeOf(signal);
    await save(out, "train", pixels.subarray(0, count * SIDE * SIDE), labels.subarray(0, count));
    await save(out, "t10k", pixels.subarray(count * SIDE * SIDE), labels.subarray(count));
  } finally {
    bar?.clear();
  }
  stdout.write(`${out}\n`);
  return exitCodes.success;
}

/** A folder with files is not touched: they might be the real ones. */
async function makeEmptyDirectory(path: string): Promise<void> {
  const names = await writeInto(path, async () => {
    await makeDirectory(path);
    return readdir(path);
  });
  if (names.length > 0) {
    throw new DataError(`${path} is not empty: choose another folder for --out.`);
  }
}

async function save(
  directory: string,
  prefix: "train" | "t10k",
  pixels: Uint8Array,
  labels: Uint8Array,
): Promise<void> {
  const files: Record<string, IdxArray> = {
    "images-idx3": { type: "u8", dimensions: [labels.length, SIDE, SIDE], data: pixels },
    "labels-idx1": { type: "u8", dimensions: [labels.length], data: labels },
  };
  for (const [kind, array] of Object.entries(files)) {
    const path = join(directory, `${prefix}-${kind}-ubyte.gz`);
    const packed = await promisify(gzip)(encodeIdx(array), { level: 9 });
    await writeInto(directory, () => replaceFile(path, [packed]));
  }
}

function writeInto<T>(directory: string, action: () => Promise<T>): Promise<T> {
  return attemptToWrite(
    action,
    (reason, options) => new DataError(`Cannot write into ${directory}: ${reason}.`, options),
  );
}
