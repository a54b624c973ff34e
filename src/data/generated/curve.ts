/** Smooth curves through points. */

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Whether the curve turns sharply at the point. */
  readonly corner: readonly boolean[];
}

/** Points along a curve; `at` is where: 2.5 lies midway between points 2 and 3 it was drawn through. */
export interface Curve {
  readonly x: number[];
  readonly y: number[];
  readonly at: number[];
}

/**
 * The centripetal Catmull–Rom curve through two points or more, cut into pieces no longer, about,
 * than `spacing`. The parameter grows by the square root of the distance between points, which
 * keeps the curve free of cusps and loops between them (Yuksel, Schaefer and Keyser,
 * Computer-Aided Design 43(7), 2011).
 */
export function curveThrough(points: Points, spacing: number): Curve {
  const { x, y, corner } = points;
  const last = x.length - 1;
  const curve: Curve = { x: [x[0]!], y: [y[0]!], at: [0] };
  const steps: number[] = [];
  for (let i = 0; i < last; i++) {
    const dx = x[i + 1]! - x[i]!;
    const dy = y[i + 1]! - y[i]!;
    steps.push(Math.sqrt(Math.max(SHORTEST, Math.sqrt(dx * dx + dy * dy))));
  }
  for (let i = 0; i < last; i++) {
    const begins = i === 0 || corner[i]!;
    const ends = i + 1 === last || corner[i + 1]!;
    const step = steps[i]!;
    const stepBefore = begins ? step : steps[i - 1]!;
    const stepAfter = ends ? step : steps[i + 1]!;
    const along = (p: readonly number[], fraction: number): number => {
      const p1 = p[i]!;
      const p2 = p[i + 1]!;
      const p0 = begins ? 2 * p1 - p2 : p[i - 1]!;
      const p3 = ends ? 2 * p2 - p1 : p[i + 2]!;
      return catmullRom(p0, p1, p2, p3, stepBefore, step, stepAfter, fraction);
    };
    const pieces = Math.max(2, Math.ceil((step * step) / spacing));
    for (let k = 1; k <= pieces; k++) {
      curve.x.push(along(x, k / pieces));
      curve.y.push(along(y, k / pieces));
      curve.at.push(i + k / pieces);
    }
  }
  return curve;
}

/** Distances below this count as this, so that points may coincide. */
const SHORTEST = 1e-3;

/**
 * Between `p1` and `p2`, in one coordinate, at `fraction` ∈ [0, 1] of the way; the parameter grows
 * by `step01`, `step12` and `step23` between the four points (the recursive form of Barry and
 * Goldman, Computer Graphics 22(4), 1988).
 */
function catmullRom(
  p0: number,
  p1: number,
  p2: number,
  p3: number,
  step01: number,
  step12: number,
  step23: number,
  fraction: number,
): number {
  const t = fraction * step12;
  const a1 = p1 + ((p1 - p0) * t) / step01;
  const a2 = p1 + ((p2 - p1) * t) / step12;
  const a3 = p2 + ((p3 - p2) * (t - step12)) / step23;
  const b1 = a1 + ((a2 - a1) * (t + step01)) / (step01 + step12);
  const b2 = a2 + ((a3 - a2) * t) / (step12 + step23);
  return b1 + ((b2 - b1) * t) / step12;
}
