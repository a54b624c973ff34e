/** Showing a file or a page in the browser that the system opens such things with. */
import { spawn } from "node:child_process";
import { systemReason } from "../files/reason.js";
import { visible } from "./terminal/visible.js";
import { writeLines } from "./terminal/wrapped.js";

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", '""'],
};

/** In milliseconds. What opens a browser is done by then, or runs as long as the browser does. */
const PATIENCE = 1000;

/** Where no browser can be opened, says why on stderr, and what to open. */
export async function openInBrowser({ href }: URL): Promise<void> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const why = await failureOf(program as string, [...args, href]);
  if (why === undefined) return;
  writeLines(
    process.stderr,
    `no browser was opened (${visible(why)}): open ${visible(href)} in one`,
  );
}

/** Why a program that is to open something has not done so, if that is known in time. */
function failureOf(program: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn(program, args, { detached: true, stdio: "ignore" });
  child.unref();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE, undefined);
    const settle = (why?: string) => {
      clearTimeout(timer);
      resolve(why);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      settle(error.code === "ENOENT" ? `there is no ${program}` : systemReason(error));
    });
    child.on("exit", (code, signal) => {
      settle(code === 0 ? undefined : `${program} ended with ${signal ?? `code ${code}`}`);
    });
  });
}
