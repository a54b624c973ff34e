/** Another version of this project: found in the repository, built in a temporary folder. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { note, UsageError } from "./options.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string[]} args */
function git(args, options = {}) {
  const stdio = ["ignore", "pipe", "ignore"];
  return execFileSync("git", args, { cwd: repository, stdio, maxBuffer: 2 ** 30, ...options });
}

/** @param {string} name @returns {string | undefined} the commit of a tag, branch or digest */
function commitNamed(name, options) {
  try {
    const args = ["rev-parse", "--verify", "--quiet", `${name}^{commit}`];
    return git(args, options).toString().trim();
  } catch {
    return undefined;
  }
}

/** @param {string} commit */
function versionAt(commit, options) {
  try {
    return JSON.parse(git(["show", `${commit}:package.json`], options).toString()).version;
  } catch {
    return undefined;
  }
}

/**
 * The last commit, on the main line of history, whose package has this version.
 *
 * @param {string} version
 * @returns {string | undefined}
 */
function lastCommitOf(version, options) {
  const args = ["log", "--first-parent", "--format=%H", "--", "package.json"];
  let changes;
  try {
    changes = git(args, options).toString().trim().split("\n");
  } catch {
    return undefined;
  }
  // From the newest change on: the version holds until the change that came after it.
  const at = changes.findIndex((commit) => versionAt(commit, options) === version);
  if (at === -1) return undefined;
  return at === 0 ? commitNamed("HEAD", options) : commitNamed(`${changes[at - 1]}^`, options);
}

/**
 * The commit that is meant by a tag (`v0.1.0`), a version (`0.1.0`), a branch or a digest.
 *
 * @param {string} name
 * @param {{ cwd?: string }} [options] the repository, if it is not this one
 * @returns {string | undefined}
 */
export function findCommit(name, options) {
  return (
    commitNamed(`refs/tags/v${name}`, options) ??
    commitNamed(`refs/tags/${name}`, options) ??
    (/^\d+\.\d+\.\d+/.test(name) ? lastCommitOf(name, options) : commitNamed(name, options))
  );
}

/** The command of a folder with this project in it. @param {string} folder */
function programIn(folder) {
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, bin["train-mnist"]);
}

/**
 * The built command that is meant: of a file, of a folder, or of a version, which is then built.
 *
 * @param {string} name
 * @returns {string}
 * @throws {UsageError} if there is none
 */
export function earlierProgram(name) {
  if (existsSync(name)) {
    const path = resolve(name);
    if (statSync(path).isFile()) return path;
    if (existsSync(join(path, "package.json"))) {
      const program = programIn(path);
      if (existsSync(program)) return program;
      throw new UsageError(`${path} is not built: run npm ci there.`);
    }
  }
  const commit = findCommit(name);
  if (commit) return built(commit);
  throw new UsageError(
    `--against ${name} is neither a file, a folder with this project, nor a version in its history.`,
  );
}

/** Once built, it is there for the next time. @param {string} commit */
function built(commit) {
  const folder = join(tmpdir(), `train-mnist-${commit.slice(0, 12)}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}-${process.pid}`;
    note(`Building ${commit.slice(0, 12)} in ${folder}, for this time and later ones.`);
    try {
      mkdirSync(unfinished);
      const archive = git(["archive", "--format=tar", commit]);
      execFileSync("tar", ["-x", "-f", "-"], { cwd: unfinished, input: archive });
      const stdio = ["ignore", "ignore", "pipe"];
      const npm = process.platform === "win32" ? "npm.cmd" : "npm";
      execFileSync(npm, ["ci", "--no-audit", "--no-fund"], { cwd: unfinished, stdio });
      if (!existsSync(programIn(unfinished))) throw new Error("no command was built");
      renameSync(unfinished, folder);
    } catch (error) {
      const reason = String(error.stderr ?? error.message)
        .trim()
        .split("\n")
        .at(-1);
      throw new UsageError(`${commit.slice(0, 12)} cannot be built: ${reason}.`);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return programIn(folder);
}
