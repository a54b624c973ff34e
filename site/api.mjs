/** The API reference, by TypeDoc: one module for each entry point of the package. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";

export async function writeApi(root, out) {
  const file = (path) => fileURLToPath(new URL(path, root));
  const { exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  const entryPoints = Object.values(exports)
    .filter((entry) => entry.types !== undefined)
    .map(({ types }) => file(types.replace("./dist/", "").replace(".d.ts", ".ts")));
  const app = await Application.bootstrap({
    name: "train-mnist",
    entryPoints,
    tsconfig: file("tsconfig.build.json"),
    readme: file("docs/library.md"),
    projectDocuments: [],
    navigationLinks: { Documents: "../docs/index.html", Page: "../index.html" },
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    disableGit: true,
    // The sources are checked by another version of the compiler.
    skipErrorChecking: true,
    logLevel: "Error",
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the sources");
  await app.generateDocs(project, fileURLToPath(new URL("api/", out)));
}
