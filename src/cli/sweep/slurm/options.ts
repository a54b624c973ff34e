/** The flags that leave the runs of a sweep to Slurm. */
import { type Command, InvalidArgumentError } from "commander";

export interface SlurmFlags {
  readonly slurm?: boolean;
  /** Options of sbatch, each as a word. */
  readonly sbatch?: readonly string[];
  readonly wait?: boolean;
}

export function addSlurmOptions<C extends Command>(command: C): C {
  return command
    .option("--slurm", "submit the runs that are left to Slurm, as array jobs")
    .option(
      "--sbatch <options>",
      "options for sbatch, in one word: --sbatch '--time=1:00:00 --partition=cpu' (with --slurm)",
      (text: string, before: readonly string[] = []) => [...before, ...wordsOf(text)],
    )
    .option("--wait", "return when the jobs have ended (with --slurm)");
}

/** The words of a text as a POSIX shell takes them, without variables and the like. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const part = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy;
  let word: string | undefined;
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const match = part.exec(text);
    if (match === null) {
      throw new InvalidArgumentError(`A quote is not closed in ${text.slice(at)}`);
    }
    const [whole, single, double, escaped, plain] = match;
    const piece = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain;
    if (piece !== undefined) word = (word ?? "") + piece;
    else if (whole !== "" && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
