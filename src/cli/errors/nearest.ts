/** What a user may have meant by a name that does not exist. */

const choice = new Intl.ListFormat("en-GB", { type: "disjunction" });

/**
 * `did you mean epochs?`, or undefined if no candidate is near.
 *
 * @param spell how to write a candidate
 */
export function didYouMean(
  word: string,
  candidates: readonly string[],
  spell: (candidate: string) => string = (candidate) => candidate,
): string | undefined {
  const near = nearest(word, candidates).map(spell);
  return near.length === 0 ? undefined : `did you mean ${choice.format(near)}?`;
}

/**
 * The candidates that are fewest edits away, if these are at most a third of the name's letters.
 * Capital letters are as good as small ones.
 */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const most = Math.ceil(word.length / 3);
  const distances = candidates.map((candidate) =>
    // As many letters as one has more than the other must be inserted, or removed, at least.
    Math.abs(word.length - candidate.length) > most
      ? Number.POSITIVE_INFINITY
      : editDistance(word.toLowerCase(), candidate.toLowerCase()),
  );
  const least = Math.min(...distances);
  return least > most ? [] : candidates.filter((_, i) => distances[i] === least);
}

/** How many letters must be inserted, removed or replaced, or neighbours exchanged, to make b of a. */
function editDistance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : replaced;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
