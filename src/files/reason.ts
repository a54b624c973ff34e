/** What the system says when it fails, in words, and what helps. */

export const IS_FOLDER = "it is a folder, not a file";

/** Plainer words for what the system says. */
const PLAIN: Readonly<Record<string, string>> = {
  EISDIR: IS_FOLDER,
  ENOTDIR: "the path, or a part of it, is a file, not a folder",
};

/**
 * The reason of a failed system call in words: Node's message without its error code in front and
 * without the call and the path at the end, or plainer ones.
 */
export function systemReason(error: unknown): string {
  const plain = PLAIN[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  if (plain !== undefined) return plain;
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z0-9_]+: /, "").replace(/, \w+( '.*)?$/s, "");
}

/** What stands in the way of reading from a place, or of writing to it. */
type Obstacle =
  | "missing"
  | "no name"
  | "no folder"
  | "no file"
  | "full"
  | "too large"
  | "closed"
  | "broken"
  | "in use"
  | "passing"
  | "open files"
  | "memory";

/** A lack of memory has no code in Node, only these words. */
export const NO_MEMORY = "Array buffer allocation failed";

const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  ENOENT: "missing",
  ENAMETOOLONG: "no name",
  ELOOP: "no name",
  EINVAL: "no name",
  EILSEQ: "no name",
  ENOTDIR: "no folder",
  EISDIR: "no file",
  NOT_REGULAR: "no file",
  ENXIO: "no file",
  ENODEV: "no file",
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "too large",
  EACCES: "closed",
  EPERM: "closed",
  EROFS: "closed",
  EIO: "broken",
  EBUSY: "in use",
  ETXTBSY: "in use",
  EAGAIN: "passing",
  EINTR: "passing",
  ESTALE: "passing",
  ETIMEDOUT: "passing",
  EMFILE: "open files",
  ENFILE: "open files",
  ENOMEM: "memory",
  [NO_MEMORY]: "memory",
};

type Remedies = Readonly<Partial<Record<Obstacle, string>>>;

/** What helps whatever is done. */
const ALWAYS: Remedies = {
  "in use": "close what uses it, and try again",
  passing: "try again",
  "open files": "close other programs, or raise the limit on open files (ulimit -n)",
  memory: "close other programs",
};

const TO_READ: Remedies = {
  missing: "check the name",
  "no name": "check the name",
  "no folder": "check the name",
  "no file": "name a file",
  closed: "make it readable",
  broken: "see whether the disk is sound, and try again",
};

const TO_WRITE: Remedies = {
  missing: "create the folder first, or choose another",
  "no name": "choose another name",
  "no file": "choose another name",
  "no folder": "choose another folder",
  full: "make room there, or choose another folder",
  "too large": "raise the limit on the size of files (ulimit -f), or choose another folder",
  closed: "make it and its folder writable, or choose another folder",
  broken: "see whether the disk is sound, or choose a folder on another",
};

/** Why something cannot be read, with what helps if that is known: `no such file or directory; check the name` */
export function whyNotRead(error: unknown): string {
  const remedy = remedyAmong(error, TO_READ);
  return systemReason(error) + (remedy ? `; ${remedy}` : "");
}

/** The same of what cannot be written. */
export function whyNotWritten(error: unknown): string {
  return `${systemReason(error)}; ${remedyAmong(error, TO_WRITE) ?? "choose another folder"}`;
}

/** That of the remedies which is for the error of a system call, or what always helps; undefined if nothing does. */
export function remedyAmong(error: unknown, remedies: Remedies): string | undefined {
  const { code, message = "" } = (error ?? {}) as NodeJS.ErrnoException;
  const obstacle = OBSTACLES[code ?? message];
  return obstacle && (remedies[obstacle] ?? ALWAYS[obstacle]);
}
