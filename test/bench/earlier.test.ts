/** Which commit is meant by a version that the default run is timed against. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const { findCommit } = await import(
  /* @vite-ignore */ new URL("../../bench/lib/earlier.mjs", import.meta.url).href
);

let cwd: string;

function git(...args: string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" }).trim();
}

function commit(file: string, content: string): string {
  writeFileSync(join(cwd, file), content);
  git("add", file);
  git("commit", "--quiet", "--no-gpg-sign", "-m", content);
  return git("rev-parse", "HEAD");
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "bench-test-"));
  git("init", "--quiet");
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test("a tag comes first, and without one the last commit that had the version", () => {
  commit("package.json", '{"version":"0.1.0"}');
  const last = commit("other", "work on 0.1.0");
  commit("package.json", '{"version":"0.2.0"}');
  const head = commit("other", "work on 0.2.0");
  const find = (name: string) => findCommit(name, { cwd });
  expect(find("0.1.0")).toBe(last);
  expect(find("0.2.0")).toBe(head);
  expect(find(last.slice(0, 10))).toBe(last);
  expect(find("0.3.0")).toBeUndefined();
  expect(find("nothing")).toBeUndefined();
  git("tag", "v0.1.0", `${last}^`);
  expect(find("0.1.0")).toBe(git("rev-parse", `${last}^`));
});
