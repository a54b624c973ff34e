/** Trains the same networks with this project and with its peers, and compares the times. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findContestants, findNodes, names } from "./lib/contestants.mjs";
import { generateDataset } from "./lib/generated.mjs";
import { hasDataset } from "./lib/idx.mjs";
import { measure } from "./lib/measure.mjs";
import { reference, summarize, table } from "./lib/report.mjs";
import { describe, workloads } from "./workloads.mjs";

const usage = `Usage: node run.mjs [options]

  --workloads <list>  of ${Object.keys(workloads)} (default: all)
  --only <list>       of ${names.join(",")}
                      (default: all)
  --repeat <n>        runs of each contestant, interleaved, each with its own seed (default: 3)
  --epochs <n>        epochs of each run; the first is warm-up and does not count (default: 3)
  --data-dir <dir>    the four MNIST files, gzipped or not (default: TRAIN_MNIST_DATA; without
                      either, generated images with as many non-zero pixels)
  --node <path>       a Node.js to run those in JavaScript under; several may be given, and each
                      has rows of its own (default: the one that runs this)
  --program <file>    the built command of this project (default: ../dist/bin/train-mnist.js)
  --json <file>       write all figures to this file
  --help              print this help
`;

/** Wrong usage: ends the program with exit code 2. */
class UsageError extends Error {}

/** @param {string} option @param {string} list @param {string[]} known */
function choices(option, list, known) {
  const chosen = list.split(",");
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown === undefined) return chosen;
  throw new UsageError(`--${option} does not know "${unknown}"; it knows ${known.join(", ")}.`);
}

/** @param {string} option @param {string} text @param {number} least */
function count(option, text, least) {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(`--${option} is a whole number from ${least} on, not "${text}".`);
}

/** @param {string[]} paths */
function nodesOf(paths) {
  try {
    return findNodes(paths);
  } catch (error) {
    throw new UsageError(`--node names a Node.js that does not run: ${error.message}.`);
  }
}

function parseOptions() {
  const string = /** @type {const} */ ("string");
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        workloads: { type: string, default: Object.keys(workloads).join(",") },
        only: { type: string, default: names.join(",") },
        repeat: { type: string, default: "3" },
        epochs: { type: string, default: "3" },
        "data-dir": { type: string, default: process.env.TRAIN_MNIST_DATA },
        node: { type: string, multiple: true, default: [process.execPath] },
        program: {
          type: string,
          default: fileURLToPath(new URL("../dist/bin/train-mnist.js", import.meta.url)),
        },
        json: { type: string },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  const directory = values["data-dir"];
  if (directory && !hasDataset(directory)) {
    throw new UsageError(`${directory} does not have the four IDX files of MNIST.`);
  }
  return {
    help: values.help,
    workloads: choices("workloads", values.workloads, Object.keys(workloads)),
    only: choices("only", values.only, names),
    repeats: count("repeat", values.repeat, 1),
    epochs: count("epochs", values.epochs, 2),
    dataDirectory: directory && resolve(directory),
    nodes: nodesOf(values.node),
    program: resolve(values.program),
    json: values.json,
  };
}

/** Progress and notes, apart from the tables on stdout. @param {string} text */
function note(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * All runs of one workload, the contestants taking turns.
 *
 * @returns {Promise<(import("./lib/report.mjs").Row & { runs: import("./lib/measure.mjs").Run[] })[]>}
 *   one row per contestant that finished, of its best thread count
 */
async function compare(name, contestants, { repeats, epochs, dataDirectory }) {
  const workload = workloads[name];
  const entries = contestants.flatMap((contestant) => contestant.entries);
  const runs = new Map(entries.map((entry) => [entry, []]));
  for (let repeat = 1; repeat <= repeats; repeat++) {
    for (const entry of runs.keys()) {
      const { threads, fractions } = entry;
      const task = { workload, epochs, threads, fraction: fractions[name] ?? 1, seed: repeat };
      note(`${name} ${repeat}/${repeats} ${entry.name}, threads: ${threads}`);
      try {
        runs.get(entry).push(await measure(entry, { ...task, dataDirectory }));
      } catch (error) {
        note(error.message);
        runs.delete(entry);
      }
    }
  }
  return contestants.flatMap(({ entries }) =>
    entries
      .filter((entry) => runs.has(entry))
      .map((entry) => ({
        ...summarize(entry, entry.fractions[name] ?? 1, runs.get(entry)),
        runs: runs.get(entry),
      }))
      .toSorted((a, b) => a.median - b.median)
      .slice(0, 1),
  );
}

async function main() {
  const options = parseOptions();
  if (options.help) return process.stdout.write(usage);

  const contestants = findContestants(options.program, options.only, options.nodes);
  for (const { name, missing } of contestants) {
    if (missing) note(`Skipping ${name}; to include it: ${missing}`);
  }
  const machine = {
    processor: cpus()[0].model,
    processors: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    nodes: options.nodes.map(({ versions: { node, v8 } }) => ({ node, v8 })),
    loadBefore: loadavg()[0],
  };
  if (machine.loadBefore > 0.5) {
    note(`The machine is busy (load ${machine.loadBefore.toFixed(1)}): times will be too long.`);
  }

  const versions = machine.nodes.map(({ node, v8 }) => `Node.js ${node} (V8 ${v8})`).join(", ");
  process.stdout.write(`${machine.processors} × ${machine.processor}; ${versions}\n`);

  const temporary = options.dataDirectory
    ? undefined
    : mkdtempSync(join(tmpdir(), "train-mnist-bench-"));
  try {
    if (temporary) {
      note("No MNIST given (--data-dir or TRAIN_MNIST_DATA): generating images in its place.");
      generateDataset(temporary, 1);
    }
    const dataDirectory = options.dataDirectory ?? temporary;
    const results = {};
    for (const name of options.workloads) {
      const present = contestants.filter((contestant) => contestant.entries);
      const rows = await compare(name, present, { ...options, dataDirectory });
      const description = describe(workloads[name]);
      const body = rows.length > 0 ? table(rows) : "No contestant finished.";
      process.stdout.write(`\n${name}: ${description}\n\n${body}\n`);
      results[name] = { description, referenceSeconds: reference(rows), rows };
    }
    if (options.json) {
      const { epochs, repeats } = options;
      const data = temporary ? "generated" : "MNIST";
      const record = { date: new Date().toISOString(), machine, data, epochs, repeats, results };
      writeFileSync(options.json, `${JSON.stringify(record, undefined, 2)}\n`);
    }
  } finally {
    if (temporary) rmSync(temporary, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  note(`${error.message} See --help.`);
  process.exitCode = 2;
}
