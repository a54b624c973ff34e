/** What makes a run of a sweep the one that it is: its digest, and a label that people can read. */
import { createHash } from "node:crypto";
import { defaults } from "../../training/settings/settings.js";

/** What decides the weights of all runs of a sweep beside their settings. */
export interface Common {
  readonly dataset: { readonly name: string; readonly sha256: string };
  readonly executor: string;
  readonly backend: string;
}

const DEFAULTS = new Map(Object.entries(defaults).map(([name, value]) => [name, asJson(value)]));

/**
 * The settings that are not as by default, each as a part of JSON. So a run stays what it was when there
 * are settings that did not exist when it was planned.
 */
export function essentialParts(
  settings: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly text: string }[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined || asJson(value) === DEFAULTS.get(name)) return [];
    return [{ name, text: `"${name}":${asJson(value)}` }];
  });
}

/** Makes the digests of runs, in hexadecimal digits, of a JSON object of these parts in the order of names. */
export function digester({ dataset, executor, backend }: Common): (settings: string) => string {
  const kernels = executor === "engine" ? backend : "";
  const common = createHash("sha256").update(`${dataset.sha256} ${executor} ${kernels}\n`);
  return (settings) => common.copy().update(settings).digest("hex");
}

/** In characters, of the part of a folder's name that is the run's label. */
const LONGEST_LABEL = 80;

/** A run's folder: its label, as far as there is room for it, and the beginning of its digest. */
export function folderName(label: string, sha256: string): string {
  const words = label.replace(/[^\w.,=+-]+/g, "_").slice(0, LONGEST_LABEL);
  return `${words}-${sha256.slice(0, 8)}`;
}

/** The label in the name of a run's folder; another name as it is. */
export function labelIn(folder: string): string {
  return folder.replace(/-[0-9a-f]{8}$/, "");
}

function asJson(value: unknown): string {
  return JSON.stringify(value);
}
