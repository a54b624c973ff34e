/** What runs in a browser: bundles for one, without Node.js, and what they give. */
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** The script that a page would load, which leaves what the code exports in `page`. */
async function bundle(contents: string) {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    platform: "browser",
    format: "iife",
    globalName: "page",
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
    // What a platform provides is chosen by the package's imports; here only the rest is looked at.
    plugins: [
      {
        name: "platform",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^#platform$/ }, () => ({ path: "platform", namespace: "platform" }));
          onLoad({ filter: /.*/, namespace: "platform" }, () => ({
            contents: NAMES.map((name) => `export const ${name} = undefined;`).join("\n"),
          }));
        },
      },
    ],
  });
  return { script: outputFiles[0]!.text, warnings };
}

const NAMES = ["sha256", "nextTurn", "readBytes", "startThread", "threadData", "answer"].concat(
  ...["atThreadEnd", "processors"],
);

describe("a bundle for browsers", () => {
  test("of grad is smaller than 8 kB packed, has no warning, and differentiates", async () => {
    const { script, warnings } = await bundle(
      `import { constant, evaluate, exp, grad, multiply } from "train-mnist/autodiff";
       export const slope = evaluate(grad((x) => multiply(x, exp(x)))(constant(1))).data[0];`,
    );
    expect(warnings).toEqual([]);
    expect(gzipSync(script).length).toBeLessThan(8000);
    const page = createContext({});
    runInContext(script, page);
    expect(runInContext("page.slope", page)).toBeCloseTo(2 * Math.E, 12);
  });

  test.each([
    `export { feedForward } from "train-mnist/nn";`,
    `export { reportOn, svg } from "train-mnist/derivation";`,
    `export { Trainer, train, classify } from "train-mnist/training";`,
    `export { parseCheckpoint, encodeCheckpoint } from "../../dist/src/checkpoints/encoding.js";`,
    `export { capture, restore } from "../../dist/src/checkpoints/run.js";`,
    `export { recipes } from "../../dist/src/recipes/index.js";`,
    `export { parseIdx } from "../../dist/src/data/idx.js";`,
    `export { generateDigits } from "../../dist/src/data/generated/generate.js";`,
    `export { Deformer } from "../../dist/src/data/deformed/deformer.js";`,
    `export { lineChart, weightTiles } from "train-mnist/charts";`,
    `export { reportDocument } from "../../dist/src/report/index.js";`,
    `export { normalise } from "../../dist/src/data/pictures/normalise.js";`,
  ])("needs nothing of Node.js: %s", async (code) => {
    const { script, warnings } = await bundle(code);
    expect(warnings).toEqual([]);
    expect(script).not.toMatch(/\bprocess\b|\bBuffer\b|require\(/);
    const page = createContext({ TextEncoder, TextDecoder, performance });
    runInContext(script, page);
    expect(runInContext("Object.values(page).length", page)).toBeGreaterThan(0);
  });
});
