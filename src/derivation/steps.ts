/**
 * Names for the elementary steps of a network, as the note has them: within layer l, from a^l backwards,
 *
 *     a = 1 / t₁,  t₁ = 1 + t₂,  t₂ = exp t₃,  t₃ = −z,  z = t₅ + b,  t₅ = w a⁻
 *
 * where z stands for the note's t₄. The steps of the cost are c₁, c₂, …
 */
import { type Node, topologicalOrder } from "../autodiff/index.js";
import { isInline } from "../autodiff/printing/equations.js";
import { subscript, superscript } from "../autodiff/printing/names.js";

/** @param layers the nodes a^l and z^l of each layer, the first first */
export function nameSteps(
  cost: Node,
  layers: readonly { readonly z: Node; readonly a: Node }[],
): Map<Node, string> {
  const names = new Map([[cost, "C"]]);
  layers.forEach(({ z, a }, index) => {
    const l = superscript(index + 1);
    names.set(z, `z${l}`).set(a, `a${l}`);
  });
  layers.forEach(({ z, a }, index) => {
    const below = new Set(topologicalOrder([z]));
    const activation = stepsOf(a).filter((step) => step !== a && !below.has(step));
    const [product] = z.kind === "application" ? z.inputs : [];
    [...activation, z, product as Node].forEach((step, k) => {
      if (!names.has(step)) names.set(step, `t${subscript(k + 1)}${superscript(index + 1)}`);
    });
  });
  let count = 0;
  for (const step of stepsOf(cost)) {
    if (!names.has(step)) names.set(step, `c${subscript(++count)}`);
  }
  return names;
}

/** What a node is computed from that has an equation of its own, the last step first. */
function stepsOf(node: Node): Node[] {
  return topologicalOrder([node])
    .reverse()
    .filter((each) => each.kind === "application" && !isInline(each));
}
