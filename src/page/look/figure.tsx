/** Figures of reports in the page, drawn as wide as there is room. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { inPage } from "../../charts/index.js";
import type { ReportFigure } from "../../report/index.js";

const [WIDE, NARROW] = [560, 328];

const narrow = matchMedia("(max-width: 620px)");
const width = signal(narrow.matches ? NARROW : WIDE);
narrow.addEventListener("change", ({ matches }) => {
  width.value = matches ? NARROW : WIDE;
});

export function Figure({ figure }: { figure: ReportFigure }): JSX.Element {
  return (
    <figure class="figure">
      <div dangerouslySetInnerHTML={{ __html: inPage(figure.draw(width.value)) }} />
      {figure.note !== undefined && <figcaption class="soft">{figure.note}</figcaption>}
    </figure>
  );
}
