/** The flags of the command that this process has been started for: what a message proposes must be among them. */

let flags: ReadonlySet<string> | undefined;

/** @param names such as `--threads`; undefined to allow all */
export function setFlagsAtHand(names: Iterable<string> | undefined): void {
  flags = names && new Set(names);
}

/** What a process that does a part of the work is told. */
export function flagsAtHand(): readonly string[] | undefined {
  return flags && [...flags];
}

/** Whether a flag with its value, such as `--threads 1`, is of the command; a variable is of all commands. */
export function isAtHand(words: string): boolean {
  return !words.startsWith("--") || (flags?.has(words.split(" ")[0]!) ?? true);
}
