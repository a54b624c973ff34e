/** The command as its users run it: the build, in processes of its own. */
import { type ChildProcessWithoutNullStreams, type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built command, which Node runs. */
export const script = join(root, "dist", "bin", "train-mnist.js");

export interface Outcome {
  /** Null if a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The discard port, on which nothing listens. */
const NOBODY = "http://127.0.0.1:9";

/** What a process inherits, without what would decide about colours, data, settings and words. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const decisive = /^(NO_COLOR|FORCE_COLOR|NODE_OPTIONS|TRAIN_MNIST_.*|npm_.*)$/;
  const inherited = Object.entries(process.env).filter(([name]) => !decisive.test(name));
  // No test reaches out: what it does not serve itself is behind a proxy that nobody runs.
  const closed = { HTTP_PROXY: NOBODY, HTTPS_PROXY: NOBODY, NO_PROXY: "127.0.0.1" };
  return { ...Object.fromEntries(inherited), ...closed, TERM: "xterm-256color", ...extra };
}

/** Starts the command. */
export function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  stdio: StdioOptions = "pipe",
): ChildProcessWithoutNullStreams {
  const options = { env: environment(env), stdio };
  return spawn(process.execPath, [script, ...args], options) as ChildProcessWithoutNullStreams;
}

/** Resolves when the process has ended. */
export function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    // Null where it was redirected.
    (child[name] as Readable | null)?.setEncoding("utf8").on("data", (part: string) => {
      text[name] += part;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...text }));
  });
}

/** Runs the command to its end. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return outcomeOf(start(args, env));
}

/** The lines of a text, each of which must end with a newline. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error(`the last line has no end: ${JSON.stringify(text)}`);
  return lines;
}
