/** The look of figures: colours on light and dark grounds, dashes, type. */

/**
 * Colours that people with any kind of colour vision tell apart: Okabe and Ito, Color Universal
 * Design, 2008. Those of the set that stand out on white, and on a dark ground.
 */
const SERIES = {
  light: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#4d4d4d"],
  dark: ["#56b4e9", "#e69f00", "#1fb58c", "#cc79a7", "#d55e00", "#f0e442", "#b8bdc4"],
} as const;

export const COLOURS = SERIES.light.length;

/** Lines differ in these, too. Their number and that of the colours have no common divisor. */
export const DASHES = [undefined, "6 3", "2 2.5", "9 3 2 3", "3.5 2"] as const;

const TONES = {
  light: { paper: "#ffffff", ink: "#1f2328", soft: "#5b636d", rule: "#e3e6ea", cell: "#f6f7f9" },
  dark: { paper: "#14171c", ink: "#e8eaed", soft: "#a3abb5", rule: "#2d333b", cell: "#1c2127" },
} as const;

/** Weights below and above zero. */
const SIGNS = {
  light: { negative: "#0072b2", positive: "#d55e00" },
  dark: { negative: "#56b4e9", positive: "#f08a3c" },
} as const;

/** Of grey, and of each colour: more are not told apart at the size at which images are shown. */
export const LEVELS = 6;

type Ground = "light" | "dark";

function colours(ground: Ground): Readonly<Record<string, string>> {
  const series = SERIES[ground].map((colour, k) => [`series-${k}`, colour] as const);
  return { ...TONES[ground], ...SIGNS[ground], ...Object.fromEntries(series) };
}

function properties(ground: Ground): string {
  const named = Object.entries(colours(ground)).map(([name, value]) => `--chart-${name}:${value}`);
  return `:where(.chart){${named.join(";")}}`;
}

/** A declaration that programs without custom properties understand as well. */
function paint(property: string, name: string): string {
  return `${property}:${colours("light")[name]};${property}:var(--chart-${name})`;
}

/**
 * The style of every figure, the same text in each, so that several in one page do not disturb each
 * other. A page sets colours of its own with a rule for `.chart`, which is stronger than these.
 */
export const STYLE = [
  properties("light"),
  `@media(prefers-color-scheme:dark){${properties("dark")}}`,
  `@media print{${properties("light")}}`,
  ".chart{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:12px}",
  `.chart text{${paint("fill", "ink")}}`,
  ".chart .heading{font-weight:600}",
  `.chart .soft{${paint("fill", "soft")}}`,
  ".chart .number{font-variant-numeric:tabular-nums}",
  `.chart .paper{${paint("fill", "paper")}}`,
  `.chart .cell{${paint("fill", "cell")}}`,
  `.chart .rule{${paint("stroke", "rule")};fill:none}`,
  `.chart .axis{${paint("stroke", "soft")};fill:none}`,
  `.chart .pixels{${paint("stroke", "ink")};fill:none;shape-rendering:crispEdges}`,
  `.chart .negative{${paint("stroke", "negative")}}`,
  `.chart .positive{${paint("stroke", "positive")}}`,
  ...Array.from({ length: LEVELS }, (_, k) => {
    return `.chart .g${k + 1}{stroke-opacity:${((k + 1) / LEVELS).toFixed(2)}}`;
  }),
  ".chart .line{fill:none;stroke-width:1.8;stroke-linejoin:round}",
  ...SERIES.light.map((_, k) => {
    return `.chart .s${k}{${paint("stroke", `series-${k}`)}}.chart .f${k}{${paint("fill", `series-${k}`)}}`;
  }),
].join("");
