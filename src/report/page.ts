/** The frame of a report: one HTML document that needs nothing beside it, and its figures. */
import { inPage } from "../charts/index.js";
import type { ReportFigure } from "./figure.js";
import { Html, html } from "./html.js";
import { LOOK } from "./look.js";

export interface Page {
  readonly title: string;
  /** What it is about, below the title. */
  readonly subtitle: string;
  readonly main: Html;
  /** The command that made it. */
  readonly command?: string | undefined;
  /** What follows all that is shown. */
  readonly end?: Html | undefined;
}

/** Figures are drawn at both; the style of the page chooses. */
const [WIDE, NARROW] = [640, 328];

/** @returns a whole HTML document, without a reference to anything outside of it */
export function pageText({ title, subtitle, main, command, end }: Page): string {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(LOOK)}</style>
</head>
<body class="chart">
<header><h1>${title}</h1><p class="soft">${subtitle}</p></header>
<main>
${main}
</main>
<footer>${command === undefined ? undefined : html`<p>Made by <code>${command}</code>. It needs no network, and sends nothing.</p>`}</footer>
${end}
</body>
</html>
`;
  return text;
}

export function figureElement({ draw, scales, note }: ReportFigure): Html {
  const drawn = (width: number) => new Html(inPage(draw(width)));
  const svgs = scales
    ? html`<div>${drawn(WIDE)}</div>`
    : html`<div class="wide">${drawn(WIDE)}</div><div class="narrow">${drawn(NARROW)}</div>`;
  return html`<figure>${svgs}
${note && html`<figcaption>${note}</figcaption>`}</figure>
`;
}
