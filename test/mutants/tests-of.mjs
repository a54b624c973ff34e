/** Which tests may notice a mistake in a source. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Test mirrors src: a source is tried by the tests in the folder that has the name of its own, unless it
 * is in one of these. The first that fits counts.
 */
const TESTS = {
  "src/autodiff": ["test/autodiff"],
  "src/nn": ["test/nn", "test/training/training-step.test.ts"],
  "src/data/deformed": ["test/data/deformed", "test/training/deformation.test.ts"],
  "src/data/generated": ["test/data/generated"],
  "src/data/pictures": ["test/data/pictures"],
  "src/data/remote": ["test/data/remote"],
  "src/data": ["test/data/idx.test.ts", "test/data/disk"],
  "src/training": ["test/training"],
  "src/checkpoints": ["test/checkpoints"],
};

/** The parts that are tried unless others are asked for. */
export const PARTS = ["autodiff", "nn", "data", "training", "checkpoints", "cli/configuration"].map(
  (part) => `src/${part}`,
);

/**
 * The test files for a source, those first that lie nearest.
 *
 * @param {string} source such as src/data/idx.ts
 * @param {string} root of the repository
 * @returns {string[]}
 */
export function testsOf(source, root) {
  const part = Object.keys(TESTS).find((folder) => source.startsWith(`${folder}/`));
  const paths = TESTS[part] ?? [join(source, "..").replace(/^src/, "test")];
  const tests = paths.flatMap((path) => filesIn(path, root));
  return tests.sort((a, b) => closeness(b, source) - closeness(a, source));
}

/** The files of a folder whose names end so, with those in the folders within; or the file itself. */
export function filesIn(path, root, ending = ".test.ts") {
  if (statSync(join(root, path)).isFile()) return [path];
  const names = readdirSync(join(root, path), { recursive: true }).sort();
  return names.filter((name) => name.endsWith(ending)).map((name) => join(path, name));
}

/** How many folders the paths have in common, from the first on, and the name. */
function closeness(test, source) {
  const [names, others] = [test, source].map((path) =>
    path
      .replace(/^(src|test)\//, "")
      .replace(/(\.test)?\.ts$/, "")
      .split("/"),
  );
  const differing = names.findIndex((name, i) => name !== others[i]);
  return differing < 0 ? names.length : differing;
}
