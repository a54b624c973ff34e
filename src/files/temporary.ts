/**
 * Temporary files, each beside the file whose place it is to take. Its name tells who writes it, so
 * that those which killed processes have left can be known and removed.
 */
import { createHash, randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasEnded, thisMachine, type Writer } from "./writer.js";

/** In milliseconds; who writes a file does not pause for so long. */
const ABANDONED_AFTER = 3_600_000;

export interface Temporary extends Pick<Writer, "machine" | "pid"> {
  readonly path: string;
}

/** A new name: `.model.safetensors.<machine>-<process>-<random>.part` */
export function newTemporary(target: string): string {
  const writer = `${thisMachine()}-${process.pid}-${randomBytes(4).toString("hex")}`;
  return join(dirname(target), `${prefixOf(target)}${writer}.part`);
}

/** All temporary files of a target, whoever has made them. */
export async function temporariesOf(target: string): Promise<Temporary[]> {
  const [directory, prefix] = [dirname(target), prefixOf(target)];
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const rest = name.slice(prefix.length);
      const [, machine, pid] = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part$/.exec(rest) ?? [];
      if (machine === undefined) return [];
      return { path: join(directory, name), machine, pid: Number(pid) };
    });
}

/**
 * Removes the temporary files that nobody writes any more: those of processes of this machine that
 * are gone, and those that have not been written to for an hour. More cannot be known of a process of
 * another machine that shares the folder, nor where a new process has the number of the old one.
 *
 * @param now the time by the clock of the file system, which may be on another machine
 */
export async function removeStale(target: string, now: number): Promise<void> {
  for (const temporary of await temporariesOf(target)) {
    const { path } = temporary;
    if (hasEnded(temporary) !== true && now - (await writtenAt(path)) < ABANDONED_AFTER) continue;
    await rm(path, { force: true }).catch(() => {});
  }
}

/** In bytes, of a name to which more is added: file systems have names of up to 255, or 143. */
const LONGEST_NAME = 100;

/** A longer name is told by its digest. */
function prefixOf(target: string): string {
  const name = basename(target);
  if (Buffer.byteLength(name) <= LONGEST_NAME) return `.${name}.`;
  return `.${createHash("sha256").update(name).digest("hex").slice(0, 32)}.`;
}

async function writtenAt(path: string): Promise<number> {
  const status = await stat(path).catch(() => undefined);
  return status?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
