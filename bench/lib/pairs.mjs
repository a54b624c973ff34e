/** Runs of two versions, in pairs, as a table. */
import { median } from "./report.mjs";

/**
 * @typedef {object} Whole a whole run
 * @property {number} training seconds of training, all epochs together
 * @property {number} total seconds from the start of the process to its end
 * @property {number} accuracy on the test images
 * @property {string} digest of the weights
 * @property {number | undefined} threads
 * @property {number | undefined} simd
 */

const range = (values) =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

/**
 * Medians with the least and the greatest; ratios are of the two runs of a pair.
 *
 * @param {[string, string]} names
 * @param {[Whole, Whole][]} pairs
 */
export function pairedTable(names, pairs) {
  const rows = names.map((name, i) => {
    const runs = pairs.map((pair) => pair[i]);
    const { threads = "–", simd, accuracy } = runs[0];
    return [
      name,
      range(runs.map(({ training }) => training)),
      range(runs.map(({ total }) => total)),
      threads,
      simd ? `${simd} bits` : "–",
      `${(100 * accuracy).toFixed(2)}%`,
    ];
  });
  const ratios = (key) => range(pairs.map(([a, b]) => a[key] / b[key]));
  const digests = new Set(pairs.flat().map(({ digest }) => digest));
  return [
    "| | s of training | s in all | threads | SIMD | accuracy |",
    "|---|---:|---:|---:|---:|---:|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    `| ratio in ${pairs.length} ${pairs.length > 1 ? "pairs" : "pair"} | ${ratios("training")} | ${ratios("total")} | | | |`,
    "",
    digests.size === 1
      ? `All runs end with the same weights, sha256 ${[...digests][0]}.`
      : `The runs end with different weights, sha256 ${[...digests].join(", ")}.`,
  ].join("\n");
}
