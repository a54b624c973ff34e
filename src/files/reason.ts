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

/** What stands in the way of writing to a place. */
type Obstacle = "missing" | "no folder" | "full" | "closed";

const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  ENOENT: "missing",
  ENOTDIR: "no folder",
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EACCES: "closed",
  EPERM: "closed",
  EROFS: "closed",
};

/** That of the remedies which is for the error of a system call that writes; undefined if none is. */
export function remedyAmong(
  error: unknown,
  remedies: Readonly<Partial<Record<Obstacle, string>>>,
): string | undefined {
  const obstacle = OBSTACLES[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  return obstacle && remedies[obstacle];
}
