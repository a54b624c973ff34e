/** The points of a sweep: a grid of all combinations of some values, repeated for each of some draws. */
import { generator, naturalLogarithm, uniform } from "../../random.js";

/** A name that takes each of these values. */
export interface Axis<T> {
  readonly name: string;
  readonly values: readonly T[];
}

/** A name whose value is drawn. */
export interface Drawn<T> {
  readonly name: string;
  /** @param u uniform in [0, 1) */
  readonly draw: (u: number) => T;
}

export interface Space<T> {
  readonly drawn: readonly Drawn<T>[];
  readonly axes: readonly Axis<T>[];
  /** How often the drawn are drawn; each time, the whole grid follows. */
  readonly draws: number;
  /** Of the draws. A draw depends on this, its number and its name, and on no other draw. */
  readonly seed: number;
}

/** How many points there are. */
export function size({ axes, draws }: Space<unknown>): number {
  return axes.reduce((product, { values }) => product * values.length, draws);
}

/** What the values of a point are of, in their order: first those that are drawn. */
export function namesOf({ drawn, axes }: Space<unknown>): string[] {
  return [...drawn, ...axes].map(({ name }) => name);
}

/** All points; the last axis changes fastest. */
export function* points<T>(space: Space<T>): Generator<readonly T[]> {
  const { drawn, axes, draws, seed } = space;
  const first = drawn.length;
  const places = axes.map(() => 0);
  const point = [...drawn, ...axes].map(
    (each) => ("values" in each ? each.values[0] : undefined) as T,
  );
  for (let k = 0; k < draws; k++) {
    drawn.forEach(({ name, draw }, i) => {
      point[i] = draw(uniform(generator(seed, `sweep ${k} ${name}`)));
    });
    for (let n = size({ ...space, draws: 1 }); n > 0; n--) {
      yield [...point];
      for (let i = axes.length - 1; i >= 0; i--) {
        const { values } = axes[i] as Axis<T>;
        const next = ((places[i] as number) + 1) % values.length;
        places[i] = next;
        point[first + i] = values[next] as T;
        if (next > 0) break;
      }
    }
  }
}

/** Numbers from one to another, uniform themselves or in their logarithms. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly scale: "linear" | "log";
}

/** Digits that a drawn number is rounded to, so that people can read it, and any machine draws the same. */
const DIGITS = 4;

/** @param u uniform in [0, 1) */
export function numberIn({ min, max, scale }: Range, u: number): number {
  const number = scale === "linear" ? min + u * (max - min) : geometric(min, max, u);
  return Math.min(max, Math.max(min, Number(number.toPrecision(DIGITS))));
}

/** min (max/min)ᵘ, where no library's exponential decides the last digit: it is rounded away. */
function geometric(min: number, max: number, u: number): number {
  return min * Math.exp(u * naturalLogarithm(max / min));
}
