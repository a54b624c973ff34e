/** What differentiation expects of functions and rules, and the errors where they are otherwise. */
import { dependents, topologicalOrder } from "../graph.js";
import { sameShape, show } from "../matrix.js";
import {
  type Application,
  expectNode,
  type Node,
  type Operand,
  ShapeError,
  toNode,
} from "../node.js";
import { entries, leaves, type Tree } from "../tree.js";

/** A function does not depend on what it is to be differentiated by. */
export class IndependenceError extends Error {
  override readonly name = "IndependenceError";
}

export function expectScalar(ys: readonly Node[]): void {
  if (ys.length === 1 && sameShape(ys[0]!.shape, [1, 1])) return;
  const shapes = ys.map(({ shape }) => show(shape)).join(", ");
  throw new ShapeError(
    `grad: the function should give a scalar (1×1), not ${shapes}; sum it up, or use j with a ȳ of that shape, or jacobian`,
  );
}

export function expectDependence(ys: readonly Node[], xs: readonly Node[]): void {
  const reached = dependents(topologicalOrder(ys), xs);
  if (ys.some((y) => reached.has(y))) return;
  throw new IndependenceError(
    "grad: the function does not depend on x; let it compute with the argument that it is given, or use j, jvp or jacobian if a derivative of 0 is meant",
  );
}

/** Each x̄ of a rule must have the shape of its x, so that a wrong rule is named, and at once. */
export function expectBars(
  { name, inputs }: Application,
  xBars: readonly (Node | undefined)[],
): void {
  if (xBars.length !== inputs.length) {
    throw new ShapeError(
      `${name}: its rule should give a list of ${inputs.length}, an x̄ for each argument`,
    );
  }
  inputs.forEach(({ shape }, k) => {
    const xBar = xBars[k];
    if (xBar === undefined) return;
    expectNode(xBar, `${name}: its rule's x̄ for argument ${k + 1}`);
    if (sameShape(xBar.shape, shape)) return;
    throw new ShapeError(
      `${name}: its rule should give an x̄ of ${show(shape)} for argument ${k + 1}, not of ${show(xBar.shape)}`,
    );
  });
}

/**
 * The nodes of a tree, in the order of those of `expected`. Throws a {@link ShapeError} unless it has
 * the structure and the shapes of that one; the keys of a record may be in another order.
 */
export function leavesLike(name: string, tree: Tree, model: string, expected: Tree): Node[] {
  const given = new Map(
    entries(tree).map(([path, leaf]) => [path, toNode(leaf as Operand, name + path)]),
  );
  const paths = entries(expected).map(([path]) => path);
  const models = leaves(expected, model);
  const isAsMany = given.size === paths.length;
  const missing = paths.find((path) => !given.has(path));
  if (isAsMany && missing !== undefined) {
    throw new ShapeError(
      `${name} should have the structure of ${model}: there is no ${name.split(" ").at(-1)}${missing}`,
    );
  }
  const nodes = isAsMany ? paths.map((path) => given.get(path)!) : [...given.values()];
  expectShapes(name, nodes, model, models);
  return nodes;
}

/** Throws a {@link ShapeError} unless the nodes are as many as the expected ones, and of their shapes. */
export function expectShapes(
  name: string,
  actual: readonly Node[],
  model: string,
  expected: readonly Node[],
): void {
  const k = expected.findIndex((node, k) => !sameShape(node.shape, actual[k]?.shape ?? [0, 0]));
  if (k < 0 && actual.length === expected.length) return;
  const shapes = (nodes: readonly Node[]) => nodes.map((node) => show(node.shape)).join(", ");
  throw new ShapeError(
    `${name} should be ${shapes(expected)} like ${model}, not ${shapes(actual)}`,
  );
}
