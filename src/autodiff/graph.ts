/** Walks over the computational graph; none recurses, so a chain may be of any length. */
import { sameShape } from "./matrix.js";
import { apply, type Node } from "./node.js";

/** All nodes that the given ones depend on, themselves included, each after its parents. */
export function topologicalOrder(ys: readonly Node[]): Node[] {
  const order: Node[] = [];
  const visited = new Set<Node>();
  const pending = [...ys].reverse();
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    const open = visited.has(node) ? [] : parents(node).filter((parent) => !visited.has(parent));
    if (open.length > 0) {
      pending.push(...open.reverse());
      continue;
    }
    pending.pop();
    if (!visited.has(node)) order.push(node);
    visited.add(node);
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
  const image = new Map(replacements);
  for (const node of topologicalOrder(ys)) {
    if (!image.has(node)) image.set(node, withParents(node, image));
  }
  return ys.map((y) => image.get(y) as Node);
}

/**
 * The same graph with every expression standing for itself: equal operations on equal arguments
 * become one node, so that each is computed once.
 */
export function share(ys: readonly Node[]): Node[] {
  const image = new Map<Node, Node>();
  const known = new Map<string, Node>();
  for (const node of topologicalOrder(ys)) {
    const shared = withParents(node, image);
    const key = expressionOf(shared);
    image.set(node, known.get(key) ?? shared);
    if (!known.has(key)) known.set(key, shared);
  }
  return ys.map((y) => image.get(y) as Node);
}

function expressionOf(node: Node): string {
  if (node.kind === "constant" && sameShape(node.shape, [1, 1])) {
    const value = node.value.data[0];
    return Object.is(value, -0) ? "-0" : `${value}`;
  }
  if (node.kind !== "application") return `#${node.id}`;
  return `${node.name}:${node.inputs.map((input) => input.id)}:${node.shape}`;
}

function withParents(node: Node, image: ReadonlyMap<Node, Node>): Node {
  if (node.kind !== "application") return node;
  const inputs = node.inputs.map((input) => image.get(input) ?? input);
  if (inputs.every((input, k) => input === node.inputs[k])) return node;
  return apply(node.name, node.primitive, inputs, node.shape);
}

export function parents(node: Node): readonly Node[] {
  return node.kind === "application" ? node.inputs : [];
}
