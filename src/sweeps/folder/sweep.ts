/**
 * A sweep's folder: sweep.json, runs.jsonl, a folder for each run in `runs`, and the small files in `done`,
 * `failed`, `stopped` and `claims` that say how far each is.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../../counted.js";
import { SweepError } from "../errors.js";
import { digester, folderName } from "../plan/identity.js";
import { Claim, type Holder, lookAt } from "./claims.js";
import { DESCRIPTION, type Description, type Expectation, readDescription } from "./description.js";
import { Lines, type PlannedRun } from "./lines.js";
import { endedIn } from "./results.js";
import { orCannot } from "./system.js";

export const FOLDERS = ["runs", "done", "failed", "stopped", "claims"];
export const LINES = "runs.jsonl";

export class Sweep {
  readonly directory: string;
  readonly description: Description;
  readonly #lines: Lines;
  readonly #digest: (settings: string) => string;

  constructor(directory: string, description: Description, lines: Lines) {
    this.directory = directory;
    this.description = description;
    this.#lines = lines;
    this.#digest = digester(description);
  }

  /** Throws a {@link SweepError} if the folder holds none, or a damaged one, and whatever `expect` throws. */
  static async open(directory: string, expect: Expectation): Promise<Sweep> {
    const description = await readDescription(directory, expect);
    if (description === undefined) {
      throw new SweepError(`${directory} holds no sweep: there is no sweep.json in it.`);
    }
    const file = join(directory, LINES);
    const lines = await Lines.read(file);
    const [, last] = description.runs.at(-1) ?? [-1, -1];
    if (last < lines.count) return new Sweep(directory, description, lines);
    throw new SweepError(
      `${file} is damaged: it has ${counted(lines.count, "run")}, where sweep.json speaks of run ${last}; plan the sweep again, and those that are missing are added.`,
    );
  }

  /** How many runs there are, whether they belong to the sweep or not. */
  get count(): number {
    return this.#lines.count;
  }

  /** The indices of all runs that belong to the sweep, in ascending order. */
  *indices(): Generator<number> {
    for (const [first, last] of this.description.runs) {
      for (let index = first; index <= last; index++) yield index;
    }
  }

  /** How many belong to it. */
  get size(): number {
    return this.description.runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  /** Whether the run belongs to the sweep as it was planned last. */
  has(index: number): boolean {
    return this.description.runs.some(([first, last]) => first <= index && index <= last);
  }

  /** Throws a {@link SweepError} if there is no such run, or if its line is damaged. */
  run(index: number): PlannedRun {
    if (index < this.count) return this.#lines.run(index, this.#digest);
    throw new SweepError(
      `${this.directory} has no run ${index}: its runs are 0 to ${this.count - 1}.`,
    );
  }

  /** What a sweep cannot do without. */
  get files(): string[] {
    return [DESCRIPTION, LINES].map((name) => join(this.directory, name));
  }

  folderOf({ label, sha256 }: PlannedRun): string {
    return join(this.directory, "runs", folderName(label, sha256));
  }

  /** Resolves to who has the run, if another process does. */
  claim(index: number): Promise<Claim | Holder> {
    return claimIn(this.directory, String(index));
  }

  async states(): Promise<States> {
    const { directory } = this;
    const folder = join(directory, "claims");
    const names = await orCannot("read", folder, () => readdir(folder));
    const [done, failed] = [await endedIn(directory, "done"), await endedIn(directory, "failed")];
    const stopped = await endedIn(directory, "stopped");
    const running = new Map<number, Holder>();
    for (const name of names.filter((each) => /^\d+$/.test(each))) {
      const file = join(folder, name);
      const found = await orCannot("read", file, () => lookAt(file));
      if (found?.isAlive && !done.has(Number(name))) running.set(Number(name), found.holder);
    }
    return new States(done, failed, running, stopped);
  }
}

/** `stopped` were not among the best so far; `left` may have been begun. Both can go on from where they are. */
export type State = "done" | "failed" | "running" | "stopped" | "left";

/** How far all runs of a sweep are. */
export class States {
  constructor(
    readonly done: ReadonlySet<number>,
    readonly failed: ReadonlySet<number>,
    /** With the processes that train them. */
    readonly running: ReadonlyMap<number, Holder>,
    readonly stopped: ReadonlySet<number>,
  ) {}

  of(index: number): State {
    if (this.done.has(index)) return "done";
    if (this.running.has(index)) return "running";
    if (this.failed.has(index)) return "failed";
    return this.stopped.has(index) ? "stopped" : "left";
  }

  /** How many of these runs are in each state. */
  count(indices: Iterable<number>): Readonly<Record<State, number>> {
    const counts = { done: 0, failed: 0, running: 0, stopped: 0, left: 0 };
    for (const index of indices) counts[this.of(index)]++;
    return counts;
  }
}

/** Resolves to who has what is named so, if another process does. */
export function claimIn(directory: string, name: string): Promise<Claim | Holder> {
  const file = join(directory, "claims", name);
  return orCannot("write", file, () => Claim.take(file));
}
