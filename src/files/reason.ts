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
