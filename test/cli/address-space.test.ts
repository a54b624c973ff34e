/** Runs with little address space (`ulimit -v`), of which WebAssembly reserves much. */
import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { serve, status } from "../data/remote/server.js";
import { environment, outcomeOf, script } from "../support/command.js";

const SMALL = ["--dataset", "generated", "--train-size", "100", "--validation-size", "10"];
const RUN = [...SMALL, "--epochs", "1", "--hidden", "10", "--quiet"];

/** Runs the command with so many GB of address space. */
function runWithin(gigabytes: number, args: readonly string[]) {
  const limited = `ulimit -v ${gigabytes * 1_000_000} && exec "$@"`;
  const command = ["-c", limited, "sh", process.execPath, script, ...args];
  return outcomeOf(spawn("sh", command, { env: environment(), stdio: "pipe" }) as never);
}

describe.skipIf(process.platform !== "linux")("with little address space", () => {
  const kinds = [[], ["--elastic", "6,36"]];
  const cases = [8, 14, 20, 26, 32].flatMap((limit) => kinds.map((more) => ({ limit, more })));

  test.each(cases)("a run succeeds, or says what helps ($limit GB, $more)", async (variant) => {
    const { code, stderr } = await runWithin(variant.limit, [...RUN, ...variant.more]);
    if (code === 0) return;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^train-mnist: [^\n]* \(NODE_OPTIONS=--disable-wasm-trap-handler\)\.?\n$/,
    );
  });

  test("downloads go on", async () => {
    const { url } = await serve(status(404));
    const { code, stderr } = await runWithin(2, ["data", "fetch", "--mirror", url]);
    expect(code).toBe(1);
    expect(stderr).toContain("HTTP status 404");
    expect(stderr).not.toContain("NODE_OPTIONS");
  });
});
