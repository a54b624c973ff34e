/** The tables of a report: the runs with their results, and their settings. */

import { bestValidated } from "../training/reports.js";
import { differingSettings, settingText } from "./groups.js";
import { type Html, html } from "./html.js";
import { lastTested, trainingSeconds } from "./measures.js";
import type { Machine, ReportedRun } from "./run.js";

/** A row for each run. Their machine has a column only where it is not the same for all. */
export function runsTable(runs: readonly ReportedRun[]): Html {
  const machines = new Set(runs.map(({ machine }) => machineParts(machine).join(", ")));
  const [machine] = machines;
  const columns = COLUMNS.filter(({ head }) => head !== "machine" || machines.size > 1);
  const rows = runs.map((run) => columns.map(({ of }) => of(run)));
  const heads = columns.map(({ head }) => head);
  return html`${table("the runs and their results", heads, rows)}${
    machines.size === 1 && machine !== ""
      ? html`<p class="soft">Machine: ${machine}</p>`
      : undefined
  }`;
}

const COLUMNS: readonly { readonly head: string; readonly of: (run: ReportedRun) => Html }[] = [
  {
    head: "run",
    of: ({ name, file }) => twoLines(html`<b>${breakable(name)}</b>`, breakable(file)),
  },
  { head: "test accuracy", of: lastAccuracy },
  { head: "best on validation", of: bestAccuracy },
  { head: "time", of: (run) => twoLines(html`${time(run)}`, epochsText(run)) },
  { head: "machine", of: machineCell },
  { head: "weights", of: ({ weightsSha256 }) => digest(weightsSha256) },
];

function twoLines(first: Html, second: Html | string): Html {
  return html`${first}<br><span class="soft">${second}</span>`;
}

/** A name whose lines may be broken between its words. */
function breakable(name: string): Html {
  const words = name.split(/(?<=[_/\\])/);
  return html`${words.flatMap((word, k) => (k === 0 ? [word] : [html`<wbr>`, word]))}`;
}

function lastAccuracy(run: ReportedRun): Html {
  const last = lastTested(run);
  if (last === undefined) return html`not measured`;
  return twoLines(html`${percent(last.testAccuracy)}`, `epoch ${last.epoch}`);
}

function bestAccuracy({ epochs }: ReportedRun): Html {
  const best = bestValidated(epochs);
  if (best === undefined) return html`–`;
  const [validation, test] = [percent(best.validationAccuracy), percent(best.testAccuracy)];
  return twoLines(html`${validation}, test\u00a0${test}`, `epoch ${best.epoch}`);
}

/** Those settings that differ, at once; all of them, on demand. */
export function settingsTables(runs: readonly ReportedRun[]): Html {
  const differing = differingSettings(runs);
  const all = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))].filter((name) => {
    return runs.some(({ settings }) => settingText(settings[name]) !== "–");
  });
  const differences =
    runs.length === 1
      ? undefined
      : differing.length === 0
        ? html`<p>All runs have the same settings.</p>`
        : html`<p>These differ among the runs:</p>${settingsTable(differing, runs)}`;
  return html`${differences}<details><summary>All settings</summary>${settingsTable(all, runs)}</details>`;
}

function settingsTable(names: readonly string[], runs: readonly ReportedRun[]): Html {
  return table(
    "settings of the runs",
    ["setting", ...runs.map(({ name }) => breakable(name))],
    names.map((name) => [
      html`${inWords(name)}`,
      ...runs.map(({ settings }) => html`${settingText(settings[name])}`),
    ]),
  );
}

/** `learningRate` → learning rate */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A table with a heading for each row, which can be scrolled sideways where it is too wide. */
export function table(
  name: string,
  heads: readonly (Html | string)[],
  rows: readonly (readonly Html[])[],
): Html {
  const headings = heads.map((head) => html`<th scope="col">${head}</th>`);
  const body = rows.map(([first, ...cells]) => {
    return html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table><thead><tr>${headings}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function percent(part: number | undefined): string {
  return part === undefined || !Number.isFinite(part) ? "–" : `${(100 * part).toFixed(2)}%`;
}

function epochsText({ epochs }: ReportedRun): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  return last === 1 ? "1 epoch" : `${last} epochs`;
}

function time(run: ReportedRun): string {
  const training = trainingSeconds(run);
  if (run.seconds !== undefined) return `${duration(run.seconds)} in all`;
  return training === undefined ? "–" : `${duration(training)} of training`;
}

export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function machineCell({ machine }: ReportedRun): Html {
  const parts = machineParts(machine);
  if (parts.length === 0) return html`–`;
  return html`<span class="machine">${parts.map((part) => html`<span>${part}</span>`)}</span>`;
}

function machineParts({ version, date, executor, backend, threads, simd }: Machine): string[] {
  return [
    version && `version ${version}`,
    date?.slice(0, 10),
    [executor, backend].filter(Boolean).join(", "),
    threads && (threads === 1 ? "1 thread" : `${threads} threads`),
    simd && `${simd} bits`,
  ].filter((part): part is string => Boolean(part));
}

function digest(sha256: string | undefined): Html {
  return sha256 === undefined
    ? html`–`
    : html`<code title="SHA-256 of the weights: ${sha256}">${sha256.slice(0, 12)}…</code>`;
}
