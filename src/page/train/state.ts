/** The state of the room: the set-up, which is in the page's address, and what is done with it. */
import { computed, effect, signal } from "@preact/signals";
import type { Dataset } from "../../data/dataset.js";
import type { RunView } from "../../live/index.js";
import type { Settings } from "../../training/index.js";
import { dataset, datasetAtHand } from "../dataset.js";
import type { PageDataset } from "../given/data-files.js";
import { keep, place } from "../place.js";
import * as client from "../training/client.js";
import { commandFor } from "../training/command.js";
import { checked, linkOf, refusalOf, type Setup, setupIn, setupOf } from "./setup.js";

/** Of the generated digits, which there are as long as nothing else has been chosen. */
const GENERATED_COUNT = 20_000;

export const trainCount = computed(() => dataset.value?.train?.count ?? GENERATED_COUNT);

export const setup = signal<Setup>(setupIn(place.value.parameters, trainCount.peek()));

export const check = computed(() => checked(setup.value.texts, trainCount.value));

/** What the room says beside its buttons, of what was asked of it last. */
export const note = signal(refusalOf(place.value.parameters));

export const datasetName = computed(() => dataset.value?.name ?? "generated");

/** A run that was loaded goes on as it was set up, and has no recipe. */
export const loaded = signal<{ readonly name: string; readonly settings: Settings } | undefined>(
  undefined,
);

export const command = computed(() => {
  const settings = loaded.value?.settings ?? check.value.settings;
  return (
    settings &&
    commandFor(settings, loaded.value ? undefined : setup.value.recipe, datasetName.value)
  );
});

// A browser may stop a page altogether that nobody sees: the run then rests, and goes on with the page.
document.addEventListener("resume", () => {
  if (client.state.value === "training")
    note.value =
      "The browser had paused this page in the background: the run goes on from where it was.";
});

/** The run as it was when it was last saved, or loaded. */
let saved: RunView | undefined;

// What a run has learnt here goes with the page.
addEventListener("beforeunload", (event) => {
  const { value } = client.view;
  if (value !== saved && (value.progress || value.epochs.length)) event.preventDefault();
});

/** While there is a run, its set-up stays as it is. */
export const isFixed = computed(() => client.state.value !== "none");

effect(() => {
  const link = linkOf(setup.value, trainCount.value);
  if (place.peek().room === "train" || place.peek().room === "") keepHere(link);
});

/** Keeps a link in the address, unless it is there. */
function keepHere(link: Record<string, string>): void {
  const { parameters } = place.peek();
  const differs = Object.entries(link).some(
    ([key, value]) => (parameters.get(key) ?? "") !== value,
  );
  if (differs) keep(link);
}

/** Someone has followed a link, or has written into the address. */
effect(() => {
  const { room, parameters } = place.value;
  if (room !== "train" || isFixed.peek()) return;
  const next = setupIn(parameters, trainCount.peek());
  const refusal = refusalOf(parameters);
  if (refusal !== "") note.value = refusal;
  // The address then gets the recipe that there is.
  if (refusal !== "" || JSON.stringify(next) !== JSON.stringify(setup.peek())) setup.value = next;
});

export function chooseRecipe(name: string): void {
  note.value = "";
  setup.value = setupOf(name, trainCount.value);
}

export function change(setting: keyof Settings, text: string): void {
  const { recipe, texts } = setup.value;
  setup.value = { recipe, texts: { ...texts, [setting]: text } };
}

/** Begins a run unless there is one, and has it train on: to its end, or by a step. */
export async function go(extent: "start" | "step"): Promise<void> {
  note.value = "";
  if (client.state.value === "none" && !(await begin())) return;
  if (client.isBrokenOff()) await client.revive();
  if (client.state.value !== "paused") return;
  if (extent === "start") client.start();
  else client.step();
}

async function begin(): Promise<boolean> {
  const { settings } = check.value;
  if (settings === undefined) return false;
  client.state.value = "opening";
  const data = await trainingData();
  if (data === undefined) {
    client.state.value = "none";
    return false;
  }
  const name = `trained here on ${data.name}`;
  await client.open({ name, settings, dataset: data });
  return client.failure.value === undefined;
}

/** Undefined if there is none to be had, which is then said. */
async function trainingData(): Promise<Dataset | undefined> {
  try {
    const { train, ...others } = await datasetAtHand({ train: true });
    if (train !== undefined) return { ...others, train };
    client.failure.value = "There are only test images here: choose images to train on.";
  } catch (error) {
    client.failure.value = (error as Error).message;
  }
  return undefined;
}

export function reset(): void {
  note.value = "";
  loaded.value = undefined;
  client.reset();
}

/** Goes on with a file that was saved here, or by the command. */
export async function load(file: File): Promise<void> {
  reset();
  client.state.value = "opening";
  const data = await trainingData();
  if (data === undefined) {
    client.state.value = "none";
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const settings = check.value.settings ?? ({} as Settings);
  const name = file.name.replace(/\.safetensors$/, "");
  await client.open({ name, settings, dataset: data, saved: { bytes, source: file.name } });
  saved = client.view.value;
  const { started } = saved;
  if (started !== undefined && client.failure.value === undefined) {
    loaded.value = { name: file.name, settings: started.settings };
    note.value = `${file.name} goes on from where it was saved.`;
  }
}

/** Has the browser save the run as a file. */
export async function save(): Promise<string> {
  const bytes = await client.save();
  saved = client.view.value;
  const file = `${datasetName.value}.safetensors`;
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement("a");
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return file;
}

/** Trains on other images from now on. */
export function takeDataset(chosen: PageDataset): void {
  reset();
  dataset.value = chosen;
}
