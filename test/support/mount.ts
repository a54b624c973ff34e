/** File systems of their own for tests. */
import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporaryDirectory } from "../data/fixtures.js";

/** A file system in memory, which takes the rights of root on Linux; undefined without them. */
export function mounted(options: string): string | undefined {
  const directory = temporaryDirectory();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", [directory]);
  });
  return directory;
}
