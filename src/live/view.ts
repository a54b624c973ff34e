/** What a viewer knows of a run: all events so far, taken together. It is plain data as they are. */
import type { EpochReport } from "../training/index.js";
import type { LossPoint, Progressed, RunEvent, RunView } from "./events.js";

export const NOTHING: RunView = { epochs: [], losses: [] };

/** More points than these are not told apart in a plot: then each two neighbours become one. */
const MOST_POINTS = 400;

/** So many points in an epoch at most: the mean of fewer images says too little. */
const FINEST = 100;

/** What is known after one more event. */
export function reduce(view: RunView, event: RunEvent): RunView {
  switch (event.event) {
    case "joined":
      return event.view;
    case "started":
      return { ...NOTHING, started: event };
    case "progressed":
      return { ...goingOn(view), progress: event, losses: withLoss(view, event) };
    case "epoch":
      return afterEpoch(goingOn(view), event.report);
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

function afterEpoch(view: RunView, report: EpochReport): RunView {
  const { progress: _, ...rest } = view;
  const { epoch, loss } = report;
  const images = view.started?.trainSize ?? 0;
  return {
    ...rest,
    epochs: [...view.epochs, report],
    losses: withLoss(view, { epoch, loss, images }),
  };
}

/** The points with one more, for what an epoch has trained on since the last. */
function withLoss(
  { started, progress, losses }: RunView,
  now: Pick<Progressed, "epoch" | "images" | "loss">,
): readonly LossPoint[] {
  const before = progress?.epoch === now.epoch ? progress : { images: 0, loss: 0 };
  const images = now.images - before.images;
  if (started === undefined || images <= 0) return losses;
  const loss = Math.max(0, (now.loss * now.images - before.loss * before.images) / images);
  const point = { epochs: now.epoch - 1 + now.images / started.trainSize, loss, images };
  const last = losses.at(-1);
  const least = started.trainSize / FINEST;
  const isRest = now.images === started.trainSize && images < least;
  if (last !== undefined && (last.images < least || isRest)) {
    return [...losses.slice(0, -1), together(last, point)];
  }
  const points = [...losses, point];
  return points.length > MOST_POINTS ? inPairs(points) : points;
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
