/**
 * Temporary files, each beside the file whose place it is to take. Its name tells who writes it, so
 * that those which killed processes have left can be known and removed.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** In milliseconds; who writes a file does not pause for so long. */
const ABANDONED_AFTER = 3_600_000;

export interface Temporary {
  readonly path: string;
  /** Who writes it. */
  readonly machine: string;
  readonly pid: number;
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
    if (!isGone(temporary) && now - (await writtenAt(path)) < ABANDONED_AFTER) continue;
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

/** Whether it is known that the process has ended. */
function isGone(writer: Temporary): boolean {
  if (writer.machine !== thisMachine()) return false;
  try {
    process.kill(writer.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function writtenAt(path: string): Promise<number> {
  const status = await stat(path).catch(() => undefined);
  return status?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

let machine: string | undefined;

/** What has one numbering of processes: a machine, or a container, from one start to the next. */
function thisMachine(): string {
  machine ??= createHash("sha256")
    .update(hostname())
    .update(orNothing(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")))
    .update(orNothing(() => readlinkSync("/proc/self/ns/pid")))
    .digest("hex")
    .slice(0, 8);
  return machine;
}

/** Only Linux has such files. */
function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
