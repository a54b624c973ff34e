/** Showing a file or a page in the browser that the system opens such things with. */
import { spawn } from "node:child_process";

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", '""'],
};

/** Where there is no browser, the path or the address has been printed, and nothing more is said. */
export function openInBrowser(target: string): void {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(program as string, [...args, target], { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
}
