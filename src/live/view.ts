/** What a viewer knows of a run: all events so far, taken together. It is plain data as they are. */
import type { Counted, EpochEnded, LossPoint, RunEvent, RunView } from "./events.js";

export const NOTHING: RunView = { epochs: [], losses: [] };

/** More points than these are not told apart in a plot: then each two neighbours become one. */
const MOST_POINTS = 400;

/** So many points in an epoch at most: the mean of fewer images is more chance than cost. */
const FINEST = 20;

/** What is known after one more event. */
export function reduce(view: RunView, event: RunEvent): RunView {
  switch (event.event) {
    case "joined":
      return event.view;
    case "started":
      return { ...NOTHING, started: event };
    case "progressed":
      return { ...goingOn(view), progress: event, ...withLoss(view, event) };
    case "epoch":
      return afterEpoch(goingOn(view), event);
    case "snapshot":
      return { ...view, snapshot: event };
    case "mistakes":
      return { ...view, mistakes: event };
    case "ended":
      return { ...view, ended: event };
  }
}

/** Without an end, which was a pause. */
function goingOn({ ended: _, ...view }: RunView): RunView {
  return view;
}

function afterEpoch(view: RunView, { report, hint }: EpochEnded): RunView {
  const { progress: _, ...rest } = view;
  const { epoch, loss } = report;
  const images = view.started?.trainSize ?? 0;
  return {
    ...rest,
    epochs: [...view.epochs, report],
    hint: report.testAccuracy === undefined ? view.hint : hint,
    ...withLoss(view, { epoch, loss, images }),
  };
}

/** The points with one more, once an epoch has gone through enough images since the last, or is over. */
function withLoss(
  { started, losses, counted }: RunView,
  { epoch, images: done, loss: mean }: Counted,
): Pick<RunView, "losses" | "counted"> {
  const before = counted?.epoch === epoch ? counted : { images: 0, loss: 0 };
  const images = done - before.images;
  const size = started?.trainSize ?? Number.POSITIVE_INFINITY;
  const isEnough = images >= size / FINEST;
  if (images <= 0 || !(isEnough || done === size)) return { losses, counted };
  const loss = Math.max(0, (mean * done - before.loss * before.images) / images);
  const point = { epochs: epoch - 1 + done / size, loss, images };
  const last = losses.at(-1);
  const points =
    isEnough || last === undefined
      ? [...losses, point]
      : [...losses.slice(0, -1), together(last, point)];
  return {
    losses: points.length > MOST_POINTS ? inPairs(points) : points,
    counted: { epoch, images: done, loss: mean },
  };
}

/** What follows each other, as one. */
function together(first: LossPoint, second: LossPoint): LossPoint {
  const images = first.images + second.images;
  const loss = (first.loss * first.images + second.loss * second.images) / images;
  return { epochs: second.epochs, loss, images };
}

function inPairs(points: readonly LossPoint[]): LossPoint[] {
  return points.flatMap((first, i) => {
    if (i % 2 === 1) return [];
    const second = points[i + 1];
    return [second === undefined ? first : together(first, second)];
  });
}
