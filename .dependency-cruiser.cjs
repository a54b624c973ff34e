const { builtinModules } = require("node:module");

/** Which part may import which: the architecture, enforced. */
const parts = {
  autodiff: [],
  nn: ["autodiff"],
  derivation: ["autodiff", "nn"],
  platform: [],
  files: [],
  engine: ["autodiff", "platform"],
  data: ["files", "platform"],
  training: ["autodiff", "nn", "data", "platform"],
  checkpoints: ["autodiff", "nn", "data", "training", "files", "platform"],
  recipes: ["training"],
  sweeps: ["training", "files"],
  charts: [],
  export: ["autodiff", "nn", "training", "checkpoints"],
  report: ["autodiff", "nn", "data", "training", "charts"],
  live: ["autodiff", "nn", "data", "training"],
  page: [
    ...["autodiff", "nn", "derivation", "platform", "engine", "data", "training", "checkpoints"],
    ...["recipes", "charts", "report", "live"],
  ],
  cli: [
    ...["autodiff", "nn", "derivation", "files", "engine", "data", "training", "checkpoints"],
    ...["recipes", "sweeps", "charts", "report", "live", "export"],
  ],
};

/** Everyone may use src/bytes.ts, src/counted.ts, src/given.ts, src/json.ts and src/random.ts, which import no part. */
const directions = Object.entries(parts).map(([part, allowed]) => ({
  name: `${part}-imports`,
  comment: `src/${part} may import ${allowed.join(", ") || "no other part"}.`,
  severity: "error",
  from: { path: `^src/${part}/` },
  to: {
    path: "^src/",
    pathNot: [
      ...[part, ...allowed].map((each) => `^src/${each}/`),
      "^src/(bytes|random|counted|given|json)\\.ts$",
    ],
  },
}));

/** Commands have a folder each; what they share lies beside them, and knows none of them. */
const commands =
  "train|view|evaluate|predict|show|report|compare|export|data|recipes|reproduce|sweep|backprop";
const shared = "options|configuration|errors|dataset|pool|terminal|runs|serving|networks|help";

const insideCli = [
  {
    name: "shared-by-commands",
    comment: "What commands share imports no command.",
    severity: "error",
    from: { path: `^src/cli/(${shared})/` },
    to: { path: `^src/cli/(${commands})/` },
  },
  {
    name: "commands-apart",
    comment: "No command imports another …",
    severity: "error",
    from: { path: `^src/cli/(${commands})/`, pathNot: "^src/cli/(sweep|reproduce)/" },
    to: { path: `^src/cli/(${commands})/`, pathNot: "^src/cli/$1/" },
  },
  {
    name: "commands-that-train",
    comment: "… but that sweep and reproduce train.",
    severity: "error",
    from: { path: "^src/cli/(sweep|reproduce)/" },
    to: { path: `^src/cli/(${commands})/`, pathNot: "^src/cli/($1|train)/" },
  },
];

/** The engine's stages, in the order in which a program goes through them. */
const stages = ["graph", "selection", "layout", "runtime"];

const insideEngine = stages.map((stage, k) => ({
  name: `engine-${stage}`,
  comment: `src/engine/${stage} imports no later stage.`,
  severity: "error",
  from: { path: `^src/engine/${stage}/` },
  to: { path: stages.slice(k + 1).map((later) => `^src/engine/${later}/`) },
}));

/** What runs in a browser as it does in Node.js: all but files, network, PNG, JPEG and the command. */
const everywhere = {
  path: "^src/(autodiff|nn|derivation|engine|training|checkpoints|recipes|charts|report|live|page|data)/|^src/(bytes|random|counted|given|json|portable)\\.ts$",
  pathNot: [
    "^src/data/(disk|remote|pictures/(png|jpeg))/",
    "^src/(data|checkpoints)/index\\.ts$",
    "^src/data/choose\\.ts$",
    "^src/checkpoints/files\\.ts$",
    "^src/page/vite\\.config\\.ts$",
  ],
};

module.exports = {
  forbidden: [
    ...directions,
    ...insideCli,
    ...insideEngine.filter(({ to }) => to.path.length > 0),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "used-everywhere-stand-alone",
      severity: "error",
      from: { path: "^src/(bytes|random|counted|given|json)\\.ts$" },
      to: { path: "^src/" },
    },
    {
      name: "runs-in-browsers",
      comment: "These parts reach the machine through src/platform alone.",
      severity: "error",
      from: { path: everywhere.path, pathNot: everywhere.pathNot },
      to: { path: `^(node:)?(${builtinModules.join("|")})(/|$)`, reachable: true },
    },
    {
      name: "published-dependencies-only",
      severity: "error",
      from: { path: "^(src|bin)/.*\\.ts$", pathNot: "^src/page/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    tsPreCompilationDeps: true,
    // The parser knows no JSX: biome.json says what those files may not import.
    exclude: { path: "\\.tsx$" },
    doNotFollow: { path: "node_modules|^src/platform/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
