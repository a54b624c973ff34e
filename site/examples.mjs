/**
 * The examples of a document as scripts for a browser. Those that need files, threads or the network run
 * under Node.js only, and get none.
 */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { importTypeScript } from "./import.mjs";

const root = new URL("../", import.meta.url);
const { blocksOf } = await importTypeScript("test/docs/blocks.ts");
const { exampleOf } = await importTypeScript("test/docs/statements.ts");

/** Writes a script for each example that can run; resolves to their names, by the example's number. */
export async function bundleExamples(document, folder) {
  const names = new Map();
  const blocks = blocksOf(document, "ts");
  for (const [k, block] of blocks.entries()) {
    const name = `${document.replace(/\W+/g, "-")}-${k + 1}`;
    const { code, statements } = exampleOf(block);
    const stated = JSON.stringify(statements.map(({ expected }) => expected));
    const outfile = fileURLToPath(new URL(`examples/${name}.js`, folder));
    const isDone = await bundle(code, stated, outfile);
    if (isDone) names.set(k, name);
  }
  return names;
}

/** False if the example needs what a browser does not have. */
async function bundle(code, stated, outfile) {
  const contents = `import { state, print } from "example";\nexport const expected = ${stated};\n${code.replace(/^declare .*$/m, "")}`;
  try {
    const { metafile } = await build({
      stdin: { contents, loader: "ts", resolveDir: fileURLToPath(root), sourcefile: "example.ts" },
      outfile,
      bundle: true,
      minify: true,
      treeShaking: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      supported: { "top-level-await": true },
      define: { "console.log": "print" },
      logLevel: "silent",
      metafile: true,
      plugins: [library, machine, runner],
    });
    const [{ inputs }] = Object.values(metafile.outputs);
    // The engine runs in workers, and reads its kernels from a file.
    const needsMore = Object.keys(inputs).some((input) =>
      /^node:|src\/engine\/runtime\//.test(input),
    );
    if (needsMore) rmSync(outfile);
    return !needsMore;
  } catch (error) {
    // Such as a package that only Node.js has a use for.
    if (error.errors === undefined) throw error;
    return false;
  }
}

/** The library as the build has made it; what is not used of it is left out. */
const library = {
  name: "library",
  setup({ onResolve }) {
    onResolve({ filter: /^train-mnist(\/|$)/ }, ({ path }) => {
      const part = path === "train-mnist" ? "" : `${path.slice("train-mnist/".length)}/`;
      const file = new URL(`dist/src/${part}index.js`, root);
      return { path: fileURLToPath(file), sideEffects: false };
    });
    onResolve({ filter: /^#platform$/ }, () => {
      return {
        path: fileURLToPath(new URL("dist/src/platform/browser.js", root)),
        sideEffects: false,
      };
    });
  },
};

/** What only Node.js has: nothing, in a browser. Bundles in which something of it is used are not kept. */
const machine = {
  name: "machine",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => {
      return { path: path.slice("node:".length), namespace: "node", sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: "node" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** What examples tell: the values of expressions about which something is stated, and what is printed. */
const runner = {
  name: "runner",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^example$/ }, () => ({ path: "example", namespace: "example" }));
    onLoad({ filter: /.*/, namespace: "example" }, () => ({
      contents: `
        export const state = (k, expression) => globalThis.example.state(k, expression);
        export const print = (...values) => globalThis.example.print(...values);`,
    }));
  },
};
