/** The report: one HTML document that needs nothing beside it. */
import { inPage } from "../charts/index.js";
import { curveFigures } from "./curves.js";
import { DATA, type Embedded } from "./embedded.js";
import type { ReportFigure } from "./figure.js";
import { Html, html, jsonElement } from "./html.js";
import { LOOK } from "./look.js";
import { isMeasured } from "./measures.js";
import { embeddedNetwork, networkSection } from "./network-section.js";
import type { ReportedRun } from "./run.js";
import { runsTable, settingsTables } from "./tables.js";

export interface ReportOptions {
  /** The heading; by default the names of the runs. */
  readonly title?: string | undefined;
  /** The command that made it, which stands below each figure. */
  readonly command?: string | undefined;
  /** The script that looks into mistakes and reads drawn digits; without it, the report has neither. */
  readonly script?: string | undefined;
}

/** Figures are drawn at both; the style of the page chooses. */
const [WIDE, NARROW] = [640, 328];

/**
 * @returns a whole HTML document, without a reference to anything outside of it
 * @throws {RangeError} without a run
 */
export function reportDocument(runs: readonly ReportedRun[], options: ReportOptions = {}): string {
  const { title = titleOf(runs), command, script } = options;
  if (runs.length === 0) throw new RangeError("a report is on at least one run");
  const networks = runs.filter(({ network }) => network !== undefined);
  const others = runs.filter(({ network }) => network === undefined);
  const shown = (figure: ReportFigure) => figureElement(figure, command);
  const curves = curveFigures(runs);
  const data: Embedded = {
    networks: networks.map((run) => embeddedNetwork(run, run.network!)),
  };
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
<header><h1>${title}</h1><p class="soft">${datasetText(runs)}</p></header>
<main>
${runsTable(runs)}
${others.flatMap(({ name, remarks }) => remarks.map((remark) => html`<p class="remark">${name}: ${remark}</p>`))}
<section aria-labelledby="curves"><h2 id="curves">Curves</h2>
${curves.length === 0 ? html`<p>There are no curves, as nothing was measured after an epoch.</p>` : curves.map(shown)}
${onlyOnce(runs)}</section>
<section aria-labelledby="settings"><h2 id="settings">Settings</h2>${settingsTables(runs)}</section>
${script !== undefined && data.networks.some(isDrawable) ? DRAWING : undefined}
${networks.map((run, k) => networkSection(run, k, shown))}
</main>
<footer>${command === undefined ? undefined : html`<p>Made by <code>${command}</code>. It needs no network, and sends nothing.</p>`}</footer>
${script === undefined || networks.length === 0 ? undefined : html`${jsonElement(DATA, data)}<script>${new Html(scriptText(script))}</script>`}
</body>
</html>
`;
  return text;
}

function titleOf(runs: readonly ReportedRun[]): string {
  if (runs.length > 3) return `${runs.length} runs`;
  return runs.map(({ name }) => name).join(" and ");
}

function datasetText(runs: readonly ReportedRun[]): string {
  const { name, sha256 } = runs.find(({ dataset }) => dataset.sha256)?.dataset ?? runs[0]!.dataset;
  return `Data set: ${name}${sha256 === undefined ? "" : `, SHA-256 ${sha256.slice(0, 12)}…`}`;
}

function figureElement(figure: ReportFigure, command: string | undefined): Html {
  const { draw, scales, note } = figure;
  const drawn = (width: number) => new Html(inPage(draw(width)));
  const svgs = scales
    ? html`<div>${drawn(WIDE)}</div>`
    : html`<div class="wide">${drawn(WIDE)}</div><div class="narrow">${drawn(NARROW)}</div>`;
  return html`<figure>${svgs}
${note && html`<p class="note">${note}</p>`}${command && html`<figcaption><code>${command}</code></figcaption>`}</figure>
`;
}

/** Where there is a curve of one set of images alone, what would have shown more. */
function onlyOnce(runs: readonly ReportedRun[]): Html | undefined {
  const measured = runs.some(({ epochs }) => epochs.some((each) => isMeasured(each.testAccuracy)));
  const training = runs.some(({ epochs }) => epochs.some((each) => isMeasured(each.trainAccuracy)));
  return measured && !training
    ? html`<p class="note">The accuracy on training images, which would show overfitting, was not measured.</p>`
    : undefined;
}

/** A script must not contain what would end its element. */
function scriptText(script: string): string {
  return script.replaceAll("</script", "<\\/script");
}

function isDrawable({ rows, columns, classes }: Embedded["networks"][number]): boolean {
  return rows === 28 && columns === 28 && classes.every((name, k) => name === String(k));
}

const DRAWING = html`<section id="draw" aria-labelledby="draw-heading"><h2 id="draw-heading">Draw a digit</h2>
<div class="drawing"><div><canvas id="canvas" width="252" height="252" aria-label="Field to draw a digit in, with a mouse, a pen or a finger"></canvas>
<button type="button" id="clear">Clear</button></div><div class="answers" id="answers" aria-live="polite"><p class="soft">The digit is prepared as MNIST’s were: fitted into 20×20 pixels, and centred by its mass in 28×28.</p></div></div></section>`;
