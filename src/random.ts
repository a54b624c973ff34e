/**
 * Seeded random numbers, the same on every machine.
 *
 * Only additions, multiplications, divisions and square roots are used, which IEEE 754 defines to
 * the last bit; `Math.log` and its like may differ from one JavaScript engine to the next.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A sequence of random numbers, of which each call takes the next. */
export interface RandomGenerator {
  /** A random integer of 32 bits. */
  next(): number;
  /** A generator that goes on from here by itself. */
  clone(): RandomGenerator;
  getState(): readonly number[];
}

/**
 * A generator for one purpose of one run. Different purposes (`"weights"`, `"order"`, …) draw from
 * unrelated sequences, so that using more numbers for one never changes another. Purposes should differ in more
 * than their first character: else those of two seeds may draw the same numbers.
 *
 * @param seed a whole number from 0 to 2³² − 1
 * @throws {RangeError} if the seed is not
 */
export function generator(seed: number, purpose: string): RandomGenerator {
  if (seed >>> 0 !== seed) {
    throw new RangeError(`generator: the seed should be a whole number below 2³², not ${seed}`);
  }
  let state = seed;
  for (const character of purpose) {
    state = mix(state ^ (character.codePointAt(0) ?? 0));
  }
  const word = () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state);
  };
  return xoroshiro128plusFromState([word(), word(), word(), word() | 1]);
}

/** The finaliser of MurmurHash3 (Appleby): every bit of the input moves every bit of the output. */
export function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Uniform in [0, 1), a multiple of 2⁻⁵³. */
export function uniform(random: RandomGenerator): number {
  return uniformFloat64(random);
}

/** N(0, 1) by the polar method (Marsaglia and Bray, SIAM Review 6(3), 1964). */
export function normal(random: RandomGenerator): number {
  for (;;) {
    const u = 2 * uniformFloat64(random) - 1;
    const v = 2 * uniformFloat64(random) - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * naturalLogarithm(s)) / s);
  }
}

/** Shuffles in place: every permutation equally likely (Fisher and Yates; Durstenfeld 1964). */
export function shuffle(
  random: RandomGenerator,
  items: { [index: number]: number; length: number },
): void {
  for (let i = items.length - 1; i > 0; i--) {
    const k = uniformInt(random, 0, i);
    const item = items[i] as number;
    items[i] = items[k] as number;
    items[k] = item;
  }
}

/**
 * ln x for a positive normal number: x = m 2ᵉ with m near 1, ln m = 2 artanh t, t = (m − 1)/(m + 1).
 * The series ends where its terms fall below 2⁻⁵³, |t| being at most 0.172.
 */
export function naturalLogarithm(x: number): number {
  let m = x;
  let e = 0;
  for (; m >= Math.SQRT2; m /= 2) e++;
  for (; m < Math.SQRT1_2; m *= 2) e--;
  const t = (m - 1) / (m + 1);
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * t * t + 1 / n;
  return e * Math.LN2 + 2 * t * sum;
}
