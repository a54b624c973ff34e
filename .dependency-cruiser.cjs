const { builtinModules } = require("node:module");

/** Which part may import which: the architecture, enforced. */
const parts = {
  autodiff: [],
  nn: ["autodiff"],
  derivation: ["autodiff", "nn"],
  files: [],
  engine: ["autodiff"],
  data: ["files"],
  training: ["autodiff", "nn", "data"],
  checkpoints: ["autodiff", "nn", "data", "training", "files"],
  recipes: ["training"],
  cli: [
    ...["autodiff", "nn", "derivation", "files", "engine", "data", "training", "checkpoints"],
    "recipes",
  ],
};

/** Everyone may use src/random.ts, which imports no part. */
const directions = Object.entries(parts).map(([part, allowed]) => ({
  name: `${part}-imports`,
  comment: `src/${part} may import ${allowed.join(", ") || "no other part"}.`,
  severity: "error",
  from: { path: `^src/${part}/` },
  to: {
    path: "^src/",
    pathNot: [...[part, ...allowed].map((each) => `^src/${each}/`), "^src/random\\.ts$"],
  },
}));

const outsideWorld =
  "^(node:)?(fs|net|http|https|process|child_process|os|path|worker_threads|zlib)(/|$)";

module.exports = {
  forbidden: [
    ...directions,
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "random-stands-alone",
      severity: "error",
      from: { path: "^src/random\\.ts$" },
      to: { path: "^src/" },
    },
    {
      name: "pure-mathematics",
      comment: "Files, network and environment are for data, checkpoints and the command alone.",
      severity: "error",
      from: { path: "^src/(autodiff|nn|derivation|training)/" },
      to: { path: outsideWorld },
    },
    {
      name: "data-in-browsers",
      comment: "Of data, all but files, network, PNG, threads and .wasm runs in a browser, too.",
      severity: "error",
      from: {
        path: "^src/data/",
        pathNot: [
          "^src/data/(disk|remote|pictures/png)/",
          "^src/data/(choose|index)\\.ts$",
          "^src/data/deformed/(compile|deformer|thread|worker)\\.ts$",
        ],
      },
      to: { path: `^(node:)?(${builtinModules.join("|")})(/|$)`, reachable: true },
    },
    {
      name: "published-dependencies-only",
      severity: "error",
      from: { path: "^(src|bin)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
