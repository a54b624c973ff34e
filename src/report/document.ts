/** The report: one HTML document that needs nothing beside it. */
import { curveFigures } from "./curves.js";
import { DATA, type Embedded } from "./embedded.js";
import { groupsOf } from "./groups.js";
import { Html, html, jsonElement } from "./html.js";
import { isMeasured } from "./measures.js";
import { embeddedNetwork, networkSection } from "./network-section.js";
import { figureElement, pageText } from "./page.js";
import type { ReportedRun } from "./run.js";
import { runsTable, settingsTables } from "./tables.js";

export interface ReportOptions {
  /** The heading; by default the names of the runs. */
  readonly title?: string | undefined;
  /** The command that made it. */
  readonly command?: string | undefined;
  /** The script that looks into mistakes and reads drawn digits; without it, the report has neither. */
  readonly script?: string | undefined;
}

/**
 * @returns a whole HTML document, without a reference to anything outside of it
 * @throws {RangeError} without a run
 */
export function reportDocument(runs: readonly ReportedRun[], options: ReportOptions = {}): string {
  const { title = titleOf(runs), command, script } = options;
  if (runs.length === 0) throw new RangeError("a report is on at least one run");
  const networks = runs.filter(({ network }) => network !== undefined);
  const others = runs.filter(({ network }) => network === undefined);
  const curves = curveFigures(groupsOf(runs));
  const data: Embedded = {
    networks: networks.map((run) => embeddedNetwork(run, run.network!)),
  };
  const scripted = script !== undefined && networks.length > 0;
  return pageText({
    title,
    subtitle: datasetText(runs),
    command,
    main: html`${runsTable(runs)}
${others.flatMap(({ name, remarks }) => remarks.map((remark) => html`<p class="remark">${name}: ${remark}</p>`))}
<section aria-labelledby="curves"><h2 id="curves">Curves</h2>
${curves.length === 0 ? html`<p>There are no curves, as nothing was measured after an epoch.</p>` : curves.map(figureElement)}
${onlyOnce(runs)}</section>
<section aria-labelledby="settings"><h2 id="settings">Settings</h2>${settingsTables(runs)}</section>
${script !== undefined && data.networks.some(isDrawable) ? DRAWING : undefined}
${networks.map(networkSection)}`,
    ...(scripted && {
      end: html`${jsonElement(DATA, data)}<script>${new Html(scriptText(script))}</script>`,
    }),
  });
}

function titleOf(runs: readonly ReportedRun[]): string {
  if (runs.length > 3) return `${runs.length} runs`;
  return runs.map(({ name }) => name).join(" and ");
}

function datasetText(runs: readonly ReportedRun[]): string {
  const { name, sha256 } = runs.find(({ dataset }) => dataset.sha256)?.dataset ?? runs[0]!.dataset;
  return `Data set: ${name}${sha256 === undefined ? "" : `, SHA-256 ${sha256.slice(0, 12)}…`}`;
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
<div class="drawing"><div><div class="field"><canvas id="canvas" width="252" height="252" role="application" tabindex="0" aria-label="Field to draw a digit in" aria-describedby="keys"></canvas><div id="cursor" hidden></div></div>
<button type="button" id="clear">Clear</button><p class="soft" id="keys">By keys: arrows move, space puts ink, shift with arrows draws a line, backspace undoes.</p><p class="unseen" id="said" role="status"></p></div><div class="answers" id="answers" aria-live="polite"><p class="soft">The digit is prepared as MNIST’s were: fitted into 20×20 pixels, and centred by its mass in 28×28.</p></div></div></section>`;
