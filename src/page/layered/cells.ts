/** The ranks of nodes, and a cell for each node and for each rank that an edge passes. */
import type { Edge, Size, Spacing } from "./types.js";

export interface Cell extends Size {
  readonly rank: number;
  /** Between it and its neighbours; of two that differ, the mean. */
  readonly gap: number;
  /** The cells above and below that it is linked to. */
  readonly above: number[];
  readonly below: number[];
  /** Whether it is a node, and not on an edge. */
  readonly isNode: boolean;
}

export interface Chain {
  /** The cells of an edge, from above, without its nodes. */
  readonly through: readonly number[];
  /** The one with its label. */
  readonly label: number;
}

/** Nodes come first, as in their list. Every second rank has labels of edges alone. */
export function cellsOf(
  nodes: readonly Size[],
  edges: readonly Edge[],
  spacing: Spacing,
): { readonly cells: readonly Cell[]; readonly chains: readonly Chain[] } {
  const ranks = ranksOf(nodes.length, edges);
  const cells: Cell[] = nodes.map(({ width, height }, node) => ({
    ...{ width, height, rank: 2 * ranks[node]!, gap: spacing.nodes, isNode: true },
    ...{ above: [], below: [] },
  }));
  const chains = edges.map(({ from, to, width, height }): Chain => {
    const [first, last] = [2 * ranks[from]! + 1, 2 * ranks[to]! - 1];
    // In the middle, in a rank of labels.
    const labelled = first + 2 * Math.floor((last - first) / 4);
    const through: number[] = [];
    let before = from;
    const link = (cell: number) => {
      cells[before]!.below.push(cell);
      cells[cell]!.above.push(before);
      before = cell;
    };
    for (let rank = first; rank <= last; rank++) {
      const size = rank === labelled ? { width, height } : { width: 0, height: 0 };
      const cell: Cell = {
        ...{ ...size, rank, gap: spacing.edges, isNode: false, above: [], below: [] },
      };
      const index = cells.push(cell) - 1;
      link(index);
      through.push(index);
    }
    link(to);
    return { through, label: through[labelled - first]! };
  });
  return { cells, chains };
}

/** Each below all that lead to it, and as near to its neighbours as most of its edges want it. */
function ranksOf(count: number, edges: readonly Edge[]): number[] {
  const ranks = new Array<number>(count).fill(0);
  const into = Array.from({ length: count }, (_, node) => edges.filter(({ to }) => to === node));
  const out = Array.from({ length: count }, (_, node) => edges.filter(({ from }) => from === node));
  for (let node = 0; node < count; node++) {
    ranks[node] = Math.max(0, ...into[node]!.map(({ from }) => ranks[from]! + 1));
  }
  for (let node = count - 1; node >= 0; node--) {
    if (out[node]!.length <= into[node]!.length) continue;
    ranks[node] = Math.min(...out[node]!.map(({ to }) => ranks[to]! - 1));
  }
  const top = Math.min(...ranks);
  return ranks.map((rank) => rank - top);
}
