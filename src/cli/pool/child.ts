/** A process of a pool: does the tasks that it is sent, until its parent lets go of it, or is gone. */
import { setFlagsAtHand } from "../errors/at-hand.js";
import { codeOf, inWords } from "../errors/report.js";
import { exitCodes } from "../exit-codes.js";
import type { FromChild, ToChild } from "./messages.js";
import type { Open } from "./worker.js";

const controller = new AbortController();
let act: Awaited<ReturnType<Open<unknown, unknown, unknown, unknown>>>;
let isBusy = false;

/** Stops what is being done, in order; ends at once where nothing is. */
function stop(): void {
  if (!isBusy) process.exit(exitCodes.success);
  if (!controller.signal.aborted) controller.abort(exitCodes.terminated);
}

// Ctrl-C reaches every process of the terminal. If a signal stops this one alone, another resumes its task.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, stop);
process.on("disconnect", stop);

process.on("message", async (message: ToChild) => {
  if (message.kind === "stop") return stop();
  isBusy = true;
  try {
    if (message.kind === "open") {
      setFlagsAtHand(message.flags);
      const { open } = (await import(message.module)) as { open: typeof openAny };
      act = await open(message.setup, controller.signal);
      send({ kind: "opened" });
    } else {
      send({
        kind: "outcome",
        outcome: await act(message.task, (news) => send({ kind: "news", news })),
      });
    }
  } catch (error) {
    if (error !== controller.signal.reason) send({ kind: "error", error: errorMessageOf(error) });
  }
  isBusy = false;
  if (controller.signal.aborted || !process.connected) process.exit(exitCodes.success);
});

declare const openAny: Open<unknown, unknown, unknown, unknown>;

/** If the parent is gone, that is known from elsewhere, a moment later. */
function send(message: FromChild): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function errorMessageOf(error: unknown) {
  const code = codeOf(error);
  const isError = error instanceof Error;
  if (code !== undefined && isError) return { message: inWords(error), code };
  return { message: isError ? (error.stack ?? error.message) : String(error), code: undefined };
}
