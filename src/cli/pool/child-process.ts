/** A worker in a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { flagsAtHand } from "../errors/at-hand.js";
import { ReportedError } from "../errors/kinds.js";
import type { FromChild, ToChild } from "./messages.js";
import { type Worker, WorkerBroken } from "./worker.js";

/**
 * Starts a process that opens a module. If the signal comes, what it does is stopped in order.
 *
 * @param module the URL of a module that exports `open`
 * @param setup must be such that JSON can have it, as all tasks, news and outcomes
 */
export async function childWorker<Task, News, Outcome>(
  module: URL,
  setup: unknown,
  signal: AbortSignal,
): Promise<Worker<Task, News, Outcome>> {
  const child = fork(new URL("./child.js", import.meta.url), { stdio: ["ignore", 2, 2, "ipc"] });
  const gone = once(child, "exit");
  const send = (message: ToChild) => {
    // It may have ended, of which `reply` tells.
    if (child.connected) child.send(message, () => {});
  };
  const stop = () => send({ kind: "stop" });
  signal.addEventListener("abort", stop);
  const close = async () => {
    signal.removeEventListener("abort", stop);
    if (child.connected) child.disconnect();
    await gone;
  };
  try {
    const opened = reply(child, () => {});
    send({ kind: "open", module: module.href, setup, flags: flagsAtHand() });
    if (signal.aborted) stop();
    await opened;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    do(task, tell) {
      const outcome = reply(child, tell as (news: unknown) => void);
      send({ kind: "task", task });
      return outcome as Promise<Outcome>;
    },
    close,
  };
}

/** What a process says next, but for news, of which it tells. */
function reply(child: ChildProcess, tell: (news: unknown) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      child.off("message", onMessage);
      child.off("exit", onExit);
      child.off("error", onError);
      action();
    };
    const onMessage = (message: FromChild) => {
      if (message.kind === "news") return tell(message.news);
      settle(() => {
        if (message.kind === "opened") resolve(undefined);
        else if (message.kind === "outcome") resolve(message.outcome);
        else reject(new ReportedError(message.error.message, message.error.code));
      });
    };
    const onExit = (code: number | null, name: string | null) =>
      settle(() =>
        reject(new WorkerBroken(name === null ? `ended with code ${code}` : `ended by ${name}`)),
      );
    const onError = (error: Error) => settle(() => reject(new WorkerBroken(error.message)));
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.on("error", onError);
    if (child.exitCode !== null || child.signalCode !== null)
      onExit(child.exitCode, child.signalCode);
  });
}
