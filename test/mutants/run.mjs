/**
 * Mutation testing: small mistakes are made in the sources, one at a time, and a test that tries the
 * source must fail. What survives is printed.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generator, shuffle } from "../../dist/src/random.js";
import { isKnown } from "./known.mjs";
import { mutantsOf } from "./operators.mjs";
import { filesIn, PARTS, testsOf } from "./tests-of.mjs";
import { Workplace } from "./workplace.mjs";

const USAGE = `Usage: npm run mutants -- [options] [files or folders of src]

Tries mutants, chosen at random, of ${PARTS.join(", ")}.

  --minutes <n>  for how long (default: 60)
  --seed <n>     which of them come first (default: 1)
  --jobs <n>     how many are tried at once (default: one per processor)
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    help: { type: "boolean" },
  },
});
if (values.help) process.stdout.write(USAGE);
else await main(positionals.length > 0 ? positionals : PARTS, values);

async function main(paths, { minutes, seed, jobs }) {
  const sources = paths.flatMap(sourcesIn);
  const mutants = sources.flatMap(({ mutants, ...source }) =>
    mutants.map((mutant) => ({ mutant, ...source })),
  );
  print(`${mutants.length} mutants of ${sources.length} files; first the tests without any …`);
  shuffle(generator(Number(seed), "mutants"), mutants);
  const workplaces = Array.from({ length: Number(jobs) }, () => new Workplace(root));
  const close = () => {
    for (const workplace of workplaces) workplace.remove();
  };
  process.on("SIGINT", () => {
    close();
    process.exit(130);
  });
  try {
    const durations = await tryWithout(sources, workplaces);
    const end = Date.now() + 60_000 * Number(minutes);
    const score = { killed: 0, stopped: 0, survived: 0, invalid: 0 };
    const work = async (workplace) => {
      while (Date.now() < end && mutants.length > 0) {
        const candidate = mutants.pop();
        const fate = await fateOf(candidate, workplace, durations);
        score[fate]++;
        if (fate === "survived" || fate === "stopped") report(candidate, fate);
        if (score.killed % 100 === 0 && fate === "killed") print(`${score.killed} killed so far`);
      }
    };
    await Promise.all(workplaces.map(work));
    const { killed, stopped, survived } = score;
    print(
      `${killed} killed, ${stopped} stopped, ${survived} survived, ${mutants.length} not tried`,
    );
  } finally {
    close();
  }
}

/** The files that a path stands for, each with its mutants and its tests. */
function sourcesIn(path) {
  const files = filesIn(path, root, ".ts").filter((file) => !/\/kernels\/|\.d\.ts$/.test(file));
  return files.map((file) => {
    const source = readFileSync(join(root, file), "utf8");
    const mutants = mutantsOf(source).filter((mutant) => !isKnown(file, mutant));
    return { file, source, mutants, tests: testsOf(file, root) };
  });
}

/** Builds the sources as the mutants will be, and resolves to how many seconds each test takes. */
async function tryWithout(sources, workplaces) {
  for (const { file, source } of sources) {
    for (const workplace of workplaces) workplace.build(file, source);
  }
  const tests = [...new Set(sources.flatMap((source) => source.tests))];
  const { passed, failed, seconds } = await workplaces[0].run(tests, 3600);
  if (!passed) throw new Error(`without any mutant, a test fails: ${failed.join(", ")}`);
  return new Map(tests.map((test, i) => [test, seconds[i]]));
}

/** Stopped are those whose tests take so long that they would perhaps never end. */
async function fateOf({ file, source, tests, mutant }, workplace, durations) {
  try {
    workplace.build(file, mutant.source);
  } catch {
    return "invalid";
  }
  const usual = tests.reduce((sum, test) => sum + durations.get(test), 0);
  const { passed, stopped } = await workplace.run(tests, 30 + 5 * usual);
  workplace.build(file, source);
  if (stopped) return "stopped";
  return passed ? "survived" : "killed";
}

function report({ file, mutant: { line, before, after } }, fate) {
  print(`${fate}: ${file}:${line}\n  - ${before}\n  + ${after}`);
}
