import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Dataset, encodeIdx, loadDirectory } from "../../src/data/index.js";
import { realData } from "../support/real-data.js";

/** The SHA-256 of the unpacked files as published. */
const DIGESTS = {
  train: {
    images: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    labels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  test: {
    images: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    labels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.skipIf(realData === undefined)("the real MNIST", () => {
  let dataset: Dataset;
  beforeAll(async () => {
    dataset = await loadDirectory(realData as string);
  });

  test.each([
    ["train", 60000],
    ["test", 10000],
  ] as const)(
    "%s: sizes, and the files encoded again have the published digests",
    (part, count) => {
      const { rows, columns, pixels, labels, ...images } = dataset[part];
      expect([images.count, rows, columns]).toEqual([count, 28, 28]);
      const imageFile = encodeIdx({ type: "u8", dimensions: [count, 28, 28], data: pixels });
      const labelFile = encodeIdx({ type: "u8", dimensions: [count], data: labels });
      expect(sha256(imageFile)).toBe(DIGESTS[part].images);
      expect(sha256(labelFile)).toBe(DIGESTS[part].labels);
    },
  );

  test("the first images are a 5 and a 7, and every class is there", () => {
    expect([dataset.train.labels[0], dataset.test.labels[0]]).toEqual([5, 7]);
    for (const { labels } of [dataset.train, dataset.test]) expect(new Set(labels).size).toBe(10);
  });
});
