import { join, sep } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { cacheDirectory, DataError, loadDirectory, locateData } from "../../src/data/index.js";
import { directoryOf, smallDataset, temporaryDirectory } from "./fixtures.js";

const env = { TRAIN_MNIST_DATA: "from-environment" };

describe("the directory is", () => {
  test("that of the option, before the environment and a full cache", async () => {
    const cache = directoryOf(smallDataset());
    const location = { directory: "from-option", origin: "--data-dir" };
    expect(await locateData("from-option", env, cache)).toEqual(location);
  });

  test("that of the environment, before a full cache", async () => {
    const cache = directoryOf(smallDataset());
    const location = { directory: "from-environment", origin: "TRAIN_MNIST_DATA" };
    expect(await locateData(undefined, env, cache)).toEqual(location);
  });

  test.each([{}, { TRAIN_MNIST_DATA: "" }])("the cache if the environment is %j", async (env) => {
    const cache = directoryOf(smallDataset());
    const location = await locateData(undefined, env, cache);
    expect(location).toEqual({ directory: cache, origin: "cache" });
    expect((await loadDirectory(location.directory)).train.count).toBe(3);
  });
});

describe("without data, the error says how to give some", () => {
  const { "t10k-labels-idx1-ubyte": _, ...incomplete } = smallDataset();

  test.each([
    ["is not there", () => join(temporaryDirectory(), "absent")],
    ["is empty", temporaryDirectory],
    ["lacks a file", () => directoryOf(incomplete)],
  ])("the cache %s", async (_, makeCache) => {
    const cache = makeCache();
    const location = locateData(undefined, {}, cache);
    await expect(location).rejects.toBeInstanceOf(DataError);
    for (const hint of ["--data-dir <dir>", "TRAIN_MNIST_DATA", "four MNIST files", cache]) {
      await expect(location).rejects.toThrow(hint);
    }
  });
});

describe("the cache directory", () => {
  test("is one for this program", () => {
    expect(cacheDirectory().split(sep)).toContain("train-mnist");
    expect(cacheDirectory().endsWith(`${sep}mnist`)).toBe(true);
  });

  test.runIf(process.platform === "linux")("follows XDG_CACHE_HOME on Linux", () => {
    vi.stubEnv("XDG_CACHE_HOME", "/some/cache");
    expect(cacheDirectory()).toBe("/some/cache/train-mnist/mnist");
    vi.unstubAllEnvs();
  });
});
