/** Arguments whose shapes must not differ, where operations would repeat the smaller one. */
import { type Node, ShapeError } from "../autodiff/index.js";
import { sameShape, show } from "../autodiff/matrix.js";

/** Throws a ShapeError unless both nodes, given by their names, have the same shape. */
export function expectAlike(what: string, nodes: Readonly<Record<string, Node>>): void {
  const [[first, a], [second, b]] = Object.entries(nodes) as [[string, Node], [string, Node]];
  if (sameShape(a.shape, b.shape)) return;
  throw new ShapeError(
    `${what}: ${second} should be ${show(a.shape)} like ${first}, not ${show(b.shape)}`,
  );
}
