/** How the cost per image changes with the size of layers, of batches, and the number of threads. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { findContestants } from "./lib/contestants.mjs";
import { Data } from "./lib/data.mjs";
import { threadCounts } from "./lib/entry.mjs";
import { shorten } from "./lib/idx.mjs";
import { describeMachine, heading } from "./lib/machine.mjs";
import { measure } from "./lib/measure.mjs";
import {
  choices,
  count,
  counts,
  dataDirectoryOf,
  nodesOf,
  note,
  run,
  usualOptions,
  valuesOf,
  writableFile,
} from "./lib/options.mjs";
import { trainMnist } from "./lib/own.mjs";
import { median } from "./lib/report.mjs";
import { exceptions, scalingTable, workloadOf } from "./lib/scaling.mjs";

const peers = ["numpy", "pytorch-manual", "pytorch", "jax-js", "tfjs-tight", "sgemm"];
const usage = `Usage: node scaling.mjs [options]

Times [784,width,width,10] sigmoid networks, about four minutes on an idle machine of two cores.

  --peer <list>       beside this project, of ${peers}
                      (default: numpy)
  --widths <list>     (default: 30,100,300,1000,2048)
  --batches <list>    (default: 1,10,100,1024)
  --threads <list>    (default: ${threadCounts})
  --milliseconds <n>  about so long for each of the three epochs of a cell (default: 500)
  --limit <seconds>   end a contestant's process that takes longer (default: 120)
  --data-dir <dir>, --node <path>, --program <file>, --json <file>
                      as for run.mjs, but with one Node.js
  --help              print this help
`;

const EPOCHS = 3;
/** Enough for whole batches of a thousand; few enough to be read in no time. */
const [TRAIN_IMAGES, TEST_IMAGES] = [20_480, 1000];

function parseOptions() {
  const string = /** @type {const} */ ("string");
  const values = valuesOf({
    peer: { type: string, default: "numpy" },
    widths: { type: string, default: "30,100,300,1000,2048" },
    batches: { type: string, default: "1,10,100,1024" },
    threads: { type: string, default: String(threadCounts) },
    milliseconds: { type: string, default: "500" },
    limit: { type: string, default: "120" },
    ...usualOptions,
    node: { type: string, default: process.execPath },
  });
  return {
    help: values.help,
    peers: choices("peer", values.peer, peers),
    widths: counts("widths", values.widths),
    batches: counts("batches", values.batches),
    threads: counts("threads", values.threads),
    seconds: count("milliseconds", values.milliseconds, 1) / 1000,
    limit: count("limit", values.limit, 1),
    data: new Data(dataDirectoryOf(values["data-dir"])),
    node: nodesOf([values.node])[0],
    program: resolve(values.program),
    json: writableFile(values.json),
  };
}

/** The contestants with each number of threads that they can have, in the order of the tables. */
function entriesOf({ peers, threads, node, program }) {
  const found = findContestants(program, ["train-mnist-1", ...peers], [node]);
  for (const { name, missing } of found) {
    if (missing) note(`Skipping ${name}; to include it: ${missing}`);
  }
  const own = found[0].missing
    ? []
    : threads.map((each) => trainMnist(program, node, "train-mnist", each, ["--measure", "none"]));
  const others = found.slice(1).flatMap(({ entries }) => entries ?? []);
  return [...own, ...others.filter((entry) => threads.includes(entry.threads))];
}

await run(async (interruption) => {
  const options = parseOptions();
  if (options.help) return void process.stdout.write(usage);
  const { widths, batches, seconds, limit, data, json } = options;
  const entries = entriesOf(options);
  const machine = describeMachine([options.node]);
  process.stdout.write(heading(machine));
  const cells = new Map(entries.map((entry) => [entry, []]));
  const started = performance.now();
  try {
    const dataDirectory = data.folder("short");
    shorten(data.plain(), dataDirectory, TRAIN_IMAGES, TEST_IMAGES);
    for (const width of widths) {
      for (const batchSize of batches) {
        const workload = workloadOf(width, batchSize, seconds, TRAIN_IMAGES);
        note(`width ${width}, batch ${batchSize}: ${workload.trainSize} images an epoch`);
        for (const entry of entries) {
          if (interruption.aborted) break;
          const { threads } = entry;
          const task = { workload, epochs: EPOCHS, threads, fraction: 1, seed: 1, dataDirectory };
          try {
            const { seconds } = await measure(entry, task, { signal: interruption, limit });
            const perImage = median(seconds.slice(1)) / workload.trainSize;
            cells.get(entry).push({ width, batchSize, seconds: perImage });
          } catch (error) {
            if (!interruption.aborted) note(error.message);
          }
        }
      }
    }
  } finally {
    data.remove();
  }
  process.stdout.write(
    "\nMicroseconds per image (GFLOP/s, zeros included), [784,width,width,10]\n",
  );
  const results = [...cells].map(([{ name, threads }, cells]) => {
    const title = `${name}, ${threads} ${threads > 1 ? "threads" : "thread"}`;
    const sentences = exceptions(cells);
    process.stdout.write(`\n${[title, "", scalingTable(cells), "", ...sentences].join("\n")}\n`);
    return { name, threads, cells, exceptions: sentences };
  });
  if (json && !interruption.aborted) {
    const record = { date: new Date().toISOString(), machine, data: data.kind, results };
    writeFileSync(json, `${JSON.stringify(record, undefined, 2)}\n`);
  }
  note(`This took ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`);
});
