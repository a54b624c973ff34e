/** Noise that is a function of a key and a position, so that it can be had in any order. */

import { number } from "../../../platform/kernels/constants";

/** Of the finaliser of MurmurHash3. */
const FIRST_MULTIPLIER = memory.data<u32>([0x85ebca6b]);
const SECOND_MULTIPLIER = memory.data<u32>([0xc2b2ae35]);

const FOUR = memory.data<i32>([4]);
const HALF = memory.data<f32>([0.5]);

/** 2⁻¹⁵ */
const UNIT = memory.data<f32>([0.000030517578125]);

/** That finaliser, as in src/random.ts, four words at once. */
// @ts-ignore: decorator
@inline
function mix(word: v128): v128 {
  let h = v128.xor(word, i32x4.shr_u(word, 16));
  h = i32x4.mul(h, number(FIRST_MULTIPLIER));
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, number(SECOND_MULTIPLIER));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** Signed words of 16 bits, in lanes of 32, to the middles of 2¹⁶ equal parts of (−1, 1); exact. */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  const middles = f32x4.add(f32x4.convert_i32x4_s(words), number(HALF));
  return f32x4.mul(middles, number(UNIT));
}

/**
 * x, y ← two matrices of uniform noise, `rows` rows of `stride` floats, a multiple of 4. Element
 * (r, c) is made of the two halves of mix(mix(k₀ ⊕ (2¹⁶r + c)) ⊕ k₁).
 */
export function noise(x: usize, y: usize, rows: i32, stride: i32, k0: i32, k1: i32): void {
  const first = i32x4.splat(k0);
  const second = i32x4.splat(k1);
  for (let r = 0; r < rows; r++) {
    let position = i32x4.add(i32x4.splat(r << 16), i32x4(0, 1, 2, 3));
    for (let c = 0; c < stride; c += 4, x += 16, y += 16) {
      const h = mix(v128.xor(mix(v128.xor(first, position)), second));
      v128.store(x, unit(i32x4.shr_s(i32x4.shl(h, 16), 16)));
      v128.store(y, unit(i32x4.shr_s(h, 16)));
      position = i32x4.add(position, number(FOUR));
    }
  }
}
