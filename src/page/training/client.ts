/** The run of this page, as signals: what is known of it, and what one can have it do. */
import { signal } from "@preact/signals";
import { NOTHING, type RunView, reduce } from "../../live/index.js";
import { network } from "../network.js";
import { inLabels } from "../train/fields.js";
import { Heartbeat } from "./heartbeat.js";
import type { Answer, Kept, Opening, Request, RunState, TrainedSoFar } from "./protocol.js";

/**
 * `none` before a run is begun, `opening` while it is made ready, `silent` while its worker trains and does not
 * answer, `dead` after it broke off.
 */
export type ClientState = "none" | "opening" | RunState | "silent" | "dead";

export const state = signal<ClientState>("none");
export const view = signal<RunView>(NOTHING);
export const failure = signal<string | undefined>(undefined);

/** The run as it was after its last epoch, for when its worker dies. */
export const kept = signal<Kept | undefined>(undefined);

export interface Beginning extends Omit<Opening, "ask" | "processors"> {}

interface Opened {
  readonly worker: Worker;
  readonly beginning: Beginning;
  readonly saved: { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }[];
}

let opened: Opened | undefined;

const heartbeat = new Heartbeat({
  ask: () => ask({ ask: "sign" }),
  isSeen: () => !document.hidden,
  onChange: (isSilent) => {
    state.value = isSilent ? "silent" : "training";
    failure.value = isSilent ? silence() : undefined;
  },
});

/** How the run was begun whose worker has died. */
let lost: Beginning | undefined;

/**
 * Makes a run ready, in place of the one there was; resolves when it is, or has failed.
 *
 * @param before what was kept of it before
 */
export function open(beginning: Beginning, before?: Kept): Promise<void> {
  reset();
  state.value = "opening";
  // What one goes on with is kept until there is more.
  kept.value = before;
  let worker: Worker;
  try {
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  } catch {
    fail(NO_WORKER);
    return Promise.resolve();
  }
  const current: Opened = { worker, beginning, saved: [] };
  opened = current;
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (opened !== current) return;
      take(data, current);
      if (state.value !== "opening") resolve();
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (opened === current) fail(diedOf(event.message));
      resolve();
    });
    ask({ ask: "open", ...beginning, processors: navigator.hardwareConcurrency || 1 });
  });
}

/** Goes on, with another worker, from what was kept of a run whose worker has died, or is silent. */
export async function revive(): Promise<void> {
  const [beginning, before] = [lost ?? opened?.beginning, kept.value];
  if (beginning === undefined || before === undefined) return;
  const saved = { bytes: before.bytes, source: "The run" };
  await open({ ...beginning, saved }, before);
}

export function start(): void {
  failure.value = undefined;
  ask({ ask: "start" });
}

export function pause(): void {
  ask({ ask: "pause" });
}

export function step(): void {
  failure.value = undefined;
  ask({ ask: "step" });
}

/** Ends the run: nothing of it is left but the network, and what was saved. */
export function reset(): void {
  heartbeat.stop();
  opened?.worker.terminate();
  for (const { reject } of opened?.saved ?? []) reject(new Error("The run was ended."));
  opened = undefined;
  lost = undefined;
  kept.value = undefined;
  state.value = "none";
  view.value = NOTHING;
  failure.value = undefined;
}

/** The bytes of a file that the command goes on with. */
export function save(): Promise<Uint8Array> {
  if (isBrokenOff() && kept.value) return Promise.resolve(kept.value.bytes);
  return new Promise((resolve, reject) => {
    if (opened === undefined) return reject(new Error("There is no run to save."));
    opened.saved.push({ resolve, reject });
    ask({ ask: "save" });
  });
}

/** Whether all that is left of the run is what was kept of it; of a silent one, perhaps. */
export function isBrokenOff(): boolean {
  return state.value === "dead" || state.value === "silent" || state.value === "diverged";
}

function ask(request: Request): void {
  opened?.worker.postMessage(request);
}

function take(answer: Answer, current: Opened): void {
  heartbeat.heard();
  switch (answer.answer) {
    case "event":
      view.value = reduce(view.value, answer.event);
      break;
    case "state":
      state.value = answer.state;
      if (answer.state === "training") heartbeat.start();
      else heartbeat.stop();
      break;
    case "saved":
      current.saved.shift()?.resolve(answer.bytes);
      break;
    case "kept":
      kept.value = answer.kept;
      break;
    case "network":
      if (answer.trained.epochs > 0) network.value = networkOf(answer.trained, current);
      break;
    case "failed":
      failure.value = inLabels(answer.message);
      // A run that could not be made ready is none.
      if (state.value === "opening") endWith(failure.value);
      break;
  }
}

function networkOf(
  { network: { layers: theta }, testAccuracy }: TrainedSoFar,
  { beginning: { settings, dataset, name } }: Opened,
) {
  const { rows, columns } = dataset.test;
  const classes = view.value.started?.classes ?? [];
  const used = view.value.started?.settings ?? settings;
  const { activation, cost } = used;
  const accuracy = testAccuracy === undefined ? {} : { testAccuracy };
  const run = {
    settings: { ...used },
    dataset: { name: dataset.name },
    reports: view.value.epochs,
  };
  return { name, rows, columns, classes, activation, cost, theta, ...accuracy, run };
}

function endWith(reason: string): void {
  const before = view.value;
  reset();
  view.value = before;
  failure.value = reason;
}

/** What it had done so far stays to be looked at; it cannot be gone on with. */
function fail(reason: string): void {
  const [beginning, before] = [opened?.beginning, kept.value];
  endWith(reason);
  [lost, kept.value] = [beginning, before];
  state.value = "dead";
}

const NO_WORKER =
  "This browser does not let the page train on a thread of its own. Drawing and stepping work without.";

function diedOf(message: string | undefined): string {
  const why = message ? ` (${message})` : "";
  return `The training thread has stopped unexpectedly${why}: ${remedy()}.`;
}

function silence(): string {
  return `The training thread has not answered for a minute. The browser may have ended it, or a step may take this long: wait, or ${remedy()}.`;
}

function remedy(): string {
  return kept.value === undefined
    ? "reset to begin again, or load what you have saved"
    : `go on from the end of epoch ${kept.value.epochs}, which the page has kept, or save that`;
}
