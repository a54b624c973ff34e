/** What runs in a browser: bundles for one, without Node.js, and what they give. */
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** The script that a page would load, which leaves what the code exports in `page`. */
async function bundle(contents: string) {
  const { outputFiles, warnings } = await build({
    // As elsewhere: there are no paths into the sources.
    tsconfigRaw: {},
    stdin: { contents, resolveDir: import.meta.dirname },
    platform: "browser",
    format: "iife",
    globalName: "page",
    // Files of the package lie beside the script, wherever a page has put it.
    define: { "import.meta.url": JSON.stringify("https://page.example/script.js") },
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return { script: outputFiles[0]!.text, warnings };
}

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
    `export { engine } from "train-mnist/engine";`,
    `export { Trainer, train, classify } from "train-mnist/training";`,
    `export { parseCheckpoint, encodeCheckpoint, capture, restore } from "train-mnist/checkpoints";`,
    `export { recipes } from "../../dist/src/recipes/index.js";`,
    `export { parseIdx, generateDigits, Deformer } from "train-mnist/data";`,
    `export { grad, engine, Trainer, parseIdx } from "train-mnist";`,
    `export { lineChart, weightTiles } from "train-mnist/charts";`,
    `export { reportDocument } from "../../dist/src/report/index.js";`,
    `export { normalise } from "../../dist/src/data/pictures/normalise.js";`,
  ])("needs nothing of Node.js: %s", async (code) => {
    const { script, warnings } = await bundle(code);
    expect(warnings).toEqual([]);
    expect(script).not.toMatch(/\bprocess\.|\bBuffer\b|require\(/);
    const page = createContext({ TextEncoder, TextDecoder, performance, URL });
    runInContext(script, page);
    expect(runInContext("Object.values(page).length", page)).toBeGreaterThan(0);
  });
});
