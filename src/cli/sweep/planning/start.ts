/** `train-mnist sweep`: plans a sweep, or plans it anew, and does the runs that are left. */

import { resolve } from "node:path";
import type { Command } from "commander";
import { counted } from "../../../counted.js";
import { flagOf, wordOf } from "../../../recipes/words.js";
import {
  type Description,
  type Expectation,
  readDescription,
} from "../../../sweeps/folder/description.js";
import { numberRuns, type Planned, planSweep, previewSweep } from "../../../sweeps/folder/plan.js";
import { endedIn } from "../../../sweeps/folder/results.js";
import type { Sweep } from "../../../sweeps/folder/sweep.js";
import { checkOnData } from "../../../training/settings/compatibility.js";
import { split } from "../../../training/settings/split.js";
import { type Identified, loadIdentified } from "../../dataset/identified.js";
import { dataFolder } from "../../dataset/places.js";
import { UsageError } from "../../errors/kinds.js";
import { type ExitCode, exitCodes } from "../../exit-codes.js";
import { untilInterrupted } from "../../interruption.js";
import { invocation } from "../../invocation.js";
import { settingOptions } from "../../options/option.js";
import type { Interval } from "../../options/parsers.js";
import { quoted } from "../../terminal/quoted.js";
import { writeLines } from "../../terminal/wrapped.js";
import { expectMeasurable } from "../../train/measurable.js";
import { packageVersion } from "../../version.js";
import { leftAside } from "../left-aside.js";
import { type RunFlags, trainFlags } from "../running/flags.js";
import { expectFlags } from "../running/planned-flags.js";
import { type RunningFlags, runAll } from "../running/run.js";
import type { SlurmFlags } from "../slurm/options.js";
import { clusterFor, submit } from "../slurm/submit.js";
import { dryRun, type Preview } from "./dry-run.js";
import { isSetting, type PlanFlags, refusal, runOptions } from "./options.js";
import { type Plan, planOf } from "./plan.js";
import { type Specification, specificationOf } from "./said.js";

export interface StartFlags extends Partial<PlanFlags>, RunningFlags, SlurmFlags {
  readonly keep: RunFlags["keep"];
  readonly saveEvery: Interval;
  readonly planOnly?: boolean;
  readonly dryRun?: boolean;
}

export async function start(
  command: Command,
  file: string | undefined,
  { out, keep, saveEvery, planOnly, dryRun: toTry, ...how }: StartFlags,
): Promise<ExitCode> {
  expectNoneRefused(command);
  if (out === undefined && !toTry) throw new UsageError("a sweep needs a folder: say --out <dir>");
  const cluster = toTry ? undefined : await clusterFor(how);
  const options = runOptions(command);
  const specification = specificationOf(command, options, file, process.env);
  const plan = planOf(specification, options);
  plan.check();
  const flags = { ...means(specification, options), keep, saveEvery };
  return untilInterrupted(async (signal) => {
    const data = await loadIdentified(trainFlags(flags), signal);
    checkFirst(plan, flags, data);
    const description = describe(specification, flags, data);
    const planned = plan.planned(description);
    const agree: Expectation = (before, file) => {
      expectFlags(before, file);
      expectSame(out as string, before, description);
    };
    if (toTry || out === undefined) {
      const preview = await previewOf(out, planned, agree);
      return dryRun(preview, how, flags, data, signal);
    }
    const sweep = await planSweep(out, description, planned, agree);
    const others = await leftAside(sweep);
    if (others && !how.quiet && !how.json) writeLines(process.stderr, others);
    if (planOnly) return announce(sweep, how);
    if (cluster !== undefined) return submit(sweep, [...sweep.indices()], cluster, how, signal);
    return runAll(sweep, [...sweep.indices()], { how, signal, data });
  });
}

function expectNoneRefused(command: Command): void {
  for (const option of command.options) {
    const why = refusal(option);
    const isGiven = command.getOptionValueSource(option.attributeName()) === "cli";
    if (isGiven && why !== undefined) throw new UsageError(`${option.long} ${why}`);
  }
}

async function previewOf(
  out: string | undefined,
  planned: Iterable<Planned>,
  agree: Expectation,
): Promise<Preview> {
  if (out === undefined) return { runs: numberRuns(planned), ended: new Set() };
  const runs = await previewSweep(out, planned, agree);
  const isThere = (await readDescription(out, agree)) !== undefined;
  return { runs, ended: isThere ? await endedIn(out, "done") : new Set() };
}

/** Says what to do next with a sweep that is only planned. */
function announce({ directory, size }: Sweep, { halving }: RunningFlags): ExitCode {
  const how = halving === undefined ? "" : ` --halving ${halving}`;
  process.stderr.write(
    `${counted(size, "run")} planned; to do them: ${invocation(process.env)} sweep run ${quoted(directory)}${how}\n`,
  );
  return exitCodes.success;
}

/** What is said of data, executor and measurements, or else their defaults. */
function means({ said }: Specification, options: Command): Omit<RunFlags, "keep" | "saveEvery"> {
  const entries = settingOptions(options)
    .filter((option) => !isSetting(option))
    .map((option) => {
      const values = said.find(({ subject }) => subject === option)?.values;
      const isSaid = values !== undefined && !("draw" in values);
      const name = option.attributeName();
      return [name, isSaid ? values[0]?.value : options.getOptionValue(name)] as const;
    });
  const flags = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Omit<
    RunFlags,
    "keep" | "saveEvery"
  >;
  const { testDir, cacheDir } = flags;
  const folders = { dataDir: dataFolder(flags), testDir, cacheDir };
  const whole = Object.entries(folders).filter(([, folder]) => folder !== undefined);
  const resolved = whole.map(([name, folder]) => [name, resolve(folder as string)]);
  return { ...flags, ...Object.fromEntries(resolved) };
}

/** What is wrong with one run is most often wrong with all: it is found before any is planned. */
function checkFirst({ first }: Plan, flags: RunFlags, { dataset }: Identified): void {
  const parts = split(first, dataset.train.count);
  checkOnData(first, parts);
  expectMeasurable(flags, parts.validationSize, flags.keep === "best" ? "--keep best" : undefined);
}

function describe(
  { said, runs, samplerSeed }: Specification,
  flags: RunFlags,
  { identity }: Identified,
): Omit<Description, "runs"> {
  const written = said.map(({ subject, written }) => [
    subject === "recipe" ? subject : subject.attributeName(),
    written,
  ]);
  const spec = { ...Object.fromEntries(written), ...(runs !== undefined && { runs, samplerSeed }) };
  const { dataset = flags.dataDir === undefined ? identity.name : undefined } = flags;
  return {
    version: packageVersion(),
    dataset: identity,
    executor: flags.executor,
    backend: flags.backend,
    spec,
    flags: { ...flags, ...(dataset !== undefined && { dataset }) },
  };
}

/** Throws a {@link UsageError} unless the results of a sweep that is there can stand beside the new ones. */
function expectSame(out: string, before: Description, now: Omit<Description, "runs">): void {
  const advice = "name another folder by --out";
  if (before.dataset.sha256 !== now.dataset.sha256) {
    const [was, is] = [before, now].map(
      ({ dataset: { name, sha256 } }) => `${name} (SHA-256 ${sha256.slice(0, 8)}…)`,
    );
    throw new UsageError(`${out} holds a sweep on ${was}, and this is ${is}: ${advice}`);
  }
  for (const name of ["executor", "backend", "measure", "evalEvery"]) {
    const [was, is] = [before, now].map(({ flags }) => wordOf(flags[name]));
    if (was === is) continue;
    throw new UsageError(
      `${out} holds a sweep with ${flagOf(name)} ${was}, and this has ${flagOf(name)} ${is}: ${advice}`,
    );
  }
}
