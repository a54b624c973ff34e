/** What runs are called, so that they can be told apart. */
import { basename, dirname, extname, resolve } from "node:path";
import type { ReportedRun } from "../../report/index.js";
import { labelIn } from "../../sweeps/plan/identity.js";

/**
 * Runs without a name are called as their files are, or, where such files in several folders are called the
 * same, as their folders. Of those with one name, each has a number.
 */
export function namesOf(runs: readonly Pick<ReportedRun, "name" | "file">[]): string[] {
  const nameless = runs.filter(({ name }) => !name);
  const names = runs.map(({ name, file }) => {
    const base = baseOf(file);
    const alike = nameless.filter((other) => baseOf(other.file) === base);
    const folders = new Set(alike.map((other) => folderOf(other.file)));
    return name || (folders.size > 1 && labelIn(basename(folderOf(file)))) || base;
  });
  return numbered(names);
}

function baseOf(file: string): string {
  return basename(file, extname(file));
}

function folderOf(file: string): string {
  return dirname(resolve(file));
}

/** The same names, of which those that are there several times have numbers. */
export function numbered(names: readonly string[]): string[] {
  const taken = new Set(names);
  return names.map((name) => {
    if (names.indexOf(name) === names.lastIndexOf(name)) return name;
    let k = 1;
    while (taken.has(`${name} (${k})`)) k++;
    taken.add(`${name} (${k})`);
    return `${name} (${k})`;
  });
}
