/** Draws a graph without cycles in ranks: every edge leads downwards, with few crossings and few bends. */
import { cellsOf } from "./cells.js";
import { ordered } from "./order.js";
import { placed } from "./place.js";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** With the size of what is written on it. Nodes are named by their places in the list. */
export interface Edge extends Size {
  readonly from: number;
  readonly to: number;
}

export interface Spacing {
  /** Between two nodes of a rank, two edges that pass, and a rank and the labels on the edges below it. */
  readonly nodes: number;
  readonly edges: number;
  readonly ranks: number;
  /** Around all of it. */
  readonly beside: number;
  readonly above: number;
}

export interface Route {
  /** Between its two nodes, from above. */
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point;
}

export interface Layered extends Size {
  /** The middles of the nodes. */
  readonly nodes: readonly Point[];
  readonly edges: readonly Route[];
}

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
