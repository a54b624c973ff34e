/**
 * Arguments and results with structure: a node, or lists and records of such, nested at will, like the pytrees
 * of JAX. So the parameters of a network can be one argument x, and x̄ has the same structure as x.
 */
import { isPlainObject } from "../given.js";
import type { Matrix } from "./matrix.js";
import { isNode, type Node, type Operand, toNode } from "./node.js";

export type TreeOf<L> = L | readonly TreeOf<L>[] | { readonly [key: string]: TreeOf<L> };

/** A node or number, or lists and records of such, nested at will: `theta = [{ w, b }, { w, b }]`. */
export type Tree = TreeOf<Operand>;

/** The same structure with a leaf of type L in place of every node or number. */
export type Like<T, L = Node> = [Tree] extends [T]
  ? TreeOf<L>
  : T extends Operand
    ? L
    : { [K in keyof T]: Like<T[K], L> };

/** A tree of nodes, or of the values of nodes. */
type AnyTree = TreeOf<Operand | Matrix>;

/**
 * The nodes of a tree, from left to right. Throws a TypeError that names the place in the tree, which
 * begins with `name`, where there is something that is neither a node nor a number.
 */
export function leaves(tree: Tree, name = "f(x)"): Node[] {
  return entries(tree, name).map(([path, leaf]) => toNode(leaf as Operand, path));
}

/** The leaves of a tree from left to right, each with the path that leads to it: `[0].w`. */
export function entries(tree: AnyTree, path = ""): [path: string, leaf: Operand | Matrix][] {
  if (isLeaf(tree)) return [[path, tree]];
  const step = (key: string) => (Array.isArray(tree) ? `[${key}]` : `.${key}`);
  return Object.entries<AnyTree>(tree).flatMap(([key, part]) => entries(part, path + step(key)));
}

/**
 * A tree of the same structure with these leaves, taken from left to right: a `Like<T, L>`, which
 * the caller states, as a type for every possible T would never end.
 */
export function rebuild(tree: AnyTree, replacements: Iterable<unknown>): unknown {
  const next = replacements[Symbol.iterator]();
  const visit = (part: AnyTree): unknown => {
    if (isLeaf(part)) return next.next().value;
    if (Array.isArray(part)) return part.map(visit);
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, visit(child)]));
  };
  return visit(tree);
}

/**
 * Whether it is a leaf: a node, a number, a matrix, or what no tree should have, so that an error can name
 * its place.
 */
function isLeaf(tree: AnyTree): tree is Operand | Matrix {
  if (Array.isArray(tree)) return false;
  if (!isPlainObject(tree)) return true;
  return isNode(tree) || ("data" in tree && ArrayBuffer.isView(tree.data));
}
