import { join } from "node:path";
import { expect, test } from "vitest";
import { counted } from "../src/counted.js";
import { directoryOf, labels, smallDataset, temporaryDirectory } from "./data/fixtures.js";
import { run } from "./support/here.js";

test.each([
  { n: 0, says: "0 images" },
  { n: 1, says: "1 image" },
  { n: 2, says: "2 images" },
])("$says", ({ n, says }) => {
  expect(counted(n, "image")).toBe(says);
});

test("a number is written as asked for", () => {
  expect(counted(50_000, "image", (n) => n.toLocaleString("en-US"))).toBe("50,000 images");
});

test("messages say one of a thing as such", async () => {
  const files = { ...smallDataset(), "t10k-labels-idx1-ubyte": labels(7) };
  const read = await run(["--data-dir", directoryOf(files)]);
  expect(read.stderr).toContain("t10k-labels-idx1-ubyte has 1 label.");
  const out = join(temporaryDirectory(), "out");
  const made = await run(["data", "generate", "--count", "1", "--out", out]);
  expect(made.stderr).toBe("drawing 1 digit to train on, 1 to test\n");
  const args = ["--data-dir", out, "--epochs", "1", "--batch-size", "1", "--validation-size", "0"];
  const { stderr } = await run([...args, "--batch-size", "2"]);
  expect(stderr).toContain("--batch-size 2 should be at most 1, the number of images to train on");
  const trained = await run(args);
  expect(trained.stderr).toContain("out: 1 image to train on, 0 for validation, 1 to test");
});
