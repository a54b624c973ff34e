/** The command as its users run it: the build, in processes of its own. */
import { type ChildProcessWithoutNullStreams, type StdioOptions, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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

/** Runs the command to its end; `files` are the addresses of the scripts that it has read, of any package. */
export async function runAndTrace(
  args: readonly string[],
): Promise<Outcome & { readonly files: readonly string[] }> {
  const directory = mkdtempSync(join(tmpdir(), "train-mnist-files-"));
  try {
    const outcome = await run(args, { NODE_V8_COVERAGE: directory });
    const files = readdirSync(directory).flatMap((name) => {
      const report = readFileSync(join(directory, name), "utf8");
      return (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url);
    });
    return { ...outcome, files };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The lines of a text, each of which must end with a newline. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error(`the last line has no end: ${JSON.stringify(text)}`);
  return lines;
}
