/** One of the values that a setting has in a sweep. */
import { UsageError } from "../../errors/kinds.js";

export interface Choice {
  /** As a label has it. */
  readonly word: string;
  readonly value: unknown;
}

/** Throws a {@link UsageError} if two of the values are the same. */
export function expectDifferent(choices: readonly Choice[], where: string): void {
  const seen = new Map<string, Choice>();
  for (const choice of choices) {
    const json = JSON.stringify(choice.value);
    const before = seen.get(json);
    if (before !== undefined) {
      throw new UsageError(
        before.word === choice.word
          ? `${where} has ${choice.word} twice: drop one`
          : `${where} has ${before.word} and ${choice.word}, which are the same: drop one`,
      );
    }
    seen.set(json, choice);
  }
}
