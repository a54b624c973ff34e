/** The progress of a sweep as lines in a log: one for each run that ends. */
import { counted } from "../../../counted.js";
import type { Holder } from "../../../sweeps/folder/claims.js";
import type { PlannedRun } from "../../../sweeps/folder/lines.js";
import type { Failure } from "../../../sweeps/folder/results.js";
import { duration, percent } from "../../terminal/format.js";
import type { Ended } from "./train-run.js";

export function lines(stream: NodeJS.WritableStream, total: number) {
  const counts = { done: 0, failed: 0 };
  const say = (line: string) => stream.write(`${line}\n`);
  const place = ({ index, label }: PlannedRun) => `run ${index} (${label})`;
  return {
    get failed() {
      return counts.failed;
    },
    /** Of a run that had ended before. */
    before(state: "done" | "failed") {
      counts[state]++;
    },
    failedBefore(run: PlannedRun, { message }: Failure) {
      say(`${place(run)} has failed: ${message.split("\n")[0]}`);
    },
    onEnded(run: PlannedRun, ended: NonNullable<Ended>) {
      const isDone = "done" in ended;
      counts[isDone ? "done" : "failed"]++;
      const so_far = `${counts.done + counts.failed}/${total}`;
      if (!isDone) say(`${so_far} ${place(run)} failed: ${ended.failed.message.split("\n")[0]}`);
      else say(`${so_far} ${place(run)}: ${accuracies(ended)}; ${duration(ended.done.seconds)}`);
    },
    onTaken(run: PlannedRun, { host, pid }: Holder) {
      say(`${place(run)} is being trained by process ${pid} of ${host}`);
    },
    finish() {
      const { done, failed } = counts;
      const left = total - done - failed;
      const said = [
        `${done} of ${counted(total, "run")} done`,
        failed > 0 && `${failed} failed`,
        left > 0 && `${left} left`,
      ];
      say(said.filter(Boolean).join(", "));
    },
  };
}

/** Of validation, by which settings are chosen; of the test images only where there is no other. */
function accuracies({ done }: Extract<NonNullable<Ended>, { done: unknown }>): string {
  const { validationAccuracy, testAccuracy } = done;
  if (validationAccuracy !== null) return `validation ${percent(validationAccuracy)}`;
  return testAccuracy === null ? "not measured" : `test ${percent(testAccuracy)}`;
}
