/** What all figures have: a heading, a ground, a style, and a text for those who do not see them. */

import { STYLE } from "./style.js";
import { element, hint, label, lineHeight, Markup, rounded } from "./svg.js";
import { showable, TITLE_SIZE, wrapped } from "./text.js";

export interface FigureOptions {
  /** The heading; at most two lines of it are shown. */
  readonly title: string;
  /** What the figure shows, for those who do not see it; by default a summary of the data. */
  readonly description?: string;
  /** In pixels, from 200; by default 640. The height follows from the content, or is given for the plot. */
  readonly width?: number;
  /** The beginning of the ids in it; by default made of its content. Two equal figures in one page need it. */
  readonly id?: string;
}

/** What is drawn below the heading, from y = 0 to its height. */
export interface Content {
  readonly height: number;
  readonly marks: readonly Markup[];
  readonly summary: string;
}

export const MARGIN = 12;
const NARROWEST = 200;

export function widthOf({ width = 640 }: FigureOptions): number {
  if (Number.isFinite(width) && width >= NARROWEST) return width;
  throw new RangeError(`a figure is at least ${NARROWEST} pixels wide, not ${width}`);
}

/** The whole SVG document. */
export function figure(options: FigureOptions, { height, marks, summary }: Content): string {
  const width = widthOf(options);
  const title = showable(options.title.replace(/\s+/g, " "));
  const lines = wrapped(title, width - 2 * MARGIN, TITLE_SIZE, 2);
  const headings = lines.map((line, k) =>
    label(line, MARGIN, MARGIN + TITLE_SIZE + k * lineHeight(TITLE_SIZE), {
      size: TITLE_SIZE,
      class: "heading",
    }),
  );
  const top = MARGIN + lines.length * lineHeight(TITLE_SIZE) + 8;
  const body = element("g", { transform: `translate(0 ${rounded(top)})` }, ...marks);
  const id = options.id ?? `c${hashOf(title + width + summary + body.text)}`;
  const size = { width, height: top + height };
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "chart",
      viewBox: `0 0 ${rounded(size.width)} ${rounded(size.height)}`,
      ...size,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
    },
    element("title", { id: `${id}-title` }, title),
    element("desc", { id: `${id}-desc` }, options.description ?? summary),
    new Markup(`<style>${STYLE}</style>`),
    element("rect", { class: "paper", ...size }),
    ...headings,
    body,
  );
  return `${svg.text}\n`;
}

/**
 * A figure for an HTML page that has {@link STYLE} itself, whose security policy may forbid a style within:
 * without its style, and without the namespace, which is known there.
 */
export function inPage(svg: string): string {
  return svg
    .trim()
    .replace(' xmlns="http://www.w3.org/2000/svg"', "")
    .replace(`<style>${STYLE}</style>`, "");
}

/** What is drawn where there is nothing to draw. */
export function emptyContent(width: number, why: string): Content {
  const marks = [label(why, MARGIN, 20, { class: "soft", room: width - 2 * MARGIN })];
  return { height: 40, marks, summary: why };
}

/** A mark with a hint. */
export function hinted(name: string, attributes: Parameters<typeof element>[1], text: string) {
  return element(name, attributes, hint(text));
}

/** FNV-1a: Fowler, Noll and Vo. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
