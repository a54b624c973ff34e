/** An order of items that depend on each other, to which dependencies may be added. */

/**
 * Adding one costs nothing where the order is already as demanded; else only what lies between the
 * two is put into another order. So do Pearce and Kelly, "A dynamic topological sort algorithm for
 * directed acyclic graphs" (2006).
 */
export class Order<T> {
  readonly #items: T[];
  readonly #positions: Map<T, number>;
  readonly #dependencies: Map<T, readonly T[]>;

  /** @param items each after those it depends on */
  constructor(items: readonly T[], dependencies: (item: T) => readonly T[]) {
    this.#items = [...items];
    this.#positions = new Map(items.map((item, position) => [item, position]));
    this.#dependencies = new Map(items.map((item) => [item, dependencies(item)]));
  }

  /** All items, each after those it depends on. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** Makes an item depend on others; returns false, with nothing changed, if one depends on it. */
  add(item: T, others: readonly T[]): boolean {
    const start = this.#positionOf(item);
    const moved = this.#neededFrom(start, others);
    if (moved.has(item)) return false;
    this.#dependencies.set(item, [...this.#dependencies.get(item)!, ...others]);
    this.#moveTo(start, moved);
    return true;
  }

  /** The given items and what they depend on, as far as these stand at a position or behind it. */
  #neededFrom(start: number, items: readonly T[]): Set<T> {
    const found = new Set<T>();
    const left = [...items];
    for (let item = left.pop(); item !== undefined; item = left.pop()) {
      if (found.has(item) || this.#positionOf(item) < start) continue;
      found.add(item);
      for (const each of this.#dependencies.get(item)!) left.push(each);
    }
    return found;
  }

  /** Moves items forward to a position, in the order that they have; the others follow in theirs. */
  #moveTo(start: number, moved: ReadonlySet<T>): void {
    let end = start;
    for (const item of moved) end = Math.max(end, this.#positionOf(item) + 1);
    const range = this.#items.slice(start, end);
    const reordered = [
      ...range.filter((item) => moved.has(item)),
      ...range.filter((item) => !moved.has(item)),
    ];
    reordered.forEach((item, k) => {
      this.#items[start + k] = item;
      this.#positions.set(item, start + k);
    });
  }

  #positionOf(item: T): number {
    return this.#positions.get(item) as number;
  }
}
