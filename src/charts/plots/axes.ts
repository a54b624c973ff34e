/** A plot with two axes: faint lines to read values by, numbers, and what they are of. */
import { MARGIN } from "../figure.js";
import { element, label, lineHeight, type Markup } from "../svg.js";
import { SIZE, textWidth } from "../text.js";
import { type AxisOptions, type Scale, scaleOf, type Tick } from "./scales.js";

type Values = readonly (number | undefined)[];

export interface Plot {
  readonly x: Scale;
  readonly y: Scale;
  /** The edges of the plot, in pixels. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly marks: readonly Markup[];
  /** From the top to below the label of the x axis. */
  readonly height: number;
}

export interface PlotOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly width: number;
  /** Where it begins, below a legend. */
  readonly top: number;
  /** From the highest value to the lowest, in pixels. */
  readonly plotHeight: number;
  /** Whether the x axis goes on to round numbers. */
  readonly extend?: boolean;
}

/** In pixels, of the names of categories that are read from the bottom to the top. */
const UPWARDS = 96;

/** The label of the y axis stands above it, so that it is read without turning the head. */
export function plotOf(xs: Values, ys: Values, options: PlotOptions): Plot {
  const { width, plotHeight, extend = false } = options;
  const top = options.top + lineHeight() + 10;
  const bottom = top + plotHeight;
  const y = scaleOf(ys, options.y, [bottom, top], Math.max(2, Math.round(plotHeight / 48)), true);
  const widest = Math.max(...y.ticks.map((tick) => textWidth(tick.label)));
  const left = MARGIN + Math.min(widest, width / 3) + 8;
  const xTicks = Math.max(2, Math.round((width - left) / 80));
  const narrower = scaleOf(xs, options.x, [left, width - MARGIN], xTicks, extend);
  const lastLabel = narrower.ticks.at(-1)!;
  const { categories } = options.x;
  const overhang = lastLabel.at + textWidth(lastLabel.label) / 2 - (width - 4);
  const right = width - MARGIN - (categories ? 0 : Math.max(0, overhang));
  const x = scaleOf(xs, options.x, [left, right], xTicks, extend);
  const room = (right - left) / (categories?.length ?? 1) - 8;
  const upwards = categories?.some((name) => textWidth(name) > room) === true;
  const longest = Math.max(...x.ticks.map((tick) => textWidth(tick.label)));
  const tall = upwards ? Math.min(longest, UPWARDS) : 0;
  const sizeOf = ({ label }: Tick) => (upwards ? lineHeight() : textWidth(label) + 8);
  const placeOf = (tick: Tick) => (upwards ? tick.at : inside(tick, 2, width - 2));
  const baseline = bottom + 6 + (upwards ? tall : SIZE);
  const marks = [
    label(options.y.label, MARGIN, options.top + SIZE, { class: "soft", room: width - 2 * MARGIN }),
    ...y.ticks.map(({ at }) => element("path", { class: "rule", d: horizontal(left, right, at) })),
    ...spread(
      y.ticks,
      () => lineHeight(),
      ({ at }) => at,
    ).map((tick) =>
      label(tick.label, left - 8, tick.at + SIZE * 0.36, {
        anchor: "end",
        class: "soft number",
        room: left - 8 - MARGIN,
      }),
    ),
    element("path", { class: "axis", d: horizontal(left, right, bottom) }),
    ...spread(x.ticks, sizeOf, placeOf).map((tick) =>
      element(
        "g",
        {},
        element("path", { class: "axis", d: `M${fixed(tick.at)} ${fixed(bottom)}v4` }),
        upwards
          ? label(tick.label, tick.at + SIZE * 0.36, bottom + 6, {
              ...{ anchor: "end", class: "soft", room: tall, upwards },
            })
          : label(tick.label, placeOf(tick), baseline, {
              anchor: "middle",
              class: "soft number",
            }),
      ),
    ),
    label(options.x.label, (left + right) / 2, baseline + lineHeight(), {
      anchor: "middle",
      class: "soft",
      room: Math.min(left + right, 2 * width - left - right) - 2 * MARGIN,
    }),
  ];
  return { x, y, left, right, top, bottom, marks, height: baseline + lineHeight() + MARGIN };
}

/** Where the middle of a tick's label is, so that all of it is between two places. */
function inside(tick: Tick, low: number, high: number): number {
  const half = textWidth(tick.label) / 2;
  return Math.max(low + half, Math.min(high - half, tick.at));
}

/** Those ticks, from the first, whose labels have room beside each other: `placeOf` says where their middles are. */
function spread(
  ticks: readonly Tick[],
  sizeOf: (tick: Tick) => number,
  placeOf: (tick: Tick) => number,
) {
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const room = last === undefined ? 0 : (sizeOf(last) + sizeOf(tick)) / 2;
    if (last === undefined || Math.abs(placeOf(tick) - placeOf(last)) >= room) kept.push(tick);
  }
  return kept;
}

function horizontal(from: number, to: number, at: number): string {
  return `M${fixed(from)} ${fixed(at)}H${fixed(to)}`;
}

export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
