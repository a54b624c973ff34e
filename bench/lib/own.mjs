/** This project as a contestant: its command line for a workload, and what its output means. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { entry, threadCounts } from "./entry.mjs";

/** Where this project's command finds koffi, unless it is installed beside it. */
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** @param {import("./contest.mjs").Task} task */
function argumentsOf({ workload, epochs, seed, dataDirectory }) {
  const { deformation, layers } = workload;
  const options = {
    epochs,
    hidden: layers.slice(1, -1),
    activation: workload.activation,
    cost: workload.cost,
    init: workload.init,
    lr: workload.learningRate,
    optimizer: workload.optimizer,
    "batch-size": workload.batchSize,
    "train-size": workload.trainSize,
    "validation-size": 0,
    seed,
    "data-dir": dataDirectory,
    ...(workload.lambda && { lambda: workload.lambda }),
    ...(workload.momentum && { momentum: workload.momentum }),
    ...(deformation && {
      ...deformation,
      elastic: Object.values(deformation.elastic),
    }),
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** This project's JSON lines in the protocol's terms. */
function translate({ event, seconds, testAccuracy, simd }) {
  if (event === "start") return { event: "ready", simd };
  if (event === "epoch") return { event, seconds };
  if (event === "end") return { event, accuracy: testAccuracy };
  return undefined;
}

/**
 * @param {string} program the built command
 * @param {import("./contestants.mjs").Node} node
 * @param {string} name
 * @param {number} threads
 * @param {string[]} [flags] more of them
 * @returns {import("./entry.mjs").Entry}
 */
export function trainMnist(program, { path, suffix }, name, threads, flags = []) {
  const more = ["--threads", String(threads), ...flags];
  const command = (task) => [path, program, "--json", ...argumentsOf(task), ...more];
  return entry(`${name}${suffix}`, threads, command, {
    translate,
    deforms: true,
    environment: { NODE_PATH: modules },
  });
}

/**
 * @param {string} program
 * @param {import("./contestants.mjs").Node} node
 * @returns {import("./contestants.mjs").Contestant[]}
 */
export function ownContestants(program, node) {
  const contestants = [
    { name: "train-mnist-1", entries: [trainMnist(program, node, "train-mnist-1", 1)] },
    { name: "train-mnist-2", entries: [trainMnist(program, node, "train-mnist-2", 2)] },
    {
      name: "train-mnist-blas",
      entries: threadCounts.map((threads) =>
        trainMnist(program, node, "train-mnist-blas", threads, ["--backend", "blas"]),
      ),
    },
  ];
  if (existsSync(program)) return contestants;
  return contestants.map(({ name }) => ({ name, missing: `${program}: npm run build` }));
}
