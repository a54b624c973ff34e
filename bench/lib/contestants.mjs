/** Who takes part, how each is started, and what to install where one cannot be. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entry, threadCounts } from "./entry.mjs";
import { compileWithLibxsmm } from "./libxsmm.mjs";
import { ownContestants } from "./own.mjs";
import { findOpenMpBlas, findPython } from "./python.mjs";

/**
 * @typedef {{ name: string, entries: import("./entry.mjs").Entry[] } | { name: string, missing: string }} Contestant the
 *   entries are tried all, and the best counts; or what would install the contestant
 */

const script = (name) => fileURLToPath(new URL(`../contestants/${name}`, import.meta.url));

/**
 * @typedef {object} Node a version of Node.js
 * @property {string} path of its program
 * @property {{ node: string, v8: string }} versions
 * @property {string} suffix of the names of contestants that run under it
 */

/**
 * @param {string} path
 * @param {boolean} isOneOfSeveral whether the names of contestants are to tell it apart
 * @returns {Node}
 * @throws if it does not run
 */
export function findNode(path, isOneOfSeveral) {
  const code = "JSON.stringify(process.versions)";
  const output = execFileSync(path, ["-p", code], { stdio: ["ignore", "pipe", "ignore"] });
  const versions = JSON.parse(output.toString());
  return { path, versions, suffix: isOneOfSeveral ? `, Node ${versions.node}` : "" };
}

/** V8 hides the fused multiply-add of WebAssembly behind a flag before Node 22. @param {Node} node */
const relaxedSimd = ({ versions }) =>
  Number.parseInt(versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];

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

/** @returns {Contestant} */
function libxsmm() {
  const name = "libxsmm";
  const program = compileWithLibxsmm(script("libxsmm.c"));
  if (!program) return { name, missing: "apt install gcc libxsmm-dev" };
  const command = ({ workload, epochs, fraction }) => {
    const { trainSize, batchSize, layers } = workload;
    return [program, ...[epochs, fraction, trainSize, batchSize, ...layers].map(String)];
  };
  return { name, entries: [entry(name, 1, command)] };
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
  "libxsmm",
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
  const underNode = (node) => [
    ...ownContestants(program, node),
    javascript("tfjs", ["@tensorflow/tfjs", ...tfjs], "tfjs.mjs", node, {
      fractions: { W2: 0.5, W3: 0.05, W4: 0.03, W5: 0.03 },
    }),
    javascript("tfjs-tight", tfjs, "tfjs-tight.mjs", node),
    javascript("jax-js", ["@jax-js/jax"], "jax-js.mjs", node, { flags: relaxedSimd(node) }),
  ];
  const others = {
    pytorch: () => pytorch("pytorch", "pytorch.py"),
    "pytorch-manual": () => pytorch("pytorch-manual", "pytorch_manual.py"),
    numpy,
    sgemm: () => javascript("sgemm", ["koffi"], "sgemm.mjs", here, { threads: threadCounts }),
    libxsmm,
  };
  return [
    ...nodes.flatMap(underNode).filter(({ name }) => only.includes(name)),
    ...Object.entries(others).flatMap(([name, find]) => (only.includes(name) ? [find()] : [])),
  ];
}
