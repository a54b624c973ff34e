/** The colours of the charts as numbers, for what is painted pixel by pixel; they follow the scheme. */
import { computed, signal } from "@preact/signals";

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Colours {
  readonly ink: Rgb;
  readonly negative: Rgb;
  readonly positive: Rgb;
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = signal(dark.matches);
dark.addEventListener("change", () => {
  isDark.value = dark.matches;
});

/** Read when they are first used: a module may be evaluated before the page has its style. */
export const colours = computed<Colours>(() => {
  void isDark.value;
  return read();
});

function read(): Colours {
  const style = getComputedStyle(document.body);
  const colour = (name: string) => rgbOf(style.getPropertyValue(`--chart-${name}`).trim());
  return { ink: colour("ink"), negative: colour("negative"), positive: colour("positive") };
}

/** Of `#rrggbb`, as the style of charts has them. */
function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
