/**
 * Products, and what is absorbed into them: transposed operands, a scalar factor, and a matrix that
 * the product is added to. So w − η δ aᵀ becomes one accumulation into w, with no gradient
 * written out, as in the BLAS: C ← β C + α A B.
 */
import type { Node } from "../../autodiff/index.js";
import { argumentsOf, scaled } from "../graph/factors.js";

/** C ← β C + sign · α · A B, with A or B transposed where said. */
export interface Product {
  readonly a: Operand;
  readonly b: Operand;
  readonly sign: 1 | -1;
  /** α, 1×1; 1 if left out. */
  readonly alpha?: Node;
  /** C; the product overwrites its result if left out. */
  readonly base?: Node;
  /** β, 1×1; 1 if left out. */
  readonly beta?: Node;
}

interface Operand {
  readonly node: Node;
  readonly transposed: boolean;
}

/**
 * The product that a node amounts to, if any. What it absorbs must have no other use, or it would
 * be computed twice.
 */
export function productOf(node: Node, isUsedOnce: (node: Node) => boolean): Product | undefined {
  const difference = argumentsOf(node, "subtract");
  const isDifference = difference.length > 0;
  const [first, second] = isDifference ? difference : argumentsOf(node, "add");
  if (first !== undefined && second !== undefined) {
    const sign = isDifference ? -1 : 1;
    const right = isUsedOnce(second) ? scaledProduct(second, isUsedOnce) : undefined;
    if (right !== undefined) return withBase(right, sign, first, isUsedOnce);
    const left = sign === 1 && isUsedOnce(first) ? scaledProduct(first, isUsedOnce) : undefined;
    if (left !== undefined) return withBase(left, 1, second, isUsedOnce);
    return undefined;
  }
  return scaledProduct(node, isUsedOnce);
}

function withBase(
  product: Product,
  sign: 1 | -1,
  base: Node,
  isUsedOnce: (node: Node) => boolean,
): Product {
  const total = { ...product, sign: (sign * product.sign) as 1 | -1 };
  const decayed = isUsedOnce(base) ? scaled(base) : undefined;
  return decayed === undefined
    ? { ...total, base }
    : { ...total, base: decayed.rest, beta: decayed.factor };
}

/** ± α A B for a scalar α. */
function scaledProduct(node: Node, isUsedOnce: (node: Node) => boolean): Product | undefined {
  const [a, b] = argumentsOf(node, "matmul");
  if (a !== undefined && b !== undefined) return { a: operand(a), b: operand(b), sign: 1 };
  const [negated] = argumentsOf(node, "negate");
  if (negated !== undefined) {
    const product = isUsedOnce(negated) ? scaledProduct(negated, isUsedOnce) : undefined;
    return product && { ...product, sign: -product.sign as 1 | -1 };
  }
  const outer = scaled(node);
  if (outer === undefined || !isUsedOnce(outer.rest)) return undefined;
  const product = scaledProduct(outer.rest, isUsedOnce);
  return product === undefined || product.alpha ? undefined : { ...product, alpha: outer.factor };
}

function operand(node: Node): Operand {
  const [x] = argumentsOf(node, "transpose");
  return { node: x ?? node, transposed: x !== undefined };
}
