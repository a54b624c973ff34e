/** How far many runs are: a bar on a terminal, with lines above it, or plain lines in a log. */
import type { SingleBar } from "cli-progress";
import { barOf } from "./progress-bar.js";
import { widthOf } from "./streams.js";

export interface Tally {
  /** Runs that had ended before, new ones that are done, or that have failed. */
  add(ending: "before" | "done" | "failed", n?: number): void;
  /** What part of a run is done, by whatever tells it from others; none once it has ended, or is stopped. */
  part(run: unknown, part: number | undefined): void;
  say(line: string): void;
  clear(): void;
}

/**
 * @param total how many runs there are
 * @param isDrawn whether there is a bar
 */
export function tally(stream: NodeJS.WriteStream, total: number, isDrawn: boolean): Tally {
  const begin = performance.now();
  const counts = { before: 0, done: 0, failed: 0 };
  const running = new Map<unknown, number>();
  let bar: SingleBar | undefined;
  const clear = () => {
    bar?.stop();
    bar = undefined;
  };
  const draw = () => {
    if (!isDrawn) return;
    const { before, done, failed } = counts;
    const ended = before + done + failed;
    const parts = [...running.values()].reduce((sum, part) => sum + part, 0);
    const seconds = (performance.now() - begin) / 1000;
    const fresh = done + failed + parts;
    const left = (seconds * (total - ended - parts)) / fresh;
    const state = [
      `${ended}/${total}`,
      failed > 0 && `${failed} failed`,
      fresh > 0 && `${rate(fresh / seconds)}`,
      fresh > 0 && `ends in ${inWords(left)}`,
    ];
    const payload = { state: state.filter(Boolean).join("  ") };
    if (bar === undefined) {
      bar = barOf(stream, "runs {bar} {state}", widthOf(stream) - LONGEST_STATE);
      bar.start(total, ended + parts, payload);
    }
    bar.update(ended + parts, payload);
  };
  return {
    add(ending, n = 1) {
      counts[ending] += n;
      draw();
    },
    part(run, part) {
      if (part === undefined) running.delete(run);
      else running.set(run, part);
      draw();
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
      draw();
    },
    clear,
  };
}

const LONGEST_STATE = "runs  100000/100000  1000 failed  1000 runs/min  ends in 10 h 10 min".length;

/** @param perSecond runs */
function rate(perSecond: number): string {
  const [n, unit] = perSecond >= 1 / 6 ? [60 * perSecond, "min"] : [3600 * perSecond, "h"];
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} runs/${unit}`;
}

/** Roughly, as it is a guess. */
function inWords(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 100 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}
