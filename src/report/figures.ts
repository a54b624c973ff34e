/** All figures of a report, for files of their own. */
import { curveFigures } from "./curves.js";
import type { ReportFigure } from "./figure.js";
import { groupsOf } from "./groups.js";
import { mistakesFigure, testFigures, weightFigures } from "./network-figures.js";
import type { ReportedRun } from "./run.js";

/** With names that are unique: those of one of several networks begin with its number. */
export function figuresOf(runs: readonly ReportedRun[]): ReportFigure[] {
  const networks = runs.filter(({ network }) => network !== undefined);
  const ofNetworks = networks.flatMap((run, k) => {
    const figures = [...testFigures(run), ...mistakesFigure(run), ...weightFigures(run)];
    if (networks.length === 1) return figures;
    return figures.map((figure) => ({ ...figure, file: `run-${k + 1}-${figure.file}` }));
  });
  return [...curveFigures(groupsOf(runs)), ...ofNetworks];
}
