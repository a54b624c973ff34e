/**
 * Claims: a process says with a file that it works on something, so that no other does. Whoever makes the
 * file has the claim; it writes to it again and again, and a claim that is not written to any more is
 * dead. Nothing relies on locks, nor on the clocks of two machines agreeing: ages are by the clock of the
 * file system, wherever that is.
 *
 * Two may still believe that they have one claim, if one of them was stopped for longer than a minute. What
 * is done under claims must be harmless when done twice.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { ifThere } from "../../files/if-there.js";
import { hasEnded, thisProcess, type Writer } from "../../files/writer.js";

/** In milliseconds. */
const RENEWED_EVERY = 10_000;
const DEAD_AFTER = 60_000;

/** Who has a claim. */
export interface Holder extends Writer {
  /** For people. */
  readonly host: string;
  /** Tells this claim from all others. */
  readonly nonce: string;
}

export class Claim {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #holder: Holder;
  readonly #timer: NodeJS.Timeout;

  constructor(path: string, handle: FileHandle, holder: Holder) {
    this.#path = path;
    this.#handle = handle;
    this.#holder = holder;
    // What cannot be renewed now may be next time; else others will take it for dead.
    this.#timer = setInterval(() => this.#write().catch(() => {}), RENEWED_EVERY).unref();
  }

  /**
   * Claims what a file stands for. Resolves to the holder's name if another process has it and is alive,
   * or may be. Throws what the system says.
   */
  static async take(path: string): Promise<Claim | Holder> {
    for (;;) {
      try {
        const handle = await open(path, "wx");
        const holder = { ...thisProcess(), host: hostname(), nonce: randomUUID() };
        const claim = new Claim(path, handle, holder);
        await claim.#begin();
        return claim;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const found = await lookAt(path);
      if (found === undefined) continue;
      if (found.isAlive) return found.holder;
      await remove(path, found.holder.nonce);
    }
  }

  /** Lets others have it. */
  async release(): Promise<void> {
    await this.#stop();
    await remove(this.#path, this.#holder.nonce).catch(() => {});
  }

  /** Writes the holder's name. A claim without one would be left alone for a minute: if that fails, there is none. */
  async #begin(): Promise<void> {
    try {
      await this.#write();
    } catch (error) {
      await this.#stop();
      await rm(this.#path, { force: true });
      throw error;
    }
  }

  async #stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#handle.close();
  }

  /** Through the handle: if others have taken the claim for dead, this is not their file. */
  async #write(): Promise<void> {
    await this.#handle.write(JSON.stringify(this.#holder), 0);
  }
}

/** A claim as others see it. */
export interface Found {
  readonly holder: Holder;
  readonly isAlive: boolean;
}

/** Undefined if nobody has it. Throws what the system says. */
export async function lookAt(path: string): Promise<Found | undefined> {
  // Opening makes a network file system ask for what is true now.
  const handle = await ifThere(() => open(path, "r"));
  if (handle === undefined) return undefined;
  try {
    const holder = holderIn(await handle.readFile("utf8"));
    const ended = holder.started === undefined ? hasEnded(holder) || undefined : hasEnded(holder);
    if (ended !== undefined) return { holder, isAlive: !ended };
    const { mtimeMs } = await handle.stat();
    return { holder, isAlive: (await timeThere(path)) - mtimeMs < DEAD_AFTER };
  } finally {
    await handle.close();
  }
}

/** Of a claim whose holder has not come to write its name. */
const NOBODY: Holder = { machine: "", pid: 0, host: "another process", nonce: "" };

function holderIn(text: string): Holder {
  try {
    return { ...NOBODY, ...(JSON.parse(text) as Partial<Holder>) };
  } catch {
    return NOBODY;
  }
}

/** Milliseconds by the clock of the file system. */
async function timeThere(path: string): Promise<number> {
  const probe = join(dirname(path), `.clock-${randomUUID()}`);
  const handle = await open(probe, "wx");
  try {
    await handle.write("now");
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
    await rm(probe, { force: true });
  }
}

/**
 * Removes a claim if it still is the one with this nonce. It is first renamed, which only one process can
 * do; if it is another claim by then, that goes back.
 */
async function remove(path: string, nonce: string): Promise<void> {
  const aside = join(dirname(path), `.ended-${basename(path)}-${randomUUID()}`);
  if ((await ifThere(() => rename(path, aside).then(() => true))) === undefined) return;
  const moved = await open(aside, "r");
  const isOther = holderIn(await moved.readFile("utf8")).nonce !== nonce;
  await moved.close();
  if (isOther) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
