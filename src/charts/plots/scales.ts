/** From data to pixels: the domain of an axis, its scale, and its ticks. */
import { nice, ticks as ticksOf } from "d3-array";
import { type NumberFormat, tickLabels } from "../numbers.js";

export interface AxisOptions {
  readonly label: string;
  /** Whether it is logarithmic; values of 0 and below are then gaps. */
  readonly log?: boolean;
  /** How its numbers are written; by default as decimal numbers. `integer` has no ticks between them. */
  readonly format?: NumberFormat;
  /** Values that it contains whatever the data are. */
  readonly include?: readonly number[];
  /** The names of the values 0, 1, 2, …, each of which then has a place of the same width. */
  readonly categories?: readonly string[];
}

export interface Scale {
  /** In pixels; undefined for what has no place on the axis, such as NaN. */
  readonly at: (value: number | undefined) => number | undefined;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Larger ones are drawn there: beyond them, differences overflow. */
const LARGEST = 1e300;
const SMALLEST = 1e-300;

/** @param extend whether the axis goes on to round numbers */
export function scaleOf(
  values: readonly (number | undefined)[],
  axis: AxisOptions,
  range: readonly [number, number],
  ticks: number,
  extend: boolean,
): Scale {
  const { log = false, format = "number", include = [], categories } = axis;
  if (categories !== undefined) return placesOf(categories, range);
  const drawable = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && (!log || value > 0);
  const close = domainOf([...values, ...include].filter(drawable).map(limited), log, format);
  const decades = log ? decadesOf(close, ticks) : undefined;
  const round = decades ?? nice(...close, ticks);
  const domain: Interval = extend ? [round[0]!, round.at(-1)!] : close;
  const at = placing(domain, range, log ? Math.log : (value) => value);
  const within = decades?.filter((value) => value >= domain[0] && value <= domain[1]) ?? [];
  return {
    at: (value) => (drawable(value) ? at(limited(value)) : undefined),
    ticks:
      within.length > 1
        ? within.map((value) => ({ at: at(value), label: ownLabel(value, format) }))
        : linearTicks(domain, at, ticks, format),
  };
}

function placesOf(categories: readonly string[], range: Interval): Scale {
  const at = placing([-0.5, categories.length - 0.5], range, (value) => value);
  return {
    at: (value) => (value !== undefined && Number.isFinite(value) ? at(value) : undefined),
    ticks: categories.map((label, k) => ({ at: at(k), label })),
  };
}

type Interval = readonly [number, number];
type Placing = (value: number) => number;

/** @param measure in which equal distances look equal */
function placing([low, high]: Interval, [from, to]: Interval, measure: Placing): Placing {
  const [start, size] = [measure(low), measure(high) - measure(low)];
  return (value) => {
    const part = (measure(value) - start) / size;
    return from * (1 - part) + to * part;
  };
}

function limited(value: number): number {
  const size = Math.min(Math.abs(value), LARGEST);
  return size < SMALLEST ? (value > 0 ? SMALLEST : 0) : Math.sign(value) * size;
}

function domainOf(values: readonly number[], log: boolean, format: NumberFormat): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  // Closer together than labels can tell, they are drawn as equal.
  if (high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return [low, high];
  if (log) return [low / 2, high * 2];
  const [least, part] = format === "integer" ? [1, 1e-4] : [1e-290, 0.05];
  const room = Math.max(least, Math.abs(low) * part);
  return low === 0 ? [0, 1] : [low - room, high + room];
}

function linearTicks(
  [low, high]: Interval,
  at: Placing,
  wanted: number,
  format: NumberFormat,
): Tick[] {
  let values = ticksOf(low, high, wanted);
  if (format === "integer") values = integers(values, low);
  if (values.length === 0) values = [low];
  const step = values.length > 1 ? values.at(-1)! - values.at(-2)! : Math.abs(values[0]!) || 1;
  const labels = tickLabels(values, step, format);
  return values.map((value, k) => ({ at: at(value), label: labels[k]! }));
}

/** The whole numbers among the ticks, and the first of the axis, as epochs count from 1. */
function integers(ticks: readonly number[], first: number): number[] {
  const whole = ticks.filter(Number.isInteger);
  const step = whole.length > 1 ? whole[1]! - whole[0]! : Number.POSITIVE_INFINITY;
  const room = (whole[0] ?? Number.POSITIVE_INFINITY) - first > step / 2;
  return Number.isInteger(first) && room ? [first, ...whole] : whole;
}

/** Of each decade, from fine to coarse. */
const DIGITS = [[1, 2, 5], [1, 3], [1]];

/**
 * Round numbers from the last that is not above a domain to the first that is not below it, evenly in each decade or, of
 * very many, not in each. Undefined for a small part of a decade, where those of a linear axis serve better.
 */
function decadesOf([low, high]: Interval, wanted: number): readonly number[] | undefined {
  const [first, last] = [exponentOf(low) - 1, exponentOf(high) + 1];
  for (let k = 0; ; k++) {
    const [digits, step] = k < DIGITS.length ? [DIGITS[k]!, 1] : [[1], k - 1];
    const all: number[] = [];
    for (let exponent = first; exponent < last + step; exponent += step) {
      all.push(...digits.map((digit) => Number(`${digit}e${exponent}`)));
    }
    const from = all.findLastIndex((value) => value <= low);
    const values = all.slice(from, all.findIndex((value) => value >= high) + 1);
    if (k === 0 && values.length < 5 && nice(low, high, wanted)[0] > 0) return undefined;
    if (values.length <= 2 * wanted + 1) return values;
  }
}

function ownLabel(value: number, format: NumberFormat): string {
  return tickLabels([value], 10 ** exponentOf(value), format)[0]!;
}

function exponentOf(value: number): number {
  return Math.floor(Math.log10(value) + 1e-9);
}
