/** What errors propose, with the flags for it. */
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { commandEntries } from "../../../src/cli/commands.js";
import { setFlagsAtHand } from "../../../src/cli/errors/at-hand.js";
import { withRemedy } from "../../../src/cli/errors/remedies.js";
import { createProgram } from "../../../src/cli/program.js";
import { DataError, type DataRemedy } from "../../../src/data/errors.js";
import { EngineError, type EngineRemedy } from "../../../src/engine/errors.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { run } from "../../support/command.js";

describe("a message", () => {
  test("ends with the flag of the remedy", () => {
    const error = new EngineError("it failed: try with one thread", { remedy: "one thread" });
    expect(withRemedy(error)).toBe("it failed: try with one thread (--threads 1)");
  });

  test("keeps its final period behind the flag, and other periods where they are", () => {
    const error = new EngineError("No lib.so here. Name its file.", { remedy: "BLAS file" });
    expect(withRemedy(error)).toBe("No lib.so here. Name its file (TRAIN_MNIST_BLAS).");
  });

  test("stays as it is where no remedy is known", () => {
    expect(withRemedy(new EngineError("it failed."))).toBe("it failed.");
    expect(withRemedy(new Error("it failed"))).toBe("it failed");
  });
});

test("a data set that cannot be stored proposes another cache", () => {
  const advice = [{ words: "choose another", remedy: "other cache" }] as const;
  const error = new DataError("There is no room", { advice });
  expect(error.message).toBe("There is no room: choose another.");
  expect(withRemedy(error)).toBe("There is no room: choose another (--cache-dir <dir>).");
});

test("a BLAS that is not there is a line that names the file and the variable", async () => {
  const file = join(temporaryDirectory(), "none.so");
  const args = ["--dataset", "generated", "--backend", "blas"];
  const { code, stdout, stderr } = await run(args, { TRAIN_MNIST_BLAS: file });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^train-mnist: [^\n]+ does not exist[^\n]* \(TRAIN_MNIST_BLAS\)\n$/);
  expect(stderr).toContain(file);
});

describe("each command is told of its own flags alone:", () => {
  const ofData: Readonly<Record<DataRemedy, true>> = {
    ...{ "other mirror": true, "other folder": true, "data set of a folder": true },
    ...{ "other cache": true, "address space": true },
  };
  const ofEngine: Readonly<Record<EngineRemedy, true>> = {
    ...{ "one thread": true, "embedded kernels": true, "128 bits": true, "BLAS file": true },
    "address space": true,
  };
  const messages = () => [
    ...Object.keys(ofEngine).map((remedy) =>
      withRemedy(new EngineError("it failed", { remedy: remedy as EngineRemedy })),
    ),
    ...Object.keys(ofData).map((remedy) =>
      withRemedy(
        new DataError("it failed", { advice: [{ words: "try", remedy: remedy as DataRemedy }] }),
      ),
    ),
  ];

  afterEach(() => setFlagsAtHand(undefined));

  test.each(commandEntries.map(({ name }) => name))("%s", async (name) => {
    const program = await createProgram([name], () => {});
    const command = program.commands.find((each) => each.name() === name)!;
    for (const each of command.commands.length > 0 ? command.commands : [command]) {
      const flags = each.options.flatMap(({ long }) => long ?? []);
      setFlagsAtHand(flags);
      const named = messages().flatMap((message) => message.match(/--[a-z][\w-]*(?= |\))/g) ?? []);
      const ofNode = "--disable-wasm-trap-handler";
      expect([...flags, ofNode]).toEqual(expect.arrayContaining(named));
    }
  });

  test("what takes the flag of another is left out", () => {
    const advice = [
      { words: "wait" },
      { words: "name another mirror", remedy: "other mirror" },
      { words: "name a folder", remedy: "other folder" },
    ] as const;
    const error = new DataError("It failed", { advice });
    setFlagsAtHand(["--mirror"]);
    expect(withRemedy(error)).toBe("It failed: wait or name another mirror (--mirror <url>).");
    setFlagsAtHand([]);
    expect(withRemedy(error)).toBe("It failed: wait.");
    expect(error.message).toBe("It failed: wait, name another mirror or name a folder.");
  });
});
