/** Horizontal bars, with names of any length beside them and numbers behind them. */
import { emptyContent, type FigureOptions, figure, MARGIN, widthOf } from "./figure.js";
import { legendOf } from "./legend.js";
import { brief, type NumberFormat, percentage } from "./numbers.js";
import { COLOURS } from "./style.js";
import { element, group, hint, label, lineHeight, type Markup } from "./svg.js";
import { SIZE, textWidth } from "./text.js";

export interface Bars {
  readonly name: string;
  /** One for each measure, from 0; undefined, or not finite, where there is none. */
  readonly values: readonly (number | undefined)[];
}

export interface BarChartOptions extends FigureOptions {
  /** What the values of each group are, in their order. */
  readonly measures: readonly string[];
  readonly format?: NumberFormat;
  /** The value at which a bar has full length; by default the largest. */
  readonly full?: number;
}

/**
 * A group of bars for each name.
 *
 * @returns an SVG document
 * @throws {RangeError} if a value is negative, or a group does not have a value for each measure
 */
export function barChart(groups: readonly Bars[], options: BarChartOptions): string {
  const width = widthOf(options);
  const { measures, format = "number" } = options;
  check(groups, measures);
  if (groups.length === 0) return figure(options, emptyContent(width, "no values"));
  const known = groups.flatMap(({ values }) => values.filter(isKnown));
  const { full = Math.max(...known, 0) || 1 } = options;
  const inWords = (value: number | undefined) => {
    if (!isKnown(value)) return "–";
    return format === "percent" ? percentage(value) : brief(value, 4);
  };
  const legend = legendOf(
    measures.length > 1 ? measures.map((name, k) => ({ name, sample: sample(k) })) : [],
    width,
  );
  const texts = groups.flatMap(({ values }) => values.map(inWords));
  const numbers = Math.max(...texts.map((text) => textWidth(text))) + 8;
  const names = Math.min(
    Math.max(...groups.map(({ name }) => textWidth(name))),
    width / 3,
    Math.max(0, width - 2 * MARGIN - numbers - 40),
  );
  const left = MARGIN + names + 8;
  const longest = Math.max(1, width - MARGIN - numbers - left);
  const bar = lineHeight();
  const step = measures.length * bar + 6;
  const marks = groups.map(({ name, values }, k) => {
    const top = legend.height + k * step;
    return group(
      {},
      label(name, left - 8, top + (measures.length * bar) / 2 + SIZE * 0.36, {
        anchor: "end",
        room: names,
      }),
      ...values.map((value, m) => {
        const long = isKnown(value) ? Math.min(1, value / full) * longest : 0;
        const y = top + m * bar;
        return group(
          {},
          hint(`${name}: ${measures[m]} ${inWords(value)}`),
          element("rect", { class: "cell", x: left, y: y + 2, width: longest, height: bar - 4 }),
          element("rect", {
            class: `f${m % COLOURS}`,
            "fill-opacity": m % 2 === 0 ? 0.85 : 0.5,
            ...{ x: left, y: y + 2, width: long, height: bar - 4 },
          }),
          label(inWords(value), left + longest + 8, y + bar / 2 + SIZE * 0.36, {
            class: "soft number",
          }),
        );
      }),
    );
  });
  const summary = groups
    .map(({ name, values }) => {
      return `${name}: ${values.map((v, m) => `${measures[m]} ${inWords(v)}`).join(", ")}`;
    })
    .join("; ");
  const height = legend.height + groups.length * step + MARGIN;
  return figure(options, { height, marks: [...legend.marks, ...marks], summary: `${summary}.` });
}

function sample(k: number): Markup {
  return element("rect", {
    ...{ x: 0, y: -5, width: 24, height: 10, class: `f${k % COLOURS}` },
    "fill-opacity": k % 2 === 0 ? 0.85 : 0.5,
  });
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

function check(groups: readonly Bars[], measures: readonly string[]): void {
  for (const { name, values } of groups) {
    if (values.length !== measures.length) {
      throw new RangeError(`${name} has ${values.length} values for ${measures.length} measures`);
    }
    const negative = values.find((value) => value !== undefined && value < 0);
    if (negative !== undefined) throw new RangeError(`a bar is at least 0 long, not ${negative}`);
  }
}
