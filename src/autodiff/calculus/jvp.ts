/**
 * Forward mode, from the reverse mode applied twice: x̄ = j(f)(y, ȳ, x) is linear in ȳ, and its
 * transpose ẋ ↦ ẏ is again a vector-Jacobian product, that of ȳ ↦ x̄.
 */
import { leavesLike } from "../checking/expect.js";
import { j } from "../j.js";
import { type Operand, ShapeError } from "../node.js";
import { broadcast } from "../primitives.js";
import { type Like, leaves, rebuild, type Tree } from "../tree.js";

/** ẋ… for arguments x…: each of the structure and shapes of its x. */
export type Directions<X extends readonly Tree[]> = { [K in keyof X]: Like<X[K], Operand> };

/**
 * The Jacobian-vector product of f: `jvp(f)(...x, ...xDot)` is ẏ = ∂y/∂x ẋ, the derivative of f at x
 * in the direction ẋ, of the structure and shapes of y = f(x…). All x come first, then as many ẋ, each
 * of the structure and shapes of its x. It is 0 where f does not depend on x.
 *
 * Throws a {@link ShapeError} if an ẋ does not fit its x.
 */
export function jvp<X extends readonly Tree[], Y extends Tree>(
  f: (...x: X) => Y,
): (...xAndXDot: [...X, ...Directions<X>]) => Like<Y>;
export function jvp(f: (...x: Tree[]) => Tree) {
  return (...xAndXDot: Tree[]): unknown => {
    const [x, xDot] = halves("jvp", "ẋ", xAndXDot);
    const y = f(...x);
    const xBar = (yBar: Tree) => j(f)(y, yBar, ...x) as Tree;
    // Being linear, ȳ ↦ x̄ has the same derivative everywhere: also at ȳ = 0.
    const zeros = rebuild(
      y,
      leaves(y).map(({ shape }) => broadcast(0, shape)),
    ) as Tree;
    return j(xBar)(xBar(zeros), x.length === 1 ? (xDot[0] as Tree) : xDot, zeros);
  };
}

/** Arguments x… and, after them, a vector for each. */
export function halves(
  operator: string,
  letter: string,
  both: readonly Tree[],
): [x: readonly Tree[], vectors: readonly Tree[]] {
  const count = Math.floor(both.length / 2);
  const [x, vectors] = [both.slice(0, count), both.slice(count)];
  if (vectors.length !== count || count === 0) {
    throw new ShapeError(
      `${operator}: expected the arguments x… and then as many ${letter}…, not ${both.length} in all`,
    );
  }
  leaves(x, `${operator}: x`);
  leavesLike(`${operator}: ${letter}`, vectors, "x", x);
  return [x, vectors];
}
