/** How a run gets on: its accuracy and its cost, from the first step to the latest. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { lineChart, type Point, type Series } from "../../charts/index.js";
import type { RunView } from "../../live/index.js";
import type { EpochReport } from "../../training/index.js";
import { Chart } from "./chart.js";

const PLOT_HEIGHT = 180;

/** Curves of a run that has not begun have as many epochs as it is to have. */
const FEWEST_EPOCHS = 1;

type Measure = Exclude<keyof EpochReport, "epoch">;

function pointsOf(epochs: readonly EpochReport[], measure: Measure): Point[] {
  return epochs.map((report) => ({ x: report.epoch, y: report[measure] }));
}

function seriesOf(epochs: readonly EpochReport[], entries: readonly [string, Measure][]): Series[] {
  return entries.map(([name, measure], k) => ({
    name,
    points: pointsOf(epochs, measure),
    colour: k,
    dash: entries.length - 1 - k,
  }));
}

/** As far as the axis of epochs goes: to the end of the run, unless that is far away. */
function horizon({ epochs, started, progress }: RunView): number {
  const done = Math.max(epochs.length, progress?.epoch ?? 0);
  const planned = started?.settings.epochs ?? FEWEST_EPOCHS;
  return Math.min(planned, Math.max(10, 2 * done));
}

export function AccuracyCurve({ view }: { readonly view: RunView }): JSX.Element {
  const { epochs } = view;
  const end = horizon(view);
  const draw = useCallback(
    (width: number) => {
      const series = seriesOf(epochs, [
        ["training", "trainAccuracy"],
        ["validation", "validationAccuracy"],
        ["test", "testAccuracy"],
      ]);
      return lineChart(beginning(series), {
        title: "Accuracy after each epoch",
        id: "accuracy-curve",
        width,
        plotHeight: PLOT_HEIGHT,
        x: { label: "epoch", format: "integer", include: [0, end] },
        y: { label: "accuracy", format: "percent", include: epochs.length === 0 ? [0, 1] : [1] },
      });
    },
    [epochs, end],
  );
  return <Chart draw={draw} isEmpty={epochs.length === 0} />;
}

export function CostCurve({ view }: { readonly view: RunView }): JSX.Element {
  const { epochs, losses } = view;
  const end = horizon(view);
  const draw = useCallback(
    (width: number) => {
      const measured = seriesOf(epochs, [
        ["training, as it goes", "loss"],
        ["validation", "validationLoss"],
        ["test", "testLoss"],
      ]);
      const points = losses.map(({ epochs, loss }) => ({ x: epochs, y: loss }));
      const series = measured.map((each, k) => (k === 0 ? { ...each, points } : each));
      return lineChart(beginning(series), {
        title: "Cost",
        id: "cost-curve",
        width,
        plotHeight: PLOT_HEIGHT,
        x: { label: "epoch", format: "integer", include: [0, end] },
        y: {
          label: "cost, mean over the images",
          log: true,
          include: losses.length === 0 ? [0.1, 10] : [],
        },
      });
    },
    [epochs, losses, end],
  );
  return <Chart draw={draw} isEmpty={losses.length === 0} />;
}

/** With a point where nothing is seen of it, so that the axes are there before the first measurement. */
function beginning(series: readonly Series[]): Series[] {
  const isMeasured = series.some(({ points }) => points.some(({ y }) => Number.isFinite(y)));
  if (isMeasured) return [...series];
  return series.map((each, k) => (k === 0 ? { ...each, points: [{ x: 0, y: 0 }] } : each));
}
