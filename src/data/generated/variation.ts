/** From a skeleton and a hand to the trace of the pen. */
import { type RandomGenerator, uniform } from "../../random.js";
import { curveThrough, type Points } from "./curve.js";
import { boundedNormal, type Hand } from "./hand.js";
import type { Style } from "./skeletons.js";

/** One stroke as a chain of discs, each joined to the next: centres and radii. */
export interface Trace {
  readonly x: number[];
  readonly y: number[];
  readonly radius: number[];
}

/** Writes a digit once; another attempt by the same hand takes other random numbers. */
export function write(style: Style, hand: Hand, random: RandomGenerator): Trace[] {
  return style.strokes.map((stroke) => {
    const { x, y, at } = curveThrough(attempt(stroke, hand, random), SPACING);
    const radii = pressure(stroke.x.length, hand, random);
    const trace = { x, y, radius: at.map((position) => interpolate(radii, position)) };
    transform(trace, hand);
    return trace;
  });
}

/** Length of the pieces into which strokes are cut, in percent of the digit's height: about a pixel. */
const SPACING = 6;

/** The points of the skeleton as the pen happens to pass them; the ends of a stroke vary most. */
function attempt(stroke: Points, hand: Hand, random: RandomGenerator): Points {
  const last = stroke.x.length - 1;
  const around = (p: readonly number[]): number[] => {
    const shift = hand.looseness * boundedNormal(random);
    return p.map((value, i) => {
      const end = i === 0 || i === last;
      const haste = end || stroke.corner[i] ? 0 : hand.haste;
      const middle = haste === 0 ? value : (p[i - 1]! + p[i + 1]!) / 2;
      const deviation = (end ? 1.5 : 1) * hand.looseness * boundedNormal(random);
      return value + haste * (middle - value) + shift + deviation;
    });
  };
  const x = around(stroke.x);
  const y = around(stroke.y);
  const corner = stroke.corner.map((sharp) => sharp && uniform(random) >= hand.roundness);
  return { x, y, corner };
}

/** The radius of the line at each of `count` points. */
function pressure(count: number, hand: Hand, random: RandomGenerator): number[] {
  const radii: number[] = [];
  for (let i = 0; i < count; i++) {
    const trend = hand.pressure * ((2 * i) / (count - 1) - 1);
    radii.push((hand.pen / 2) * (1 + trend + hand.unevenness * boundedNormal(random)));
  }
  return radii;
}

/** The value at a position between whole numbers, where the values are given. */
function interpolate(values: readonly number[], position: number): number {
  const i = Math.min(values.length - 2, Math.floor(position));
  return values[i]! + (values[i + 1]! - values[i]!) * (position - i);
}

/** Bends, widens, slants and turns, in place. */
function transform(trace: Trace, hand: Hand): void {
  const t = hand.turn;
  const cosine = (1 - t * t) / (1 + t * t);
  const sine = (2 * t) / (1 + t * t);
  for (let i = 0; i < trace.x.length; i++) {
    const u = (trace.x[i]! - 35) / 50;
    const v = (trace.y[i]! - 50) / 50;
    const bentX = 50 * u + bend(hand.bendX, u, v);
    const bentY = 50 * v + bend(hand.bendY, u, v);
    const slantedX = hand.width * bentX - hand.slant * bentY;
    trace.x[i] = cosine * slantedX - sine * bentY;
    trace.y[i] = sine * slantedX + cosine * bentY;
  }
}

/** c₀u² + c₁uv + c₂v² + c₃u³ + c₄u²v + c₅uv² + c₆v³: how far the bend moves the point (u, v). */
function bend(c: readonly number[], u: number, v: number): number {
  const quadratic = c[0]! * u * u + c[1]! * u * v + c[2]! * v * v;
  return quadratic + u * u * (c[3]! * u + c[4]! * v) + v * v * (c[5]! * u + c[6]! * v);
}
