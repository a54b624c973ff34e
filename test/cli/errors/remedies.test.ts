/** What errors propose, with the flags for it. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withRemedy } from "../../../src/cli/errors/remedies.js";
import { DataError } from "../../../src/data/index.js";
import { EngineError } from "../../../src/engine/index.js";
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
  const error = new DataError("There is no room: choose another.", { remedy: "other cache" });
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
