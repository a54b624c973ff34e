/** What a program costs, counted rather than timed. */
import {
  type Node,
  type PrimitiveName,
  parents,
  share,
  topologicalOrder,
} from "../autodiff/index.js";
import { size } from "../autodiff/matrix.js";

/** Those that only move numbers. */
const FREE: ReadonlySet<string> = new Set<PrimitiveName>([
  "transpose",
  "broadcast",
  "columns",
  "scatterColumns",
]);

const REDUCTIONS: ReadonlySet<string> = new Set<PrimitiveName>(["sum", "max"]);

export interface Cost {
  /** How many nodes are computed, each once. */
  readonly nodes: number;
  /** Arithmetic operations on numbers: 2 n m p for a product of n×m and m×p. */
  readonly operations: number;
}

/** What it takes to compute these nodes. */
export function costOf(nodes: readonly Node[]): Cost {
  const applications = topologicalOrder(share(nodes)).filter(({ kind }) => kind === "application");
  const operations = applications.reduce((total, node) => total + operationsOf(node), 0);
  return { nodes: applications.length, operations };
}

/** How many primitives the formula of a node names when it is written out whole, without t₁, t₂, … */
export function formulaLength(node: Node): number {
  const lengths = new Map<Node, number>();
  for (const each of topologicalOrder(share([node]))) {
    const own = each.kind === "application" && !FREE.has(each.name) ? 1 : 0;
    const below = parents(each).reduce((sum, parent) => sum + (lengths.get(parent) as number), 0);
    lengths.set(each, own + below);
  }
  return [...lengths.values()].at(-1) as number;
}

function operationsOf(node: Node): number {
  if (node.kind !== "application" || FREE.has(node.name)) return 0;
  const [first] = node.inputs as [Node];
  if (REDUCTIONS.has(node.name)) return size(first.shape);
  return size(node.shape) * (node.name === "matmul" ? 2 * first.shape[1] : 1);
}
