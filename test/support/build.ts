/**
 * The global set-up of all tests. They run what was built, so what was built must be what is there:
 * the package is built again if a source is newer than the last build.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a build reads. Folders are among them, as removing a file changes only its folder. */
const SOURCES = ["src", "bin", "package.json", "tsconfig.json", "tsconfig.build.json"];

/** What a build writes last. */
const LAST = join("dist", "help");

export default function setup(): void {
  const built = modified(LAST);
  const newer = SOURCES.flatMap(within).find((path) => modified(path) > built);
  if (newer === undefined) return;
  process.stderr.write(
    `building, as ${built === 0 ? "nothing is built" : `${newer} is newer`} …\n`,
  );
  const shell = process.platform === "win32";
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit", shell });
}

/** A file or folder, and all that is in it. */
function within(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const entries = readdirSync(join(root, path), { recursive: true }) as string[];
  return [path, ...entries.map((entry) => join(path, entry))];
}

/** When a file was last written, in milliseconds; 0 if there is none. */
function modified(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
