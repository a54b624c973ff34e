/** What a sweep would do: its runs with their numbers, and about how long they take. */
import { counted } from "../../../counted.js";
import type { Numbered } from "../../../sweeps/folder/plan.js";
import { completeSettings } from "../../../training/settings/settings.js";
import type { Identified } from "../../dataset/identified.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { exitCodeOf } from "../../interruption.js";
import { jobsFor, threadsFor } from "../../pool/jobs.js";
import { eventLine } from "../../terminal/event-line.js";
import { count, duration } from "../../terminal/format.js";
import { visible } from "../../terminal/visible.js";
import type { RunFlags } from "../running/flags.js";
import type { RunningFlags } from "../running/run.js";
import { expectedSeconds } from "./time.js";

/** Of more, the first and the last are listed, so many of each. */
const ALL = 40;
const ENDS = 10;

export interface Preview {
  readonly runs: Numbered;
  /** The indices of those that have ended. */
  readonly ended: ReadonlySet<number>;
}

export async function dryRun(
  { runs, ended }: Preview,
  { jobs: asked, json }: RunningFlags,
  flags: RunFlags,
  data: Identified,
  signal: AbortSignal,
): Promise<ExitCode> {
  const left = [...runs].filter(([index]) => !ended.has(index));
  const jobs = jobsFor(asked, left.length);
  const settings = left.map(([, run]) => completeSettings(JSON.parse(run.settings)));
  const now = { ...flags, threads: threadsFor(jobs, flags.threads) };
  const seconds = await expectedSeconds(settings, now, data, signal);
  if (signal.aborted) return exitCodeOf(signal);
  const bySeconds = new Map(left.map(([index], i) => [index, seconds[i] as number]));
  const all = seconds.reduce((sum, each) => sum + each, 0) / jobs;
  const rows = [...runs].map(([index, { label }]) => ({
    index,
    label,
    seconds: bySeconds.get(index) ?? 0,
    ended: ended.has(index),
  }));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (json) {
    for (const row of rows) process.stdout.write(eventLine("planned", row));
    const total = { runs: runs.size, left: left.length, jobs, seconds: all };
    process.stdout.write(eventLine("dry-run", total));
    return exitCodes.success;
  }
  const isLong = rows.length > ALL;
  const width = String(rows.at(-1)?.index ?? 0).length;
  const list = (some: typeof rows) => {
    for (const { index, label, seconds, ended } of some) {
      const when = ended ? "has ended" : about(seconds);
      print(`${String(index).padStart(width)}  ${visible(label)}  ${when}`);
    }
  };
  list(isLong ? rows.slice(0, ENDS) : rows);
  if (isLong) print(`${"…".padStart(width)}  ${count(rows.length - 2 * ENDS)} more`);
  if (isLong) list(rows.slice(-ENDS));
  const what = left.length === runs.size ? "" : `, ${count(left.length)} of them left`;
  print(
    `${counted(runs.size, "run", count)}${what}: ${about(all)} in ${jobs === 1 ? "one process" : `${jobs} processes`}`,
  );
  return exitCodes.success;
}

function about(seconds: number): string {
  if (!Number.isFinite(seconds)) return "nobody knows how long";
  if (seconds < 10) return `about ${seconds.toFixed(1)} s`;
  if (seconds < 6000) return `about ${duration(Math.round(seconds)).replace(/\.00 s$/, " s")}`;
  const hours = seconds / 3600;
  return hours < 48 ? `about ${hours.toFixed(1)} hours` : `about ${Math.round(hours / 24)} days`;
}
