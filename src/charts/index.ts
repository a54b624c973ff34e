/** Data → figures, as SVG text: no DOM and no file, so that a page, a report and a paper have the same. */
export { type BarChartOptions, type Bars, barChart } from "./bar-chart.js";
export { type ConfusionOptions, confusionChart } from "./confusion.js";
export { type Digit, type DigitSheetOptions, digitSheet } from "./digit-sheet.js";
export { type FigureOptions, inPage } from "./figure.js";
export { type HistogramOptions, histogram, type Sample } from "./histogram.js";
export { greyImage, type ImageSize, signedImage } from "./image.js";
export type { NumberFormat } from "./numbers.js";
export {
  type Dot,
  type DotChartOptions,
  type Dots,
  dotChart,
} from "./plots/dot-chart.js";
export {
  type LineChartOptions,
  lineChart,
  meanSeries,
  type Point,
  type Series,
} from "./plots/line-chart.js";
export type { AxisOptions } from "./plots/scales.js";
export {
  type Reliability,
  type ReliabilityBin,
  reliabilityChart,
  reliabilityOf,
} from "./reliability.js";
export { STYLE } from "./style.js";
export { type Tile, type WeightTilesOptions, weightTiles } from "./weight-tiles.js";
