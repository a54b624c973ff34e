/**
 * The command in the process of the tests, whose modules are loaded once: for what it says and does where no
 * signal, terminal or other process takes part. A process of its own takes longer to start than most of that.
 */
import { main } from "../../src/cli/main.js";
import { environment, type Outcome } from "./command.js";

/** One runs at a time, as each has the output of the process to itself. */
let before: Promise<unknown> = Promise.resolve();

/** Runs the command to its end. */
export function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome & { readonly code: number }> {
  const outcome = before.then(() => captured(args, env));
  before = outcome.catch(() => {});
  return outcome;
}

async function captured(args: readonly string[], env: NodeJS.ProcessEnv) {
  const forNode = Object.keys(env).find((name) => name.startsWith("NODE_"));
  if (forNode !== undefined) throw new Error(`${forNode} takes a process of its own`);
  const text = { stdout: "", stderr: "" };
  const { stdout, stderr } = process;
  const outside = { ...process.env };
  const kept = [process, stdout, stderr].map(keepListeners);
  const writes = (["stdout", "stderr"] as const).map((name) => {
    const { write } = process[name];
    process[name].write = ((chunk: string | Uint8Array, ...more: unknown[]) => {
      text[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      const done = more.at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    }) as typeof write;
    return () => {
      process[name].write = write;
    };
  });
  become(environment(env));
  try {
    const code = await main(args);
    return { code, ...text };
  } finally {
    become(outside);
    for (const restore of [...writes, ...kept]) restore();
  }
}

/** Makes this the environment of the process, which the system is asked for, too. */
function become(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env))
    if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) process.env[name] = value;
  }
}

/** @returns what removes the listeners that have been added since */
function keepListeners(emitter: NodeJS.EventEmitter): () => void {
  const listeners = () =>
    emitter
      .eventNames()
      .flatMap((name) => emitter.listeners(name).map((one) => [name, one] as const));
  const had = new Set(listeners().map(([, one]) => one));
  return () => {
    for (const [name, one] of listeners()) {
      if (!had.has(one)) emitter.off(name, one as (...args: unknown[]) => void);
    }
  };
}
