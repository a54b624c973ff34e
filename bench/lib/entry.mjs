/** One way to start a contestant. */
import { availableParallelism } from "node:os";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} threads
 * @property {Record<string, number>} fractions of an epoch to run, by workload, where not all of it
 * @property {(task: import("./contest.mjs").Task) => string[]} command the program and its arguments
 * @property {Record<string, string>} environment added to the process's
 * @property {boolean} deforms whether it deforms images itself where the workload has them deformed
 * @property {(event: any) => object | undefined} translate a line of its output into the protocol
 */

/** 1, 2 and all processors, as far as there are so many. */
export const threadCounts = [...new Set([1, 2, availableParallelism()])].filter(
  (count) => count <= availableParallelism(),
);

/** @returns {Entry} */
export function entry(name, threads, command, options = {}) {
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
    deforms: options.deforms ?? false,
    translate: options.translate ?? ((event) => event),
  };
}
