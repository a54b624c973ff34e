/** Walks over the computational graph. None is recursive, so that a chain may be of any length. */
import { sameShape } from "./matrix.js";
import { apply, type Node, type Primitive } from "./node.js";

/** All nodes that the given ones depend on, themselves included, each after its parents. */
export function topologicalOrder(ys: readonly Node[]): Node[] {
  return inOrder(ys, parents);
}

/** The same for anything that depends on something: every item once, after what it depends on. */
export function inOrder<T>(roots: readonly T[], dependencies: (item: T) => readonly T[]): T[] {
  const order: T[] = [];
  const visited = new Set<T>();
  const pending = [...roots].reverse();
  for (let item = pending.at(-1); item !== undefined; item = pending.at(-1)) {
    const open = visited.has(item) ? [] : dependencies(item).filter((each) => !visited.has(each));
    if (open.length > 0) {
      for (const each of open.reverse()) pending.push(each);
      continue;
    }
    pending.pop();
    if (!visited.has(item)) order.push(item);
    visited.add(item);
  }
  return order;
}

/** The nodes of `order` that depend on one of `xs`, those included. */
export function dependents(order: readonly Node[], xs: readonly Node[]): Set<Node> {
  const found = new Set(xs);
  for (const node of order) {
    if (parents(node).some((parent) => found.has(parent))) found.add(node);
  }
  return found;
}

/** The graph of `ys` with some nodes replaced; what depends on none of them stays the same node. */
export function substitute(ys: readonly Node[], replacements: ReadonlyMap<Node, Node>): Node[] {
  return rewrite(ys, (rebuilt, original) => replacements.get(original) ?? rebuilt);
}

/** Replacements for {@link substitute}: each node of one list by that of the other. */
export function pairs(from: readonly Node[], to: readonly Node[]): [Node, Node][] {
  return from.map((node, k) => [node, to[k] as Node]);
}

/**
 * Common subexpression elimination: equal operations on equal arguments become one node, so that each
 * is computed once.
 */
export function share(ys: readonly Node[]): Node[] {
  const known = new Map<Primitive | undefined, Map<string, Node>>();
  return rewrite(ys, (node) => {
    const primitive = node.kind === "application" ? node.primitive : undefined;
    const alike = known.get(primitive) ?? new Map<string, Node>();
    const key = expressionOf(node);
    const shared = alike.get(key) ?? node;
    known.set(primitive, alike.set(key, shared));
    return shared;
  });
}

/**
 * The graph with each node replaced by what the rule makes of it, its parents being replaced before.
 * The rule is given the node with its new parents, and the original; a node whose parents stay the
 * same is the original.
 */
export function rewrite(
  ys: readonly Node[],
  rule: (rebuilt: Node, original: Node) => Node,
): Node[] {
  const image = new Map<Node, Node>();
  for (const node of topologicalOrder(ys)) image.set(node, rule(withParents(node, image), node));
  return ys.map((y) => image.get(y) as Node);
}

/** What tells a leaf from all others, and an application from others of the same primitive. */
function expressionOf(node: Node): string {
  if (node.kind === "constant" && sameShape(node.shape, [1, 1])) {
    const value = node.value.data[0];
    return Object.is(value, -0) ? "-0" : `${value}`;
  }
  if (node.kind !== "application") return `#${node.id}`;
  return `${node.inputs.map((input) => input.id)}:${node.shape}`;
}

function withParents(node: Node, image: ReadonlyMap<Node, Node>): Node {
  if (node.kind !== "application") return node;
  const inputs = node.inputs.map((input) => image.get(input) ?? input);
  if (inputs.every((input, k) => input === node.inputs[k])) return node;
  return apply(node.name, node.primitive, inputs, node.shape);
}

/** The nodes that a node is a primitive of, in the order of the arguments; none of a variable or constant. */
export function parents(node: Node): readonly Node[] {
  return node.kind === "application" ? node.inputs : [];
}
