/** Where the cells of each rank stand: as near as possible to what they are linked to, and never too close. */
import type { Cell } from "./cells.js";

/** Enough for pixels. */
const SWEEPS = 60;

/** A bend within an edge looks worse than a slant at its end. */
const STRAIGHT = 6;

/**
 * Least squares of the links' slants, rank by rank: what each rank minimises, all of them together do, as the
 * sum is convex.
 *
 * @returns of each cell the x of its middle
 */
export function placed(
  cells: readonly Cell[],
  ranks: readonly (readonly number[])[],
): readonly number[] {
  const xs = new Array<number>(cells.length).fill(0);
  const weight = (a: Cell, b: Cell) => (a.isNode || b.isNode ? 1 : STRAIGHT);
  const place = (rank: readonly number[]) => {
    const wishes = rank.map((index) => {
      const cell = cells[index]!;
      const linked = [...cell.above, ...cell.below];
      let [sum, total] = [0, 0];
      for (const other of linked) {
        const w = weight(cell, cells[other]!);
        sum += w * xs[other]!;
        total += w;
      }
      return total === 0 ? { x: xs[index]!, weight: 1 } : { x: sum / total, weight: total };
    });
    const spaces = rank.map((index, k) => {
      const [before, cell] = [cells[rank[k - 1] ?? index]!, cells[index]!];
      return k === 0 ? 0 : (before.width + cell.width + before.gap + cell.gap) / 2;
    });
    apart(wishes, spaces).forEach((x, k) => {
      xs[rank[k]!] = x;
    });
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const rank of sweep % 2 === 0 ? ranks : ranks.toReversed()) place(rank);
  }
  return xs;
}

interface Wish {
  readonly x: number;
  readonly weight: number;
}

/**
 * The places nearest to the wished ones, by weighted squares, with at least such a space before each: less
 * their spaces they must not fall, so neighbours that would are pooled at their mean (isotonic regression).
 */
export function apart(wishes: readonly Wish[], spaces: readonly number[]): number[] {
  let offset = 0;
  const offsets = spaces.map((space) => {
    offset += space;
    return offset;
  });
  const pools: { x: number; weight: number; count: number }[] = [];
  wishes.forEach(({ x, weight }, k) => {
    let pool = { x: x - offsets[k]!, weight, count: 1 };
    for (let last = pools.at(-1); last !== undefined && last.x > pool.x; last = pools.at(-1)) {
      const total = last.weight + pool.weight;
      const mean = (last.x * last.weight + pool.x * pool.weight) / total;
      pool = { x: mean, weight: total, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ x, count }) => new Array<number>(count).fill(x))
    .map((x, k) => x + offsets[k]!);
}
