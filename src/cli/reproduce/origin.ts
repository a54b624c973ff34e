/** What makes runs here and now, and what made those of a record, in words. */
import { cpus } from "node:os";
import { packageVersion } from "../version.js";
import type { Origin, Run } from "./entry.js";
import { isPlain } from "./lines.js";

export function originHere(threads: number | "auto"): Origin {
  const model = cpus()[0]?.model.trim();
  return {
    processor: isPlain(model) ? model : "an unknown processor",
    threads,
    version: packageVersion(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** 48 runs on AMD EPYC; 20 on Intel Xeon by version 0.1.0, 2026-11-24 to 2026-11-25 */
export function originsInWords(runs: readonly Run[]): string {
  const groups = new Map<string, Origin[]>();
  for (const { made } of runs) {
    if (made === undefined) continue;
    const { processor, version } = made;
    const what =
      version === undefined ? `on ${processor}` : `on ${processor} by version ${version}`;
    groups.set(what, [...(groups.get(what) ?? []), made]);
  }
  return [...groups]
    .map(([what, all], i) => {
      const runsOf = i > 0 ? "" : all.length === 1 ? " run" : " runs";
      return `${all.length}${runsOf} ${what}${period(all)}`;
    })
    .join("; ");
}

function period(all: readonly Origin[]): string {
  const dates = all.flatMap(({ date }) => date ?? []).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined) return "";
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
}
