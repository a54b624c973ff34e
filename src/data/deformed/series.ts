/**
 * Elementary functions from their power series: the same bits everywhere, which Math.sin, Math.cos
 * and Math.exp do not promise.
 */

const DEGREE = Math.PI / 180;

/** sin and cos of an angle of at most 180°, given in degrees. */
export function sineAndCosine(degrees: number): { sine: number; cosine: number } {
  const x = degrees * DEGREE;
  let [sine, cosine, term] = [0, 0, 1];
  for (let n = 0; n < 40; n += 2) {
    cosine += term;
    term *= x / (n + 1);
    sine += term;
    term *= -x / (n + 2);
  }
  return { sine, cosine };
}

/** e⁻ˣ for x ≥ 0, as 1/eˣ: no term cancels another. */
export function decay(x: number): number {
  let [sum, term] = [0, 1];
  for (let n = 1; sum + term > sum; n++) {
    sum += term;
    term *= x / n;
  }
  return 1 / sum;
}
