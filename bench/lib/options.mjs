/** What the programs of the benchmark have in common: options, notes, and ending in order. */
import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findNode } from "./contestants.mjs";
import { hasDataset } from "./idx.mjs";

/** Wrong usage: ends the program with exit code 2. */
export class UsageError extends Error {}

/** Progress and notes, apart from the tables on stdout. @param {string} text */
export function note(text) {
  process.stderr.write(`${text}\n`);
}

const string = /** @type {const} */ ("string");

/** What all programs of the benchmark have: the images, a Node.js, this project, and a file for figures. */
export const usualOptions = {
  "data-dir": { type: string, default: process.env.TRAIN_MNIST_DATA },
  node: { type: string, multiple: true, default: [process.execPath] },
  program: {
    type: string,
    default: fileURLToPath(new URL("../../dist/bin/train-mnist.js", import.meta.url)),
  },
  json: { type: string },
};

/** The values of the command line. @param {import("node:util").ParseArgsConfig["options"]} options */
export function valuesOf(options) {
  try {
    return parseArgs({ options: { ...options, help: { type: "boolean" } } }).values;
  } catch (error) {
    throw new UsageError(error.message.replace(/[^.]$/, "$&."));
  }
}

/** @param {string} option @param {string} list @param {string[]} known */
export function choices(option, list, known) {
  const chosen = [...new Set(list.split(",").map((name) => name.trim()))];
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown === undefined) return chosen;
  throw new UsageError(`--${option} does not know "${unknown}"; it knows ${known.join(", ")}.`);
}

/** @param {string} option @param {string} text @param {number} least */
export function count(option, text, least) {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(`--${option} is a whole number from ${least} on, not "${text}".`);
}

/** @param {string} option @param {string} list of whole numbers from 1 on */
export const counts = (option, list) => list.split(",").map((text) => count(option, text, 1));

/** @param {string[]} paths */
export function nodesOf(paths) {
  const named = [...new Set(paths)];
  return named.map((path) => {
    try {
      return findNode(path, named.length > 1);
    } catch {
      throw new UsageError(`--node ${path} is not a Node.js that runs.`);
    }
  });
}

/** @param {string | undefined} directory the absolute path, if one is named */
export function dataDirectoryOf(directory) {
  if (!directory) return undefined;
  if (hasDataset(directory)) return resolve(directory);
  throw new UsageError(`${directory} does not have the four IDX files of MNIST.`);
}

/** Fails now, and not after an hour, if the file cannot be written. @param {string | undefined} file */
export function writableFile(file) {
  if (file === undefined) return undefined;
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return resolve(file);
  } catch {}
  throw new UsageError(`--json ${file} cannot be written: name a file in a folder that exists.`);
}

/**
 * Runs a program of the benchmark: wrong usage is one sentence and exit code 2. After Ctrl-C, or
 * SIGTERM, the signal aborts, and the exit code is 130, or 143.
 *
 * @param {(interruption: AbortSignal) => Promise<void>} main
 */
export async function run(main) {
  const interruption = new AbortController();
  for (const [name, code] of /** @type {const} */ ([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])) {
    process.once(name, () => {
      process.exitCode = code;
      interruption.abort();
    });
  }
  // A reader that has seen enough, such as head.
  process.stdout.on("error", () => process.exit(141));
  try {
    await main(interruption.signal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    note(`${error.message} See --help.`);
    process.exitCode = 2;
  }
}
