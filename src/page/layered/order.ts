/** The order of the cells in each rank, so that few edges cross. */
import type { Cell } from "./cells.js";

/** Sweeps without an improvement before it ends. */
const PATIENCE = 8;

/** @returns of each rank its cells, from the left */
export function ordered(cells: readonly Cell[]): readonly (readonly number[])[] {
  const count = Math.max(...cells.map(({ rank }) => rank)) + 1;
  let ranks: number[][] = Array.from({ length: count }, () => []);
  visited(cells).forEach((cell) => {
    ranks[cells[cell]!.rank]!.push(cell);
  });
  let best = ranks.map((rank) => [...rank]);
  let fewest = crossings(cells, best);
  for (let sweep = 0, idle = 0; idle < PATIENCE && fewest > 0; sweep++, idle++) {
    const isDown = sweep % 2 === 0;
    const places = placesIn(cells, ranks);
    const indices = ranks.map((_, k) => k);
    for (const k of isDown ? indices : indices.reverse()) {
      ranks[k] = sorted(ranks[k]!, (cell) => {
        const linked = isDown ? cells[cell]!.above : cells[cell]!.below;
        return linked.length === 0 ? places[cell]! : mean(linked.map((other) => places[other]!));
      });
      ranks[k].forEach((cell, place) => {
        places[cell] = place;
      });
    }
    ranks = exchanged(cells, ranks);
    const now = crossings(cells, ranks);
    if (now >= fewest) continue;
    [best, fewest, idle] = [ranks.map((rank) => [...rank]), now, 0];
  }
  return best;
}

/** All cells as a walk along the edges meets them: what belongs together is together. */
function visited(cells: readonly Cell[]): ReadonlySet<number> {
  const seen = new Set<number>();
  // The next one is last. A walk that recurses would be limited in depth.
  const waiting = [...cells.keys()].reverse();
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    if (seen.has(cell)) continue;
    seen.add(cell);
    const { above, below } = cells[cell]!;
    waiting.push(...[...above, ...below].reverse());
  }
  return seen;
}

/** Neighbours change places where fewer edges cross then. */
function exchanged(cells: readonly Cell[], ranks: readonly number[][]): number[][] {
  const places = placesIn(cells, ranks);
  return ranks.map((rank) => {
    const cellsOfRank = [...rank];
    for (let k = 0; k + 1 < cellsOfRank.length; k++) {
      const [left, right] = [cellsOfRank[k]!, cellsOfRank[k + 1]!];
      const cross = (a: number, b: number) =>
        crossed(cells[a]!.above, cells[b]!.above, places) +
        crossed(cells[a]!.below, cells[b]!.below, places);
      if (cross(right, left) >= cross(left, right)) continue;
      [cellsOfRank[k], cellsOfRank[k + 1]] = [right, left];
      [places[left], places[right]] = [places[right]!, places[left]!];
    }
    return cellsOfRank;
  });
}

function crossings(cells: readonly Cell[], ranks: readonly number[][]): number {
  const places = placesIn(cells, ranks);
  let sum = 0;
  for (const rank of ranks) {
    for (const [k, left] of rank.entries()) {
      for (const right of rank.slice(k + 1)) {
        sum += crossed(cells[left]!.below, cells[right]!.below, places);
      }
    }
  }
  return sum;
}

/** How many edges to the first cells, which come from the left, cross those to the second. */
function crossed(
  first: readonly number[],
  second: readonly number[],
  places: readonly number[],
): number {
  return first.reduce((sum, a) => sum + second.filter((b) => places[b]! < places[a]!).length, 0);
}

function placesIn(cells: readonly Cell[], ranks: readonly (readonly number[])[]): number[] {
  const places = new Array<number>(cells.length).fill(0);
  for (const rank of ranks) {
    rank.forEach((cell, place) => {
      places[cell] = place;
    });
  }
  return places;
}

function sorted(cells: readonly number[], key: (cell: number) => number): number[] {
  const keys = new Map(cells.map((cell) => [cell, key(cell)]));
  return cells.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
