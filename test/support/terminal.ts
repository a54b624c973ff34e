/** The command in a pseudo-terminal, through script(1) of util-linux. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { environment, script } from "./command.js";

/** Whether this system has the script(1) whose options are used here. */
export const hasTerminal = ((): boolean => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

/** Starts the command in a terminal that says it has this many columns; 0 if it does not say. */
export function startInTerminal(
  columns: number,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams {
  const words = [process.execPath, script, ...args].map((word) => `'${word}'`);
  const command = `stty rows 24 cols ${columns}; exec ${words.join(" ")}`;
  return spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    env: environment(env),
  });
}

const ESCAPE = "\u001b";

/**
 * What a terminal shows after this output: its rows, without colours. Of the cursor's movements it
 * knows those that a display on one line needs, and it throws on others.
 */
export function screenOf(output: string, onRow: (row: string) => void = () => {}): string[] {
  const rows = [""];
  let column = 0;
  const token = new RegExp(`${ESCAPE}(?:[78]|\\[([?\\d;]*)([A-Za-z]))|[^]`, "gu");
  for (const [text, parameter = "", action] of output.matchAll(token)) {
    const row = rows.at(-1) as string;
    onRow(row);
    if (text === "\n") rows.push("");
    else if (text === "\r" || action === "G") column = Number(parameter || 1) - 1;
    else if (action === "K") rows[rows.length - 1] = parameter === "2" ? "" : row.slice(0, column);
    else if (action === undefined && !text.startsWith(ESCAPE)) {
      rows[rows.length - 1] = row.padEnd(column).slice(0, column) + text + row.slice(column + 1);
      column++;
    } else if (action !== "m" && !/^\?7[lh]$/.test(parameter + action) && action !== undefined) {
      throw new Error(`unknown control sequence ${JSON.stringify(text)}`);
    }
  }
  return rows;
}
