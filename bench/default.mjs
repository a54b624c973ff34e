/** Times whole runs of what was first the default recipe, this version against another, in pairs. */
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { earlierProgram } from "./lib/earlier.mjs";
import { environment } from "./lib/environment.mjs";
import { describeMachine, heading } from "./lib/machine.mjs";
import { parsed } from "./lib/measure.mjs";
import {
  count,
  dataDirectoryOf,
  nodesOf,
  note,
  run,
  UsageError,
  usualOptions,
  valuesOf,
  writableFile,
} from "./lib/options.mjs";
import { pairedTable } from "./lib/pairs.mjs";

const usage = `Usage: node default.mjs --against <version> [options]

Runs what \`train-mnist\` did without flags in version 0.1.0, with this version and with another, in turn.
It is the recipe one-hidden-layer, whose settings all versions know. Five pairs take about four minutes, and
building the other version for the first time another two.

  --against <name>   a tag or version (0.1.0), a commit, a folder with this project, built, or the
                     file of a built command
  --repeat <n>       pairs of runs (default: 5)
  --epochs <n>       of each run, for a quick look (default: twenty)
  --data-dir <dir>   the four MNIST files, gzipped or not (default: TRAIN_MNIST_DATA; needed)
  --node <path>      a Node.js to run both under; several may be given, and each has a table
                     (default: the one that runs this)
  --program <file>   the built command of this version (default: ../dist/bin/train-mnist.js)
  --json <file>      write all figures to this file
  --help             print this help
`;

/** As in version 0.1.0. */
const EPOCHS = 20;

/** The recipe one-hidden-layer in flags. */
const SETTINGS = [
  ...["--learning-rate", "0.5", "--schedule", "cosine", "--batch-size", "10"],
  ...["--hidden", "200", "--activation", "sigmoid", "--cost", "cross-entropy", "--init", "default"],
  ...["--elastic", "5,30", "--rotation", "10", "--shear", "10", "--scaling", "10"],
];

function parseOptions() {
  const string = /** @type {const} */ ("string");
  const values = valuesOf({
    against: { type: string },
    repeat: { type: string, default: "5" },
    epochs: { type: string, default: String(EPOCHS) },
    ...usualOptions,
  });
  if (values.help) return { help: true };
  const dataDirectory = dataDirectoryOf(values["data-dir"]);
  if (!values.against) throw new UsageError("--against is missing: name a version, such as 0.1.0.");
  if (!dataDirectory) throw new UsageError("--data-dir is missing: name the folder with MNIST.");
  const program = resolve(values.program);
  if (!existsSync(program)) throw new UsageError(`${program} is not built: npm run build.`);
  return {
    repeats: count("repeat", values.repeat, 1),
    epochs: count("epochs", values.epochs, 1),
    dataDirectory,
    nodes: nodesOf(values.node),
    json: writableFile(values.json),
    programs: [program, earlierProgram(values.against)],
    names: ["this version", values.against],
  };
}

/**
 * One run, from its start to its end.
 *
 * @returns {Promise<import("./lib/pairs.mjs").Whole>}
 */
async function whole(node, program, { dataDirectory, epochs }, signal) {
  const args = [program, "--json", "--data-dir", dataDirectory, "--epochs", String(epochs)];
  const started = performance.now();
  const child = spawn(node.path, [...args, ...SETTINGS], {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(),
    signal,
    killSignal: "SIGKILL",
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  let training = 0;
  let end;
  let first;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parsed(line);
    if (event?.event === "start") first = event;
    if (event?.event === "epoch") training += event.seconds;
    if (event?.event === "end") end = event;
  });
  await new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", done);
  });
  if (!end) throw new Error(`${program} did not finish: ${stderr.trim().split("\n").at(-1)}`);
  return {
    training,
    total: (performance.now() - started) / 1000,
    accuracy: end.testAccuracy,
    digest: end.weightsSha256,
    threads: first?.threads,
    simd: first?.simd,
  };
}

await run(async (interruption) => {
  const options = parseOptions();
  if (options.help) return void process.stdout.write(usage);
  const { repeats, nodes, programs, names, json } = options;
  const machine = describeMachine(nodes);
  process.stdout.write(heading(machine));
  const results = [];
  for (const node of nodes) {
    const pairs = [];
    try {
      for (let repeat = 0; repeat < repeats; repeat++) {
        // Each goes first in every second pair.
        const order = repeat % 2 === 0 ? [0, 1] : [1, 0];
        const pair = [];
        for (const i of order) {
          note(`${repeat + 1}/${repeats} ${names[i]}${node.suffix}`);
          pair[i] = await whole(node, programs[i], options, interruption);
        }
        pairs.push(pair);
      }
    } catch (error) {
      if (!interruption.aborted) {
        note(error.message);
        process.exitCode = 1;
      }
    }
    if (pairs.length > 0) {
      const version = `Node.js ${node.versions.node}`;
      process.stdout.write(`\nWhole runs, ${version}\n\n${pairedTable(names, pairs)}\n`);
      results.push({ node: node.versions.node, pairs });
    }
    if (interruption.aborted) break;
  }
  if (json && !interruption.aborted) {
    const record = { date: new Date().toISOString(), machine, names, results };
    writeFileSync(json, `${JSON.stringify(record, undefined, 2)}\n`);
  }
});
