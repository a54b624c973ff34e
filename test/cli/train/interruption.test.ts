import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, type Outcome, outcomeOf, script, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";

/** Sends the signals at once, after the first epoch of an endless run. */
function interrupt(flags: readonly string[], ...signals: NodeJS.Signals[]): Promise<Outcome> {
  const data = ["--data-dir", dataDirectory(), "--validation-size", "10"];
  const child = start([...data, "--epochs", "1000000", "--hidden", "100", ...flags]);
  const outcome = outcomeOf(child);
  // The first epoch's loss shows that the run has begun, and so that it listens.
  child.stdout.on("data", (text: string) => {
    if (text.includes("loss")) for (const signal of signals.splice(0)) child.kill(signal);
  });
  return outcome;
}

describe.skipIf(process.platform === "win32")("an interrupted run", () => {
  test.each([
    { signal: "SIGHUP", code: 129 },
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)("ends on $signal with exit code $code and says where it stopped", async (example) => {
    const { code, stdout, stderr } = await interrupt([], example.signal);
    const finished = linesOf(stdout).length;
    expect(code).toBe(example.code);
    expect(linesOf(stderr).slice(-2)).toEqual([
      `stopped in epoch ${finished + 1} of 1000000; ${finished} finished`,
      "nothing of it is saved: that takes --save <file>",
    ]);
  });

  test("says so with --quiet, too", async () => {
    const file = join(temporaryDirectory(), "model.safetensors");
    const child = start([
      ...["--data-dir", dataDirectory(), "--validation-size", "10", "--quiet"],
      ...["--epochs", "1000000", "--save", file],
    ]);
    const outcome = outcomeOf(child);
    // Nothing is printed that tells when the run has begun to listen; the file that it saves does.
    const timer = setInterval(() => {
      if (!existsSync(file)) return;
      clearInterval(timer);
      child.kill("SIGTERM");
    }, 100);
    const { code, stderr } = await outcome.finally(() => clearInterval(timer));
    expect(code).toBe(143);
    expect(stderr).toMatch(/^stopped in epoch \d+ of 1000000; \d+ finished\n/);
  });

  test("with --json ends with an event that counts the finished epochs", async () => {
    const { code, stdout, stderr } = await interrupt(["--json"], "SIGINT");
    const events = linesOf(stdout).map((line) => JSON.parse(line) as { event: string });
    const epochs = events.filter(({ event }) => event === "epoch").length;
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
    expect(events.at(-1)).toEqual({ event: "interrupted", format: 1, epochs });
  });

  test.each([1, 3])("saves whole runs on Ctrl-C that arrives %i ms later once more", async (ms) => {
    const file = join(temporaryDirectory(), "model.safetensors");
    const child = start([
      ...["--data-dir", dataDirectory(), "--validation-size", "10", "--hidden", "100"],
      ...["--epochs", "1000000", "--save", file, "--save-every", "1h"],
    ]);
    const outcome = outcomeOf(child);
    child.stdout.once("data", () => {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGINT"), ms);
    });
    const { code, stderr } = await outcome;
    expect(code).toBe(130);
    expect(stderr).toContain(`saved to ${file}`);
    expect((await readCheckpoint(file)).reports.length).toBeGreaterThan(0);
  });

  test("that cannot stop ends at once on a signal a second later, with that signal's exit code", async () => {
    const { child, outcome } = unstoppable();
    child.stdout.on("data", (text: string) => {
      if (text.includes("ready")) child.kill("SIGINT");
      if (text.includes("asked")) {
        setTimeout(() => child.kill("SIGTERM"), 300);
        setTimeout(() => child.kill("SIGTERM"), 1300);
      }
    });
    const begun = performance.now();
    expect(await outcome).toEqual({ code: 143, stdout: "ready\nasked to stop 130\n", stderr: "" });
    expect(performance.now() - begun).toBeGreaterThan(1000);
  });

  test("is asked to stop by a signal, and by nothing after it has ended", async () => {
    const { child, outcome } = unstoppable("if (signal.aborted) return 7; await ended;");
    child.stdout.on("data", (text: string) => {
      if (text.includes("ready")) child.kill("SIGHUP");
    });
    expect((await outcome).stdout).toContain("asked to stop 129");
  });
});

/** A process that says when it is asked to stop, and then ends as the code says, if at all. */
function unstoppable(end = "await new Promise(() => {});") {
  const url = pathToFileURL(script.replace(/bin.train-mnist\.js$/, "src/cli/interruption.js"));
  const child = spawn(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { untilInterrupted } from "${url}";
     setInterval(() => {}, 1000).unref();
     const alive = setInterval(() => {}, 1000);
     process.exitCode = await untilInterrupted(async (signal) => {
       const ended = new Promise((resolve) => signal.addEventListener("abort", () => {
         console.log("asked to stop", signal.reason);
         resolve();
       }));
       console.log("ready");
       ${end}
       return 0;
     });
     clearInterval(alive);`,
  ]);
  return { child, outcome: outcomeOf(child) };
}
