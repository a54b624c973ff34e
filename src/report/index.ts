/** Runs → one HTML document, and each of its figures. */
export { type ReportOptions, reportDocument } from "./document.js";
export type { ReportFigure } from "./figure.js";
export { figuresOf } from "./figures.js";
export type {
  Epoch,
  Machine,
  ReportedDataset,
  ReportedNetwork,
  ReportedRun,
  Tested,
} from "./run.js";
