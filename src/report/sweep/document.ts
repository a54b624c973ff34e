/** The report on a sweep: one HTML document that needs nothing beside it. */
import { counted } from "../../counted.js";
import { settingText } from "../groups.js";
import { type Html, html } from "../html.js";
import { figureElement, pageText } from "../page.js";
import { duration, inWords, table } from "../tables.js";
import { type CurvesOf, settingFigures, sweepCurves } from "./figures.js";
import { doneIn, type SettingsGroup, type SweepSummary, shownTest } from "./summary.js";
import { intervalText, rangeText, seedsText, spreadText } from "./words.js";

/** Longer tables are only shown on demand, and even longer ones not at all. */
const FIRST_ROWS = 20;
const MOST_ROWS = 200;
const MOST_FAILURES = 50;

export interface SweepReportOptions {
  /** How many runs are in each state, in words. */
  readonly counts: string;
  /** The command that made it. */
  readonly command: string;
}

/** @param best the settings whose curves are drawn, of which there may be more */
export function sweepDocument(
  summary: SweepSummary,
  best: readonly CurvesOf[],
  { counts, command }: SweepReportOptions,
): string {
  const { name, dataset, groups } = summary;
  const [curves, settings] = [sweepCurves(summary, best), settingFigures(summary)];
  const measured = groups.filter(({ validation }) => validation !== undefined).length;
  const fewer =
    best.length < measured
      ? html`<p>These are the curves of the best ${best.length} of ${measured} settings.</p>`
      : undefined;
  return pageText({
    title: `Sweep: ${name}`,
    subtitle: `Data set: ${dataset.name}, SHA-256 ${dataset.sha256.slice(0, 12)}…`,
    command,
    main: html`<p>${counts}.</p>
${chosenText(summary)}
${groupsTable(summary)}
${section("By setting", settings.map(figureElement))}
${section("Curves", curves.length === 0 ? [] : [...(fewer ? [fewer] : []), ...curves.map(figureElement)])}
${failures(summary)}
<section aria-labelledby="settings"><h2 id="settings">Settings of all runs</h2>${commonTable(summary)}</section>`,
  });
}

function section(heading: string, content: readonly Html[]): Html | undefined {
  if (content.length === 0) return undefined;
  const id = heading.toLowerCase().replaceAll(" ", "-");
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`;
}

function chosenText({ chosen, at }: SweepSummary): Html | undefined {
  if (chosen === undefined) return undefined;
  const epoch = at === "best" ? "the epochs best on validation" : "the last epoch";
  return html`<p>Best on validation: <b>${chosen.label}</b>. Its test accuracy after ${epoch}: <b>${spreadText(chosen.test)}</b> (${counted(doneIn(chosen), "seed")}).</p>`;
}

function groupsTable(summary: SweepSummary): Html {
  const { groups, showsTest } = summary;
  const others = groups.slice(FIRST_ROWS, MOST_ROWS);
  const hidden = groups.length - FIRST_ROWS - others.length;
  const more =
    others.length === 0
      ? undefined
      : html`<details><summary>${others.length} more settings</summary>${rowsTable(summary, others)}${
          hidden > 0 ? html`<p class="note">And ${hidden} more, with lower means.</p>` : undefined
        }</details>`;
  const why = showsTest
    ? undefined
    : html`<p class="soft">Test accuracies of other settings are not shown: whoever chooses by them reports more than new images will give.</p>`;
  return html`${rowsTable(summary, groups.slice(0, FIRST_ROWS))}${why}${more}`;
}

function rowsTable(summary: SweepSummary, groups: readonly SettingsGroup[]): Html {
  const { varying, chosen, showsTest } = summary;
  const names = varying.length === 0 ? [""] : varying.map(inWords);
  const heads = [...names, "seeds", "validation", "95% of the mean"];
  return table(
    "the settings and their results",
    [...heads, ...(showsTest ? ["test"] : []), "epochs", "time"],
    groups.map((group) => {
      const [first = "all runs", ...others] = group.settings.map(settingText);
      return [
        group === chosen ? html`<b>${first}</b><br><span class="soft">best</span>` : html`${first}`,
        ...others.map((text) => html`${text}`),
        unbroken(seedsText(group)),
        unbroken(spreadText(group.validation)),
        unbroken(intervalText(group.validation)),
        ...(showsTest ? [unbroken(spreadText(shownTest(summary, group)))] : []),
        unbroken(rangeText(group.epochs)),
        unbroken(group.seconds === undefined ? "–" : duration(group.seconds)),
      ];
    }),
  );
}

/** On one line. */
function unbroken(text: string): Html {
  return html`${text.replaceAll(" ", "\u00a0")}`;
}

function failures({ failures }: SweepSummary): Html | undefined {
  if (failures.length === 0) return undefined;
  const rows = failures
    .slice(0, MOST_FAILURES)
    .map(({ index, label, message }) => [html`${index}`, html`${label}`, html`${message}`]);
  const hidden = failures.length - rows.length;
  return section("Failed", [
    table("the runs that failed", ["run", "settings", "why"], rows),
    ...(hidden > 0 ? [html`<p class="note">And ${hidden} more.</p>`] : []),
  ]);
}

function commonTable({ common }: SweepSummary): Html {
  const rows = Object.entries(common).map(([name, word]) => [
    html`${inWords(name)}`,
    html`${word}`,
  ]);
  return html`<details><summary>What is the same in all runs</summary>${table("settings of all runs", ["setting", "value"], rows)}</details>`;
}
