/** Trains the same networks with this project and with its peers, and compares the times. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { compare } from "./lib/compare.mjs";
import { findContestants, names } from "./lib/contestants.mjs";
import { Data } from "./lib/data.mjs";
import { avx2 } from "./lib/environment.mjs";
import { describeMachine, heading } from "./lib/machine.mjs";
import {
  choices,
  count,
  dataDirectoryOf,
  nodesOf,
  note,
  run,
  usualOptions,
  valuesOf,
  writableFile,
} from "./lib/options.mjs";
import { reference, table } from "./lib/report.mjs";
import { describe, workloads } from "./workloads.mjs";

const usage = `Usage: node run.mjs [options]

  --workloads <list>  of ${Object.keys(workloads)} (default: all)
  --only <list>       of ${names.slice(0, 6).join(",")},
                      ${names.slice(6).join(",")} (default: all)
  --repeat <n>        runs of each contestant, interleaved, each with its own seed (default: 3)
  --epochs <n>        epochs of each run; the first is warm-up and does not count (default: 3)
  --minutes <n>       begin no further repeat after about so long; every contestant runs at least
                      once (default: no limit)
  --limit <seconds>   end a contestant's process that takes longer (default: 900)
  --data-dir <dir>    the four MNIST files, gzipped or not (default: TRAIN_MNIST_DATA; without
                      either, generated images with as many non-zero pixels)
  --node <path>       a Node.js to run those in JavaScript under; several may be given, and each
                      has rows of its own (default: the one that runs this)
  --avx2              let peers compute as on a processor that has no AVX-512, of which WebAssembly
                      makes no use
  --program <file>    the built command of this project (default: ../dist/bin/train-mnist.js)
  --json <file>       write all figures to this file, after each workload
  --help              print this help
`;

function parseOptions() {
  const string = /** @type {const} */ ("string");
  const values = valuesOf({
    workloads: { type: string, default: Object.keys(workloads).join(",") },
    only: { type: string, default: names.join(",") },
    repeat: { type: string, default: "3" },
    epochs: { type: string, default: "3" },
    minutes: { type: string },
    limit: { type: string, default: "900" },
    avx2: { type: "boolean" },
    ...usualOptions,
  });
  return {
    help: values.help,
    workloads: choices("workloads", values.workloads, Object.keys(workloads)),
    only: choices("only", values.only, names),
    repeats: count("repeat", values.repeat, 1),
    epochs: count("epochs", values.epochs, 2),
    minutes: values.minutes ? count("minutes", values.minutes, 1) : Number.POSITIVE_INFINITY,
    limit: count("limit", values.limit, 1),
    data: new Data(dataDirectoryOf(values["data-dir"])),
    environment: values.avx2 ? avx2 : {},
    nodes: nodesOf(values.node),
    program: resolve(values.program),
    json: writableFile(values.json),
  };
}

/** A contestant whose processes have more in their environment. */
function withEnvironment({ name, entries }, more) {
  const environment = (entry) => ({ ...entry.environment, ...more });
  return { name, entries: entries.map((entry) => ({ ...entry, environment: environment(entry) })) };
}

/** How far apart two cores were. @param {number[]} roundTrips */
function distances(roundTrips) {
  if (roundTrips.length === 0) return [];
  const [least, most] = [Math.min(...roundTrips), Math.max(...roundTrips)].map(Math.round);
  return [`A word went from one thread to another and back in ${least} to ${most} ns.`];
}

/** The part of the output that is about one workload. */
function section(name, { rows, failures, roundTrips }) {
  const { deformation } = workloads[name];
  return [
    `\n${name}: ${describe(workloads[name])}\n`,
    rows.length > 0 ? table(rows) : "No contestant finished.",
    ...(deformation
      ? ["train-mnist deforms the images in each epoch; all others get them deformed beforehand."]
      : []),
    ...distances(roundTrips),
    ...failures,
    "",
  ].join("\n");
}

await run(async (interruption) => {
  const options = parseOptions();
  if (options.help) return void process.stdout.write(usage);
  const { repeats, epochs, environment, data, json } = options;

  const found = findContestants(options.program, options.only, options.nodes);
  for (const { name, missing } of found) {
    if (missing) note(`Skipping ${name}; to include it: ${missing}`);
  }
  const contestants = found
    .filter((contestant) => contestant.entries)
    .map((contestant) => withEnvironment(contestant, environment));
  const machine = describeMachine(options.nodes, environment);
  process.stdout.write(heading(machine));

  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 60_000;
  const results = {};
  try {
    for (const [i, name] of options.workloads.entries()) {
      const minutes = (options.minutes - elapsed()) / (options.workloads.length - i);
      const limits = { repeats, epochs, minutes, limit: options.limit, interruption };
      const result = await compare(name, workloads[name], contestants, data, limits);
      process.stdout.write(section(name, result));
      const description = describe(workloads[name]);
      results[name] = { description, referenceSeconds: reference(result.rows), ...result };
      if (interruption.aborted) break;
      if (json) {
        const record = {
          date: new Date().toISOString(),
          machine,
          data: data.kind,
          epochs,
          repeats,
        };
        writeFileSync(json, `${JSON.stringify({ ...record, results }, undefined, 2)}\n`);
      }
    }
  } finally {
    data.remove();
  }
  note(
    `${interruption.aborted ? "Interrupted after" : "This took"} ${elapsed().toFixed(1)} minutes.`,
  );
  const measured = Object.values(results).some(({ rows }) => rows.length > 0);
  if (!measured) process.exitCode ||= 1;
});
