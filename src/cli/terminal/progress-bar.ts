/** The bar that shows the progress of an epoch, on one line that is cleared again. */
import { SingleBar } from "cli-progress";
import { widthOf } from "./streams.js";

export interface ProgressBar {
  update(epoch: number, images: number): void;
  clear(): void;
}

const LONGEST_BAR = 30;

export function progressBar(
  stream: NodeJS.WriteStream,
  images: number,
  epochs: number,
): ProgressBar {
  let bar: SingleBar | undefined;
  return {
    update(epoch, done) {
      if (bar === undefined) {
        const label = `epoch ${epoch}/${epochs}`;
        bar = create(stream, label);
        bar.start(images, 0);
      }
      bar.update(done);
    },
    clear() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function create(stream: NodeJS.WriteStream, label: string): SingleBar {
  const room = widthOf(stream) - label.length - "  100%  eta 1000s ".length;
  const format = room > 3 ? `${label} {bar} {percentage}%  eta {eta}s` : `${label} {percentage}%`;
  return barOf(stream, format, room);
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
