/** What the sections of a report are written with. */
import type { Spread } from "../runs/spread.js";

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** [1, 2, 3, 5] → 1–3, 5 */
export function ranges(seeds: readonly number[]): string {
  const starts = seeds.filter((seed) => !seeds.includes(seed - 1));
  const ends = seeds.filter((seed) => !seeds.includes(seed + 1));
  return starts.map((start, i) => (start === ends[i] ? start : `${start}–${ends[i]}`)).join(", ");
}

export function spreadText({ n, mean, deviation }: Spread): string {
  return n < 2 ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`;
}
