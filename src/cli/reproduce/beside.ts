/** Files that belong to a report. */

/** results.md → results.jsonl, or results-best.svg, by what the name ends in. */
export function beside(report: string, ending: string): string {
  return `${report.replace(/\.[^./\\]*$/, "")}${ending}`;
}
