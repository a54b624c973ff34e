/**
 * Broadcasts are moved outwards: f(broadcast x₁, broadcast x₂) = broadcast f(x₁, x₂) for elementwise
 * f, so that what is the same in all rows or columns is computed once.
 */
import { broadcast, type Node, rewrite } from "../../autodiff/index.js";
import { sameShape } from "../../autodiff/matrix.js";
import { apply } from "../../autodiff/node.js";
import { elementwiseShape } from "../../autodiff/shapes.js";

export function hoistBroadcasts(ys: readonly Node[]): Node[] {
  return rewrite(ys, (node) => {
    const source = unrepeated(node);
    if (unrepeated(source) !== source) return broadcast(unrepeated(source), node.shape);
    if (node.kind !== "application" || node.primitive.shape !== elementwiseShape) return node;
    const sources = node.inputs.map(unrepeated);
    const isHoisted = node.inputs.every(
      (input, k) => input !== sources[k] && sameShape(sources[k]!.shape, sources[0]!.shape),
    );
    if (!isHoisted) return node;
    return broadcast(apply(node.name, node.primitive, sources), node.shape);
  });
}

/** The node that is repeated, where a node is a broadcast; else the node. */
export function unrepeated(node: Node): Node {
  return node.kind === "application" && node.name === "broadcast" ? node.inputs[0]! : node;
}
