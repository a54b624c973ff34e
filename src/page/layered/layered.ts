/** Draws a graph without cycles in ranks: every edge leads downwards, with few crossings and few bends. */
import { cellsOf } from "./cells.js";
import { ordered } from "./order.js";
import { placed } from "./place.js";
import type { Edge, Layered, Point, Size, Spacing } from "./types.js";

/**
 * The four steps of Sugiyama, Tagawa and Toda (1981): ranks, their order, places, and routes.
 *
 * @param edges each from a node to one that comes later in the list
 */
export function layered(nodes: readonly Size[], edges: readonly Edge[], spacing: Spacing): Layered {
  const { cells, chains } = cellsOf(nodes, edges, spacing);
  const ranks = ordered(cells);
  const xs = placed(cells, ranks);
  const ys = heights(ranks.map((rank) => Math.max(0, ...rank.map((cell) => cells[cell]!.height))));
  const left = Math.min(...cells.map(({ width }, cell) => xs[cell]! - width / 2));
  const right = Math.max(...cells.map(({ width }, cell) => xs[cell]! + width / 2));
  const at = (cell: number): Point => ({
    x: xs[cell]! - left + spacing.beside,
    y: ys.middles[cells[cell]!.rank]!,
  });
  return {
    width: right - left + 2 * spacing.beside,
    height: ys.end,
    nodes: nodes.map((_, node) => at(node)),
    edges: chains.map(({ through, label }) => ({ points: through.map(at), label: at(label) })),
  };

  function heights(sizes: readonly number[]): { middles: readonly number[]; end: number } {
    let top = spacing.above;
    const middles = sizes.map((size) => {
      const middle = top + size / 2;
      top += size + spacing.ranks;
      return middle;
    });
    return { middles, end: top - spacing.ranks + spacing.above };
  }
}
