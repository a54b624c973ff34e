/**
 * Which process does something to a file, so that others can tell whether it still does. File locks would
 * say so, too, but not on every network file system.
 */
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface Writer {
  readonly machine: string;
  readonly pid: number;
  /** When it was started, in the units of the system, which may use a number for another process later. */
  readonly started?: string | undefined;
}

export function thisProcess(): Writer {
  return { machine: thisMachine(), pid: process.pid, started: statusOf("self")?.started };
}

/** Undefined of a process of another machine, or container, of which more cannot be known. */
export function hasEnded({ machine, pid, started }: Writer): boolean | undefined {
  if (machine !== thisMachine()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const status = statusOf(pid);
  if (status === undefined) return false;
  return ENDED.includes(status.state) || (started !== undefined && started !== status.started);
}

/** A process that was killed, and whose parent has not asked how it ended. */
const ENDED = ["Z", "X"];

interface Status {
  readonly state: string;
  readonly started: string;
}

/** The third and the twenty-second of what Linux says of a process; the second may have blanks. */
function statusOf(pid: number | "self"): Status | undefined {
  const text = orNothing(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const words = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [words[0], words[19]];
  return state && started ? { state, started } : undefined;
}

let machine: string | undefined;

/** What has one numbering of processes: a machine, or a container, from one start to the next. */
export function thisMachine(): string {
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
