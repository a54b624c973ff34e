/** From runs to figures, and from figures to a table. */

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} threads
 * @property {number} fraction of each epoch that was run
 * @property {number} median seconds per epoch, over the epochs after the first of every run
 * @property {number} min
 * @property {number} max
 * @property {number | null} accuracy median over the runs, each with its own seed
 * @property {number | undefined} simd bits that one instruction computes at once, if it says so
 * @property {number} startup seconds, median over the runs
 * @property {number | undefined} peakBytes the largest of the runs
 */

/**
 * @param {import("./contestants.mjs").Entry} entry
 * @param {number} fraction
 * @param {import("./measure.mjs").Run[]} runs
 * @returns {Row}
 */
export function summarize(entry, fraction, runs) {
  const seconds = runs.flatMap((run) => run.seconds.slice(1));
  const peaks = runs.flatMap(({ peakBytes }) => peakBytes ?? []);
  const accuracies = runs.flatMap(({ accuracy }) => accuracy ?? []);
  return {
    name: entry.name,
    threads: entry.threads,
    fraction,
    median: median(seconds),
    min: Math.min(...seconds),
    max: Math.max(...seconds),
    accuracy: accuracies.length > 0 ? median(accuracies) : null,
    simd: runs[0]?.simd,
    startup: median(runs.map(({ startup }) => startup)),
    peakBytes: peaks.length > 0 ? Math.max(...peaks) : undefined,
  };
}

/** The seconds that ratios refer to: this project's embedded engine, with its better thread count. */
export function reference(rows) {
  const own = rows.filter(({ name }) => /^train-mnist-\d+(,|$)/.test(name));
  return own.length > 0 ? Math.min(...own.map((row) => row.median)) : undefined;
}

const headings = ["", "s/epoch", "min–max", "ratio", "accuracy", "SIMD", "start-up", "peak RSS"];

/**
 * The table of one workload, for a terminal or a Markdown file.
 *
 * @param {Row[]} rows
 * @returns {string}
 */
export function table(rows) {
  const base = reference(rows);
  const cells = rows.map((row) => [
    `${row.name}${row.threads > 1 ? ` (${row.threads} threads)` : ""}${row.fraction < 1 ? " *" : ""}`,
    row.median.toFixed(3),
    `${row.min.toFixed(3)}–${row.max.toFixed(3)}`,
    base ? `${(row.median / base).toFixed(2)}×` : "–",
    row.accuracy === null ? "–" : `${(100 * row.accuracy).toFixed(2)}%`,
    row.simd ? `${row.simd} bits` : "–",
    `${row.startup.toFixed(2)} s`,
    row.peakBytes ? `${Math.round(row.peakBytes / 2 ** 20)} MiB` : "–",
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column].length)),
  );
  const format = (line) =>
    `| ${line.map((cell, i) => (i > 0 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i > 0 ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  const notes = rows
    .filter(({ fraction }) => fraction < 1)
    .map(
      ({ name, fraction }) => `* ${name}: ${100 * fraction}% of each epoch, scaled to the whole.`,
    );
  return [format(headings), rule, ...cells.map(format), ...notes].join("\n");
}
