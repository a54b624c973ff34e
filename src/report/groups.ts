/** Runs that differ in their seeds alone, whose results are of one kind. */
import { counted } from "../counted.js";
import type { ReportedRun } from "./run.js";

export interface Group {
  readonly name: string;
  readonly runs: readonly ReportedRun[];
}

/** In the order of the first run of each. Of two runs with one seed, each begins a group. */
export function groupsOf(runs: readonly ReportedRun[]): Group[] {
  const groups: { key: string; runs: ReportedRun[] }[] = [];
  for (const run of runs) {
    const key = JSON.stringify([methodOf(run), run.dataset.name]);
    const group = groups.find((each) => each.key === key && !hasSeed(each.runs, run));
    if (group === undefined) groups.push({ key, runs: [run] });
    else group.runs.push(run);
  }
  const shared = groups.map(({ runs }) => sharedName(runs));
  return groups.map(({ runs }, k) => {
    const isOnly = shared.indexOf(shared[k]) === shared.lastIndexOf(shared[k]);
    return { name: nameOf(runs, isOnly ? shared[k] : undefined), runs };
  });
}

function hasSeed(runs: readonly ReportedRun[], run: ReportedRun): boolean {
  const seedOf = ({ settings: { seed } }: ReportedRun) => seed;
  return runs.some((other) => seedOf(other) === seedOf(run));
}

function methodOf({ settings }: ReportedRun): [string, unknown][] {
  return Object.entries(settings)
    .filter(([name, value]) => name !== "seed" && value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function nameOf(runs: readonly ReportedRun[], shared: string | undefined): string {
  const [first] = runs;
  const more = runs.length - 1;
  if (more === 0) return first!.name;
  return shared === undefined
    ? `${first!.name} and ${counted(more, "more seed")}`
    : `${shared}, ${counted(runs.length, "seed")}`;
}

/** What the names of all are without their seeds, if that is the same. */
function sharedName(runs: readonly ReportedRun[]): string | undefined {
  const [name, ...others] = new Set(runs.map(withoutSeed));
  return others.length === 0 && name !== "" ? name : undefined;
}

/** `hidden=30_seed=1_lr=0.5` → `hidden=30_lr=0.5` */
function withoutSeed({ name }: ReportedRun): string {
  return name.replace(/(^|[ ,_-]+)seed[ =_-]?\d+/, "").replace(/^[ ,_-]+/, "");
}

/** The names of the settings that differ among the runs, in the order in which they are first given. */
export function differingSettings(runs: readonly ReportedRun[]): string[] {
  const names = new Set(runs.flatMap(({ settings }) => Object.keys(settings)));
  return [...names].filter((name) => {
    return new Set(runs.map(({ settings }) => settingText(settings[name]))).size > 1;
  });
}

/** A value as people read it: a range as 5 to 6, the parts of a list or an object with commas between them. */
export function settingText(value: unknown): string {
  if (value === undefined || value === null) return "–";
  if (typeof value !== "object") return String(value);
  if ("from" in value && "to" in value)
    return `${settingText(value.from)} to ${settingText(value.to)}`;
  const parts = Array.isArray(value)
    ? value.map(settingText)
    : Object.entries(value)
        .filter(([, part]) => part !== undefined && part !== null)
        .map(([name, part]) => `${name} ${settingText(part)}`);
  return parts.join(", ") || "none";
}
