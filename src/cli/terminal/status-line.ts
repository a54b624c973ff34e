/**
 * A line on a terminal that says how far work has come that lets nothing happen meanwhile. It leaves the
 * modes of the terminal alone: Ctrl-C may end the work at any moment, with nobody to put them right.
 */
import { canDraw, widthOf } from "./streams.js";
import { cut } from "./width.js";

export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

export function statusLine(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): StatusLine {
  let shown = "";
  const show = (text: string) => {
    if (text === shown || !canDraw(stream, env)) return;
    stream.write(`\r\u001b[K${cut(text, widthOf(stream) - 1)}`);
    shown = text;
  };
  return { show, clear: () => show("") };
}
