/**
 * Blurred noise, as a product of matrices: U = G N Gᵀ, where N is noise on a lattice and column k of G
 * has the Gaussian around the k-th row (or column) of the lattice.
 *
 * The lattice is that of the pixels, or of every h-th pixel where σ is large: blurred noise has no
 * detail finer than σ. With h ≤ σ/1.5, and weights √h times as large along each axis, its covariances
 * are the same but for a part of about exp(−π²σ²/h²) < 10⁻⁹, at a fraction of the work.
 */
import { decay } from "./series.js";

/** The least σ/h. */
const FINENESS = 1.5;

/** Where the lattice begins and ends, in σ from the outermost pixels. */
const MARGIN = 3;

/** Weights below this part of the largest are 0: float32 would not notice them. */
const NEGLIGIBLE = 1 / 0x1000000;

/** G, row by row: how much each of `pixels` pixels in a row gets from each point of the lattice. */
export interface Blur {
  readonly points: number;
  readonly weights: Float64Array;
}

/** The most points along an axis that the lattice has, for σ from `least` to `most`. */
export function mostPoints(least: number, most: number, pixels: number): number {
  let points = 0;
  for (let spacing = spacingOf(least); spacing <= spacingOf(most); spacing++) {
    // The largest σ of this spacing.
    const sigma = Math.min(most, FINENESS * (spacing + 1));
    points = Math.max(points, pointsOf(pixels, Math.ceil(MARGIN * sigma), spacing));
  }
  return points;
}

function spacingOf(sigma: number): number {
  return Math.max(1, Math.floor(sigma / FINENESS));
}

function pointsOf(pixels: number, margin: number, spacing: number): number {
  return Math.floor((pixels - 1 + 2 * margin) / spacing) + 1;
}

export function blur(sigma: number, pixels: number): Blur {
  const spacing = spacingOf(sigma);
  const margin = Math.ceil(MARGIN * sigma);
  const points = pointsOf(pixels, margin, spacing);
  const g = gaussian(sigma);
  const sum = g.reduce((both, weight, d) => both + (d === 0 ? 1 : 2) * weight, 0);
  const byDistance = g.map((weight) => (Math.sqrt(spacing) * weight) / sum);
  // Plain loops, as images that draw their σ have a blur each.
  const weights = new Float64Array(pixels * points);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let point = 0; point < points; point++) {
      const distance = Math.abs(pixel + margin - spacing * point);
      if (distance < byDistance.length) weights[pixel * points + point] = byDistance[distance]!;
    }
  }
  return { points, weights };
}

/**
 * exp(−d²/2σ²) for d = 0, 1, 2, … As g(d + 1) = g(d) q²ᵈ⁺¹ with q = exp(−1/2σ²), one exponential is
 * enough.
 */
function gaussian(sigma: number): number[] {
  const q = decay(1 / (2 * sigma * sigma));
  const g: number[] = [];
  for (let [weight, ratio] = [1, q]; weight > NEGLIGIBLE; weight *= ratio, ratio *= q * q) {
    g.push(weight);
  }
  return g;
}
