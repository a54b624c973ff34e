/**
 * Four-wide elementary functions from strict SIMD operations only, so that every processor gives
 * the same bits. Arguments are reduced as in Cody and Waite, "Software Manual for the Elementary
 * Functions" (1980); the polynomials are minimax fits (weighted by the relative error of the result)
 * rounded to float32.
 */

import { number } from "../../platform/kernels/constants";

export const ONE = memory.data<f32>([1]);
const TWO = memory.data<f32>([2]);
const HALF = memory.data<f32>([0.5]);

/** ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH has 15 bits, so n · LN2_HIGH is exact for |n| < 512. */
const LN2_HIGH = memory.data<f32>([0.693145751953125]);
const LN2_LOW = memory.data<f32>([1.428606765330187e-6]);

/** 1 / ln 2 */
const LOG2_E = memory.data<f32>([1.4426950408889634]);

/** Beyond these, eˣ is saturated or 0. */
const HIGHEST = memory.data<f32>([89]);
const LOWEST = memory.data<f32>([-104]);
const LARGEST = memory.data<f32>([3.4028234663852886e38]);

/** Of an exponent of float32. */
const BIAS = memory.data<i32>([127]);
const SIGN = memory.data<u32>([0x80000000]);

/** Where the formula for a tanh that is not small begins. */
const NOT_SMALL = memory.data<f32>([0.625]);

/** Where 2|x| is as large as this or larger, tanh x is ±1. */
const TANH_IS_ONE = memory.data<f32>([64]);

/** 1.5 · 2²³: between 2²³ and 2²⁴, the neighbours of a float32 are whole numbers. */
const WHOLE = memory.data<f32>([12582912]);

/** Coefficients of polynomials, from the highest power on. */
const OF_EXPONENTIAL = memory.data<f32>([
  0.001381453825160861, 0.00836874544620514, 0.04166838899254799, 0.1666652113199234,
  0.4999999403953552,
]);
const OF_LOGARITHM = memory.data<f32>([
  0.2987505793571472, 0.3997742831707001, 0.6666677594184875,
]);
const OF_TANH = memory.data<f32>([
  -0.005717036779969931, 0.020650578662753105, -0.05374349653720856, 0.13331490755081177,
  -0.3333328366279602,
]);

/** A polynomial of degree 2 or 4, by Horner's rule. */
// @ts-ignore: decorator
@inline
function polynomial(degree: i32, coefficients: usize, x: v128): v128 {
  let p = f32x4.add(f32x4.mul(x, number(coefficients)), number(coefficients + 4));
  p = f32x4.add(f32x4.mul(p, x), number(coefficients + 8));
  if (degree == 2) return p;
  p = f32x4.add(f32x4.mul(p, x), number(coefficients + 12));
  return f32x4.add(f32x4.mul(p, x), number(coefficients + 16));
}

/**
 * WHOLE + n for the whole number n nearest to t / ln 2, ties to even. Subtracting WHOLE gives n as a float; subtracting
 * the bits of WHOLE from its bits gives n as an integer.
 */
// @ts-ignore: decorator
@inline
function exponent(t: v128): v128 {
  return f32x4.add(f32x4.mul(t, number(LOG2_E)), number(WHOLE));
}

/** 2ⁿ for −126 ≤ n ≤ 127 per lane; only the last nine bits of n count. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, number(BIAS)), 23);
}

/** eᵗ / 2ⁿ, given WHOLE + n. */
// @ts-ignore: decorator
@inline
function reduced(t: v128, shifted: v128): v128 {
  const n = f32x4.sub(shifted, number(WHOLE));
  const r = f32x4.sub(
    f32x4.sub(t, f32x4.mul(n, number(LN2_HIGH))),
    f32x4.mul(n, number(LN2_LOW)),
  );
  const p = polynomial(4, OF_EXPONENTIAL, r);
  return f32x4.add(number(ONE), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p)));
}

/**
 * eˣ, at most 1 ulp off where the result is a normal number; rounded once more where it is subnormal.
 * The result is never infinite: it saturates at the largest finite float32, so that the decomposed
 * sigmoid has finite derivatives everywhere. NaN gives NaN.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // Beyond these bounds the result is 0 or saturated; the argument order of pmin and pmax keeps NaN.
  const t = f32x4.pmax(f32x4.pmin(x, number(HIGHEST)), number(LOWEST));
  const shifted = exponent(t);
  const e = reduced(t, shifted);
  // 2ⁿ in two factors, because n may lie outside the exponents of normal numbers.
  const whole = i32x4.sub(shifted, number(WHOLE));
  const half = i32x4.shr_s(whole, 1);
  const scaled = f32x4.mul(f32x4.mul(e, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
  return f32x4.pmin(scaled, number(LARGEST));
}

/**
 * Natural logarithm, at most 2 ulp off, also of subnormal numbers; log 0 = −∞, NaN below 0.
 * With x = 2ⁿ(1 + f) and s = f / (2 + f), log(1 + f) = 2 artanh s = f − (f²/2 − s(f²/2 + s² Q(s²))).
 */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(f32.MIN_NORMAL_VALUE));
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal);
  // Subtracting the bits of √½ before splitting off the exponent puts 1 + f into [√½, √2).
  const bits = i32x4.sub(normal, i32x4.splat(0x3f3504f3));
  const fraction = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(bits, 23), v128.and(subnormal, i32x4.splat(23)));
  const n = f32x4.convert_i32x4_s(exponent);
  const f = f32x4.sub(fraction, number(ONE));
  const s = f32x4.div(f, f32x4.add(f, number(TWO)));
  const z = f32x4.mul(s, s);
  const q = polynomial(2, OF_LOGARITHM, z);
  const halfSquare = f32x4.mul(f32x4.mul(f, f), number(HALF));
  const correction = f32x4.add(
    f32x4.mul(s, f32x4.add(halfSquare, f32x4.mul(z, q))),
    f32x4.mul(n, number(LN2_LOW)),
  );
  const finite = f32x4.add(
    f32x4.mul(n, number(LN2_HIGH)),
    f32x4.sub(f, f32x4.sub(halfSquare, correction)),
  );
  // +∞ and NaN are their own logarithms; the comparison is false for NaN.
  const ordinary = f32x4.lt(x, f32x4.splat(Infinity));
  const positive = v128.bitselect(finite, x, ordinary);
  const atZero = v128.bitselect(
    f32x4.splat(-Infinity),
    f32x4.splat(NaN),
    f32x4.eq(x, f32x4.splat(0)),
  );
  return v128.bitselect(atZero, positive, f32x4.le(x, f32x4.splat(0)));
}

/** tanh x, at most 2 ulp off (relative, also for small |x|); odd, and ±1 for large |x|. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(x: v128): v128 {
  const sign = v128.and(x, number(SIGN));
  const magnitude = v128.xor(x, sign);
  // Below 0.625: x + x³ P(x²). The direct formula would cancel there.
  const z = f32x4.mul(x, x);
  const p = polynomial(4, OF_TANH, z);
  const small = f32x4.add(x, f32x4.mul(f32x4.mul(x, z), p));
  // Above: 1 − 2 / (e^2|x| + 1), whose exponential needs no care at the ends.
  const t = f32x4.pmin(f32x4.add(magnitude, magnitude), number(TANH_IS_ONE));
  const shifted = exponent(t);
  const e = f32x4.mul(reduced(t, shifted), powerOfTwo(shifted));
  const quotient = f32x4.div(number(TWO), f32x4.add(e, number(ONE)));
  const large = f32x4.sub(number(ONE), quotient);
  // The sign is also that of the small branch, where it only restores −0.
  return v128.or(v128.bitselect(small, large, f32x4.lt(magnitude, number(NOT_SMALL))), sign);
}
