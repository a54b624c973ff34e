/** The bar that shows the progress of an epoch, on one line that is cleared again. */
import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { SingleBar } from "cli-progress";
import { widthOf } from "./streams.js";

export interface ProgressBar {
  /** @param loss the mean cost of the images so far */
  update(epoch: number, images: number, loss: number): void;
  clear(): void;
}

const LONGEST_BAR = 30;

export function progressBar(
  stream: NodeJS.WriteStream,
  images: number,
  epochs: number,
): ProgressBar {
  let bar: SingleBar | undefined;
  let first: { readonly epoch: number; readonly done: number; readonly at: number } | undefined;
  /** Nothing until it is known how long some images have taken. */
  const timeLeft = (epoch: number, done: number) => {
    const now = performance.now();
    if (first?.epoch !== epoch) first = { epoch, done, at: now };
    const fresh = done - first.done;
    if (fresh <= 0) return "";
    const seconds = (now - first.at) / 1000;
    return `  ${Math.ceil((seconds * (images - done)) / fresh)} s left`;
  };
  const clear = () => {
    bar?.stop();
    bar = undefined;
    stream.off("resize", resize);
  };
  const resize = () => {
    if (bar !== undefined) unwrap(stream, bar);
    clear();
  };
  return {
    update(epoch, done, loss) {
      const payload = { loss: loss.toFixed(4), left: timeLeft(epoch, done) };
      if (bar === undefined) {
        bar = create(stream, `epoch ${epoch}/${epochs}`);
        bar.start(images, 0, payload);
        stream.on("resize", resize);
      }
      bar.update(done, payload);
    },
    clear,
  };
}

function create(stream: NodeJS.WriteStream, label: string): SingleBar {
  const left = widthOf(stream) - label.length;
  const [cost, percentage, rest] = ["  loss {loss}", " {percentage}%", "{left}"];
  const room = left - "  100%  1000 s left ".length;
  const roomWithCost = room - "  loss 0.0000".length;
  if (roomWithCost > 8) {
    return barOf(stream, `${label} {bar}${percentage}${cost}${rest}`, roomWithCost);
  }
  if (room > 3) return barOf(stream, `${label} {bar}${percentage}${rest}`, room);
  return barOf(stream, `${label}${percentage}`, 0);
}

/** A bar on one line, as long as fits, that is cleared when it stops. */
export function barOf(stream: NodeJS.WriteStream, format: string, room: number): SingleBar {
  return new SingleBar({
    stream,
    format,
    barsize: Math.max(0, Math.min(room, LONGEST_BAR)),
    barCompleteChar: "━",
    barIncompleteChar: "─",
    clearOnComplete: true,
    hideCursor: false,
    linewrap: false,
    fps: 10,
  });
}

/** Where a terminal that has become narrower has wrapped the bar, takes away the rows above its last. */
function unwrap(stream: NodeJS.WriteStream, bar: SingleBar): void {
  const { lastDrawnString = "" } = bar as { lastDrawnString?: string | null } & SingleBar;
  const rows = Math.ceil((lastDrawnString?.length ?? 0) / widthOf(stream));
  moveCursor(stream, 0, Math.min(0, 1 - rows));
  cursorTo(stream, 0);
  clearScreenDown(stream);
}
