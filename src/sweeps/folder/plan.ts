/** Planning a sweep in a folder that is new, or that holds it as it was planned before. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { makeDirectory } from "../../files/directory.js";
import { ifThere } from "../../files/if-there.js";
import { SweepError } from "../errors.js";
import { Claim } from "./claims.js";
import {
  type Description,
  type Expectation,
  rangesOf,
  readDescription,
  writeDescription,
} from "./description.js";
import { Lines, lineOf } from "./lines.js";
import { claimIn, FOLDERS, LINES, Sweep } from "./sweep.js";
import { orCannot } from "./system.js";

/** A run that is to be planned. */
export interface Planned {
  readonly sha256: string;
  readonly label: string;
  /** Those that are not as by default, as a JSON object in the order of names. */
  readonly settings: string;
}

/** Planned runs by their indices. */
export type Numbered = ReadonlyMap<number, Planned>;

/**
 * Makes a folder hold a sweep of these runs. Those that it has keep their indices, and others are appended;
 * runs that it has and that are not among these stay, but no longer belong to it.
 *
 * @param agree what is expected of a sweep that is there
 * @throws {SweepError} if the folder holds something else, or cannot be written
 */
export async function planSweep(
  directory: string,
  description: Omit<Description, "runs">,
  planned: Iterable<Planned>,
  agree: Expectation,
): Promise<Sweep> {
  await expectSweep(directory, agree);
  await orCannot("write", directory, async () => {
    for (const folder of FOLDERS) await makeDirectory(join(directory, folder));
  });
  const claim = await claimIn(directory, "plan");
  if (!(claim instanceof Claim)) {
    throw new SweepError(
      `${directory} is being planned by process ${claim.pid} of ${claim.host}: try again in a moment.`,
    );
  }
  try {
    const file = join(directory, LINES);
    const lines = await Lines.read(file);
    const number = numberer(lines);
    const belong = new Set<number>();
    await lines.append(
      newLines(planned, (run) => {
        const numbered = number(run);
        belong.add(numbered.index);
        return numbered;
      }),
    );
    const runs = rangesOf([...belong].sort((a, b) => a - b));
    const now = { ...description, runs };
    await writeDescription(directory, now);
    return new Sweep(directory, now, await Lines.read(file));
  } finally {
    await claim.release();
  }
}

function* newLines(planned: Iterable<Planned>, number: Numberer): Generator<string> {
  for (const run of planned) {
    const { sha256, label, settings } = run;
    if (number(run).isNew) yield lineOf(sha256, label, settings);
  }
}

/** The indices that runs would have. Changes nothing; throws as {@link planSweep} does. */
export async function previewSweep(
  directory: string,
  planned: Iterable<Planned>,
  agree: Expectation,
): Promise<Numbered> {
  await expectSweep(directory, agree);
  return numberRuns(planned, await Lines.read(join(directory, LINES)));
}

/** The same where there is no folder yet, or with the lines of one. */
export function numberRuns(planned: Iterable<Planned>, lines: Known = NONE): Numbered {
  const number = numberer(lines);
  return new Map(Array.from(planned, (run) => [number(run).index, run]));
}

type Known = Pick<Lines, "count" | "sha256">;
const NONE: Known = { count: 0, sha256: () => "" };

type Numberer = (run: Planned) => { readonly index: number; readonly isNew: boolean };

/** New runs follow those that are there. Of runs that are planned twice, as draws may be, there is one. */
function numberer(lines: Known): Numberer {
  const known = new Map<string, number>();
  for (let index = 0; index < lines.count; index++) known.set(lines.sha256(index), index);
  let next = lines.count;
  return ({ sha256 }) => {
    const index = known.get(sha256);
    if (index !== undefined) return { index, isNew: false };
    known.set(sha256, next);
    return { index: next++, isNew: true };
  };
}

/**
 * Throws if the folder holds another sweep, or something else. One whose planning was interrupted is none yet.
 * One that has lost its sweep.json may hold more by then, such as reports.
 */
async function expectSweep(directory: string, agree: Expectation): Promise<void> {
  if ((await readDescription(directory, agree)) !== undefined) return;
  const names = await orCannot("read", directory, () => ifThere(() => readdir(directory)));
  if (FOLDERS.every((folder) => names?.includes(folder))) return;
  const other = names?.find((name) => ![...FOLDERS, LINES].includes(name) && !name.startsWith("."));
  if (other === undefined) return;
  throw new SweepError(
    `${directory} holds something else than a sweep, such as ${other}: name a new folder.`,
  );
}
