/** Figures of reports in the page. */
import type { JSX } from "preact";
import type { ReportFigure } from "../../report/index.js";
import { Chart } from "../run/chart.js";

export function Figure({ figure: { draw, note } }: { figure: ReportFigure }): JSX.Element {
  return (
    <figure class="figure">
      <Chart draw={draw} />
      {note !== undefined && <figcaption class="soft">{note}</figcaption>}
    </figure>
  );
}
