/**
 * Constant factors are moved out of products: (A / c) B = (1/c) (A B), as a product takes a factor for
 * nothing. So a batch of images need not be scaled before it is multiplied. A factor that float32 cannot
 * hold stays where it is.
 */
import {
  broadcast,
  constant,
  matmul,
  multiply,
  type Node,
  type PrimitiveName,
  rewrite,
  transpose,
} from "../../autodiff/index.js";
import { unrepeated } from "./broadcasts.js";
import { fitsFloat32 } from "./constants.js";

/** node = factor · rest, with a 1×1 factor. */
interface Scaled {
  readonly factor: Node;
  readonly rest: Node;
}

export function moveFactorsOut(ys: readonly Node[]): Node[] {
  return rewrite(ys, (node) => {
    const [x1, x2] = argumentsOf(node, "matmul");
    if (x1 !== undefined && x2 !== undefined) {
      const [left, right] = [constantFactor(x1), constantFactor(x2)];
      if (left === undefined && right === undefined) return node;
      const rest = matmul(left?.rest ?? x1, right?.rest ?? x2);
      const factor = product(left?.factor ?? constant(1), right?.factor ?? constant(1));
      return factor === undefined ? node : multiply(broadcast(factor, rest.shape), rest);
    }
    const outer = scaled(node);
    const inner = outer && scaled(outer.rest);
    const factor = outer && inner && product(outer.factor, inner.factor);
    return factor && inner ? multiply(broadcast(factor, node.shape), inner.rest) : node;
  });
}

/** s ⊙ X for a scalar s repeated to the shape of X. */
export function scaled(node: Node): Scaled | undefined {
  const [x1, x2] = argumentsOf(node, "multiply");
  if (x1 === undefined || x2 === undefined) return undefined;
  if (isScalar(unrepeated(x1))) return { factor: unrepeated(x1), rest: x2 };
  return isScalar(unrepeated(x2)) ? { factor: unrepeated(x2), rest: x1 } : undefined;
}

/** All constant factors of a node in one, also through transpositions. */
function constantFactor(node: Node): Scaled | undefined {
  const outer = outermostFactor(node);
  const inner = outer && constantFactor(outer.rest);
  const factor = outer && inner && product(outer.factor, inner.factor);
  return factor && inner ? { factor, rest: inner.rest } : outer;
}

/** The product of two 1×1 nodes, which of constants is one again; undefined if float32 cannot hold that. */
function product(x1: Node, x2: Node): Node | undefined {
  if (x1.kind !== "constant" || x2.kind !== "constant") return multiply(x1, x2);
  return float32Constant((x1.value.data[0] as number) * (x2.value.data[0] as number));
}

/** Undefined if float32 cannot hold the value. */
function float32Constant(value: number): Node | undefined {
  return fitsFloat32(value) ? constant(value) : undefined;
}

function outermostFactor(node: Node): Scaled | undefined {
  const [x] = argumentsOf(node, "transpose");
  if (x !== undefined) {
    const inner = outermostFactor(x);
    return inner && { factor: inner.factor, rest: transpose(inner.rest) };
  }
  const [numerator, denominator] = argumentsOf(node, "divide");
  if (numerator !== undefined && denominator !== undefined) {
    const divisor = unrepeated(denominator);
    if (divisor.kind !== "constant" || !isScalar(divisor)) return undefined;
    const factor = float32Constant(1 / (divisor.value.data[0] as number));
    return factor && { factor, rest: numerator };
  }
  const found = scaled(node);
  return found?.factor.kind === "constant" ? found : undefined;
}

function isScalar({ shape }: Node): boolean {
  return shape[0] === 1 && shape[1] === 1;
}

/** The arguments of a node if it is this operation; none if it is not. */
export function argumentsOf(node: Node, name: PrimitiveName): readonly Node[] {
  return node.kind === "application" && node.name === name ? node.inputs : [];
}
