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
type Obstacle = "missing" | "no name" | "no folder" | "no file" | "full" | "closed";

const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  ENOENT: "missing",
  ENAMETOOLONG: "no name",
  ELOOP: "no name",
  ENOTDIR: "no folder",
  EISDIR: "no file",
  NOT_REGULAR: "no file",
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EACCES: "closed",
  EPERM: "closed",
  EROFS: "closed",
};

type Remedies = Readonly<Partial<Record<Obstacle, string>>>;

const TO_READ: Remedies = {
  missing: "check the name",
  "no name": "check the name",
  "no folder": "check the name",
  "no file": "name a file",
  closed: "make it readable",
};

const TO_WRITE: Remedies = {
  missing: "create the folder first, or choose another",
  "no folder": "choose another folder",
  full: "make room there, or choose another folder",
  closed: "make it and its folder writable, or choose another folder",
};

/** Why something cannot be read, with what helps if that is known: `no such file or directory; check the name` */
export function whyNotRead(error: unknown): string {
  const remedy = remedyAmong(error, TO_READ);
  return systemReason(error) + (remedy ? `; ${remedy}` : "");
}

/** The same of what cannot be written. */
export function whyNotWritten(error: unknown): string {
  return `${systemReason(error)}; ${remedyAmong(error, TO_WRITE) ?? "choose another name"}`;
}

/** That of the remedies which is for the error of a system call; undefined if none is. */
export function remedyAmong(error: unknown, remedies: Remedies): string | undefined {
  const obstacle = OBSTACLES[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  return obstacle && remedies[obstacle];
}
