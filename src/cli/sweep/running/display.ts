/** What is told of a sweep as it goes: to people on stderr, to programs as lines of JSON on stdout. */
import { counted } from "../../../counted.js";
import type { Holder } from "../../../sweeps/folder/claims.js";
import type { PlannedRun } from "../../../sweeps/folder/lines.js";
import type { Failure, Stopped } from "../../../sweeps/folder/results.js";
import { eventLine } from "../../terminal/event-line.js";
import { duration, percent } from "../../terminal/format.js";
import { canDraw } from "../../terminal/streams.js";
import { tally } from "../../terminal/tally.js";
import { visible } from "../../terminal/visible.js";
import type { Ended } from "./train-run.js";

export interface DisplayFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface Display {
  /** How many of the runs had ended before, and those of them that had failed. */
  begin(done: number, failed: readonly { run: PlannedRun; failure: Failure }[]): void;
  ended(run: PlannedRun, ended: NonNullable<Ended>): void;
  /** It was not among the best. */
  stopped(run: PlannedRun, stopped: Stopped): void;
  /** Another process trains it. */
  taken(run: PlannedRun, holder: Holder): void;
  /** The process that has trained it is gone. */
  broken(run: PlannedRun, how: string, isGivenUp: boolean): void;
  /** What part of a run is done; undefined once it has ended, or is stopped. */
  part(index: number, part: number | undefined): void;
  /** Takes away what moves. */
  clear(): void;
  /** Says how it ended, and on a terminal the command that compares the runs. */
  finish(comparison: string): void;
  readonly failed: number;
}

/** @param total how many runs there are */
export function display({ json, quiet }: DisplayFlags, total: number): Display {
  const { stdout, stderr, env } = process;
  const begin = performance.now();
  const counts = { done: 0, failed: 0, stopped: 0, broken: 0 };
  const bar = tally(stderr, total, !quiet && !json && canDraw(stderr, env));
  const emit = (event: string, fields: object) => {
    if (json) stdout.write(eventLine(event, fields));
  };
  const remark = (line: string) => bar.say(visible(line));
  const say = (line: string) => quiet || json || remark(line);
  return {
    begin(done, failed) {
      counts.done = done;
      counts.failed = failed.length;
      bar.add("before", done + failed.length);
      emit("sweep", { runs: total, done, failed: failed.length });
      for (const { run, failure } of failed) say(`${place(run)} has failed: ${firstLine(failure)}`);
    },
    ended({ index, label, sha256 }, ended) {
      const state = "done" in ended ? "done" : "failed";
      counts[state]++;
      bar.add(state);
      const result = "done" in ended ? ended.done : ended.failed;
      emit("run", { index, label, state, ...result, sha256 });
      const soFar = `${counts.done + counts.failed}/${total} ${place({ index, label })}`;
      if ("done" in ended) say(`${soFar}: ${accuracy(ended)}; ${duration(ended.done.seconds)}`);
      else if (!json) remark(`${soFar} failed: ${firstLine(ended.failed)}`);
    },
    stopped({ index, label, sha256 }, stopped) {
      counts.stopped++;
      emit("run", { index, label, state: "stopped", ...stopped, sha256 });
      const { epochs, validationAccuracy: accuracy } = stopped;
      const words = accuracy === null ? "" : `: validation ${percent(accuracy)}`;
      say(`${place({ index, label })} stopped early, after ${counted(epochs, "epoch")}${words}`);
    },
    taken({ index, label }, { host, pid }) {
      emit("taken", { index, label, host, pid });
      say(`${place({ index, label })} is being trained by process ${pid} of ${host}`);
    },
    broken({ index, label }, how, isGivenUp) {
      if (isGivenUp) counts.broken++;
      emit("broken", { index, label, message: how, givenUp: isGivenUp });
      const next = isGivenUp
        ? "it is left, as that happens each time: is there too little memory for so many --jobs?"
        : "it goes on in another";
      if (!json) remark(`${place({ index, label })}: its process has ${how}; ${next}`);
    },
    part: (index, part) => bar.part(index, part),
    clear: () => bar.clear(),
    finish(comparison) {
      bar.clear();
      const { done, failed, stopped } = counts;
      const left = total - done - failed - stopped;
      emit("end", {
        runs: total,
        done,
        failed,
        stopped,
        left,
        seconds: (performance.now() - begin) / 1000,
      });
      const said = [
        `${done} of ${counted(total, "run")} done`,
        failed > 0 && `${failed} failed`,
        stopped > 0 && `${stopped} stopped early`,
        left > 0 && `${left} left`,
      ];
      if (!json) stderr.write(`${said.filter(Boolean).join(", ")}\n`);
      if (!json && !quiet && stderr.isTTY && done > 1) {
        stderr.write(`to compare them: ${comparison}\n`);
      }
    },
    get failed() {
      return counts.failed + counts.broken;
    },
  };
}

function place({ index, label }: Pick<PlannedRun, "index" | "label">): string {
  return `run ${index} (${label})`;
}

function firstLine({ message }: Failure): string {
  return message.split("\n")[0] as string;
}

/** Of validation, by which settings are chosen; of the test images only where there is no other. */
function accuracy({ done }: Extract<NonNullable<Ended>, { done: unknown }>): string {
  const { validationAccuracy, testAccuracy } = done;
  if (validationAccuracy !== null) return `validation ${percent(validationAccuracy)}`;
  return testAccuracy === null ? "not measured" : `test ${percent(testAccuracy)}`;
}
