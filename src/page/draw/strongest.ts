/** Which units say most for a class and most against it. */

export interface Strongest {
  /** The units that add most, the strongest first, and those that take most away. */
  readonly for: readonly number[];
  readonly against: readonly number[];
}

/** At most so many of each; units that add nothing are in neither. */
export function strongest(contributions: ArrayLike<number>, most: number): Strongest {
  const units = Array.from({ length: contributions.length }, (_, k) => k).sort(
    (a, b) => contributions[b]! - contributions[a]!,
  );
  return {
    for: units.filter((k) => contributions[k]! > 0).slice(0, most),
    against: units
      .reverse()
      .filter((k) => contributions[k]! < 0)
      .slice(0, most),
  };
}

/** Row k of a matrix that lies column by column. */
export function rowOf(
  { shape: [rows, columns], data }: { shape: readonly [number, number]; data: ArrayLike<number> },
  k: number,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, c) => data[c * rows + k]!);
}
