/**
 * Four-wide elementary functions from strict SIMD operations only, so that every processor gives
 * the same bits. Arguments are reduced as in Cody and Waite, "Software Manual for the Elementary
 * Functions" (1980); the polynomials are minimax fits (weighted by the relative error of the result)
 * rounded to float32.
 */

/** ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH has 15 bits, so n · LN2_HIGH is exact for |n| < 512. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;

// @ts-ignore: decorator
@inline
function multiplyAdd(x: v128, y: v128, constant: f32): v128 {
  return f32x4.add(f32x4.mul(x, y), f32x4.splat(constant));
}

/** 1.5 · 2²³: between 2²³ and 2²⁴, the neighbours of a float32 are whole numbers. */
const WHOLE: f32 = 12582912;

/**
 * The whole number nearest to each |x| < 2²², ties to even. V8 does not merge f32x4.nearest, which takes
 * 5% less of the exponential where nothing is merged.
 */
// @ts-ignore: decorator
@inline
function nearest(x: v128, merged: bool): v128 {
  if (!merged) return f32x4.nearest(x);
  return f32x4.sub(f32x4.add(x, f32x4.splat(WHOLE)), f32x4.splat(WHOLE));
}

/** 2ⁿ of a whole −126 ≤ n ≤ 127 per lane. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/**
 * eˣ, at most 1 ulp off where the result is a normal number; rounded once more where it is subnormal.
 * The result is never infinite: it saturates at the largest finite float32, so that the decomposed
 * sigmoid has finite derivatives everywhere. NaN gives NaN. `merged`, where V8 merges vectors, changes no
 * bit: for any zero that `nearest` gives, of either sign, the result is 1.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128, merged: bool = false): v128 {
  // Beyond these bounds the result is 0 or saturated; the argument order of pmin and pmax keeps NaN.
  const t = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = nearest(f32x4.mul(t, f32x4.splat(1.4426950408889634)), merged);
  const r = f32x4.sub(
    f32x4.sub(t, f32x4.mul(n, f32x4.splat(LN2_HIGH))),
    f32x4.mul(n, f32x4.splat(LN2_LOW)),
  );
  let p = multiplyAdd(r, f32x4.splat(0.001381453825160861), 0.00836874544620514);
  p = multiplyAdd(p, r, 0.04166838899254799);
  p = multiplyAdd(p, r, 0.1666652113199234);
  p = multiplyAdd(p, r, 0.4999999403953552);
  const e = f32x4.add(f32x4.splat(1), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p)));
  // 2ⁿ in two factors, because n may lie outside the exponents of normal numbers.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  const scaled = f32x4.mul(f32x4.mul(e, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
  return f32x4.pmin(scaled, f32x4.splat(f32.MAX_VALUE));
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
  const f = f32x4.sub(fraction, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let q = multiplyAdd(z, f32x4.splat(0.2987505793571472), 0.3997742831707001);
  q = multiplyAdd(q, z, 0.6666677594184875);
  const halfSquare = f32x4.mul(f32x4.mul(f, f), f32x4.splat(0.5));
  const correction = f32x4.add(
    f32x4.mul(s, f32x4.add(halfSquare, f32x4.mul(z, q))),
    f32x4.mul(n, f32x4.splat(LN2_LOW)),
  );
  const finite = f32x4.add(
    f32x4.mul(n, f32x4.splat(LN2_HIGH)),
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
export function hyperbolicTangent(x: v128, merged: bool = false): v128 {
  const sign = v128.and(x, f32x4.splat(-0.0));
  const magnitude = v128.xor(x, sign);
  // Below 0.625: x + x³ P(x²). The direct formula would cancel there.
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(z, f32x4.splat(-0.005717036779969931), 0.020650578662753105);
  p = multiplyAdd(p, z, -0.05374349653720856);
  p = multiplyAdd(p, z, 0.13331490755081177);
  p = multiplyAdd(p, z, -0.3333328366279602);
  const small = f32x4.add(x, f32x4.mul(f32x4.mul(x, z), p));
  // Above: 1 − 2 / (e^2|x| + 1).
  const e = exponential(f32x4.add(magnitude, magnitude), merged);
  const quotient = f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1)));
  const large = f32x4.sub(f32x4.splat(1), quotient);
  // The sign is also that of the small branch, where it only restores −0.
  return v128.or(v128.bitselect(small, large, f32x4.lt(magnitude, f32x4.splat(0.625))), sign);
}
