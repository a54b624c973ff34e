/** Products that skip zeros where there are enough of them. */
import { denseProduct } from "./gemm";
import { productByLists } from "./sparse";

/** How many times as long a multiplication takes by way of a list as in a dense product, rounded up. */
const EFFORT: i32 = 2;

/**
 * C ← βC + αAB as in gemm, or βC + αAᵀB if `transposed`, by way of the lists of B's columns if they have few
 * entries. They are `listStep` bytes apart; `columns` lists are counted, so that it does not depend on how
 * columns are split among calls which way is taken, and those from `first` on belong to this call. So where A
 * is not finite, it depends on the number of zeros whether 0 · ∞ is 0, as in sparse.ts, or NaN.
 */
export function sparseOrDense(
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
  transposed: bool, lists: usize, listStep: i32, columns: i32, first: i32,
): void {
  let entries: i64 = 0;
  for (let t = 0; t < columns; t++) entries += load<i32>(lists + <usize>(t * listStep));
  if (EFFORT * entries < <i64>k * columns) {
    const own = lists + <usize>(first * listStep);
    productByLists(
      transposed, c, cStride, a, aStride, k, own, listStep, m, n, sign, alpha, beta, scratch,
    );
  } else {
    denseProduct(transposed, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
  }
}
