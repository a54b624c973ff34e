/** Who takes part, how each is started, and what to install where one cannot be. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { findOpenMpBlas, findPython } from "./python.mjs";

/**
 * @typedef {import("./contest.mjs").Task} Task
 *
 * @typedef {object} Entry one way to start a contestant
 * @property {string} name
 * @property {number} threads
 * @property {Record<string, number>} fractions of an epoch to run, by workload, where not all of it
 * @property {(task: Task) => string[]} command the program and its arguments
 * @property {Record<string, string>} environment added to the process's
 * @property {(event: any) => object | undefined} translate a line of its output into the protocol
 *
 * @typedef {{ name: string, entries: Entry[] } | { name: string, missing: string }} Contestant the
 *   entries are tried all, and the best counts; or what would install the contestant
 */

/** 1, 2 and all processors, as far as there are so many. */
const threadCounts = [...new Set([1, 2, availableParallelism()])].filter(
  (count) => count <= availableParallelism(),
);

const script = (name) => fileURLToPath(new URL(`../contestants/${name}`, import.meta.url));

/**
 * @typedef {object} Node a version of Node.js
 * @property {string} path of its program
 * @property {{ node: string, v8: string }} versions
 * @property {string} suffix of the names of contestants that run under it
 */

/**
 * The versions to run under. Their names tell them apart where there are several.
 *
 * @param {string[]} paths
 * @returns {Node[]}
 */
export function findNodes(paths) {
  return paths.map((path) => {
    const output = execFileSync(path, ["-p", "JSON.stringify(process.versions)"]);
    const versions = JSON.parse(output.toString());
    return { path, versions, suffix: paths.length > 1 ? `, Node ${versions.node}` : "" };
  });
}

/** V8 hides the fused multiply-add of WebAssembly behind a flag before Node 22. @param {Node} node */
const relaxedSimd = ({ versions }) =>
  Number.parseInt(versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];

/** @returns {Entry} */
function entry(name, threads, command, options = {}) {
  return {
    name,
    threads,
    command,
    fractions: options.fractions ?? {},
    environment: {
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      ...options.environment,
    },
    translate: options.translate ?? ((event) => event),
  };
}

/** The command line of this project for a workload. @param {Task} task */
function trainMnistArguments({ workload, epochs, seed, dataDirectory }) {
  const options = {
    epochs,
    hidden: workload.layers.slice(1, -1),
    activation: workload.activation,
    cost: workload.cost,
    init: workload.init,
    lr: workload.learningRate,
    "batch-size": workload.batchSize,
    "train-size": workload.trainSize,
    "validation-size": 60000 - workload.trainSize,
    seed,
    "data-dir": dataDirectory,
    ...(workload.lambda && { lambda: workload.lambda }),
    ...(workload.momentum && { momentum: workload.momentum }),
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** This project's JSON lines in the protocol's terms. */
function translateTrainMnist({ event, seconds, testAccuracy, simd }) {
  if (event === "start") return { event: "ready", simd };
  if (event === "epoch") return { event, seconds };
  if (event === "end") return { event, accuracy: testAccuracy };
  return undefined;
}

function trainMnist(program, { path, suffix }) {
  const variant = (name, threads, extra) =>
    entry(
      `${name}${suffix}`,
      threads,
      (task) => [path, program, "--json", ...trainMnistArguments(task), ...extra],
      { translate: translateTrainMnist },
    );
  const blasThreads = threadCounts.map((threads) =>
    variant("train-mnist-blas", threads, ["--backend", "blas", "--threads", String(threads)]),
  );
  const contestants = [
    { name: "train-mnist-1", entries: [variant("train-mnist-1", 1, ["--threads", "1"])] },
    { name: "train-mnist-2", entries: [variant("train-mnist-2", 2, ["--threads", "2"])] },
    { name: "train-mnist-blas", entries: blasThreads },
  ];
  if (existsSync(program)) return contestants;
  return contestants.map(({ name }) => ({ name, missing: `${program}: npm run build` }));
}

/** @returns {Contestant} */
function javascript(name, modules, file, { path, suffix }, options = {}) {
  try {
    for (const module of modules) import.meta.resolve(module);
  } catch {
    return { name, missing: "npm install in bench/" };
  }
  const command = (task) => [path, ...(options.flags ?? []), script(file), JSON.stringify(task)];
  const threads = options.threads ?? [1];
  const full = `${name}${suffix}`;
  return { name, entries: threads.map((count) => entry(full, count, command, options)) };
}

/** @returns {Contestant} */
function numpy() {
  const name = "numpy";
  const found = findPython("numpy", "numpy.__version__");
  if (!found) return { name, missing: "apt install python3-numpy libopenblas0-pthread" };
  const command = (task) => [found.python, script("numpy_openblas.py"), JSON.stringify(task)];
  return { name, entries: threadCounts.map((threads) => entry(name, threads, command)) };
}

/** @returns {Contestant} */
function pytorch(name, file) {
  const found = findPython("torch", "torch.__config__.show()");
  if (!found) return { name, missing: "apt install python3-torch libopenblas0-openmp" };
  const blas = found.printed.includes("BLAS_INFO=generic") ? findOpenMpBlas() : undefined;
  const environment = blas ? { LD_PRELOAD: blas } : {};
  const command = (task) => [found.python, script(file), JSON.stringify(task)];
  const entries = threadCounts.map((threads) => entry(name, threads, command, { environment }));
  return { name, entries };
}

/** The names that `--only` takes, in the order of the table. */
export const names = [
  "train-mnist-1",
  "train-mnist-2",
  "train-mnist-blas",
  "tfjs",
  "tfjs-tight",
  "jax-js",
  "pytorch",
  "pytorch-manual",
  "numpy",
  "sgemm",
];

/**
 * @param {string} program this project's built command
 * @param {string[]} only names
 * @param {Node[]} nodes under which those in JavaScript run
 * @returns {Contestant[]}
 */
export function findContestants(program, only, nodes) {
  const here = { path: process.execPath, versions: process.versions, suffix: "" };
  const tfjs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"];
  return [
    ...nodes.flatMap((node) => [
      ...trainMnist(program, node),
      javascript("tfjs", ["@tensorflow/tfjs", ...tfjs], "tfjs.mjs", node, {
        fractions: { W2: 0.5, W3: 0.05, W4: 0.03 },
      }),
      javascript("tfjs-tight", tfjs, "tfjs-tight.mjs", node),
      javascript("jax-js", ["@jax-js/jax"], "jax-js.mjs", node, { flags: relaxedSimd(node) }),
    ]),
    pytorch("pytorch", "pytorch.py"),
    pytorch("pytorch-manual", "pytorch_manual.py"),
    numpy(),
    javascript("sgemm", ["koffi"], "sgemm.mjs", here, { threads: threadCounts }),
  ].filter(({ name }) => only.includes(name));
}
