/** How wide text is without a font to measure it with, and how to make it fit. */

/** The sizes of text in figures, in pixels. */
export const SIZE = 12;
export const TITLE_SIZE = 15;

/** From the top of one line of text to that of the next, in parts of its size. */
export const LINE = 1.35;

/**
 * Widths in parts of the size, no smaller than those of DejaVu Sans and Verdana, the widest of the
 * fonts that browsers take for sans-serif: better a gap than an overlap.
 */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[il|'’]/, 0.32],
  [/[ .,:;!I]/, 0.42],
  [/[-–jftr()[\]/\\"`]/, 0.48],
  [/[mMW%@…—]/, 1.1],
  [/[w+=<>#~^±×−·&]/, 0.86],
  [/[a-z0-9?*$_{}\p{No}]/u, 0.66],
  [/[A-Z]/, 0.8],
  [/[\u2e80-\uffff]|\p{Extended_Pictographic}|[\u{10000}-\u{10ffff}]/u, 1.4],
];

const widths = new Map<string, number>();

/** Characters that XML cannot hold, or that turn the direction of the text around them. */
const UNFIT = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** The text with what cannot be shown replaced by �. */
export function showable(text: string): string {
  return text.replace(UNFIT, "�");
}

/** An upper estimate of how wide a text is where it is shown, in pixels. */
export function textWidth(text: string, size = SIZE): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * size;
}

function widthOf(character: string): number {
  let width = widths.get(character);
  if (width === undefined) {
    const shown = showable(character);
    width = CLASSES.find(([pattern]) => pattern.test(shown))?.[1] ?? 0.95;
    widths.set(character, width);
  }
  return width;
}

/** The text, or as much of its beginning as fits the room with an ellipsis; empty if nothing does. */
export function shortened(text: string, room: number, size = SIZE): string {
  if (textWidth(text, size) <= room) return text;
  const left = room - textWidth("…", size);
  if (left < 0) return "";
  let [kept, width] = ["", 0];
  for (const character of text) {
    width += widthOf(character) * size;
    if (width > left) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in lines of at most `room`, broken at spaces; what is too much for them is cut. */
export function wrapped(text: string, room: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== "" && lines.length < most - 1 && textWidth(rest, size) > room) {
    const words = rest.split(" ");
    let fitting = words.length - 1;
    while (fitting > 0 && textWidth(words.slice(0, fitting).join(" "), size) > room) fitting--;
    if (fitting === 0) break;
    lines.push(words.slice(0, fitting).join(" "));
    rest = words.slice(fitting).join(" ");
  }
  const last = shortened(rest, room, size);
  return last === "" ? lines : [...lines, last];
}
