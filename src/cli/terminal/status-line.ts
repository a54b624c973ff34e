/**
 * A line on a terminal that says how far work has come that lets nothing happen meanwhile. It leaves the
 * modes of the terminal alone: Ctrl-C may end the work at any moment, with nobody to put them right.
 */
import { canDraw, widthOf } from "./streams.js";
import { cut } from "./width.js";

/**
 * What an action gives that shows how far it has come. Its line is cleared in the end, even if it fails: the error
 * comes into the same row.
 */
export function withStatusLine<T>(
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  action: (show: (text: string) => void) => T,
): T {
  let shown = "";
  const show = (text: string) => {
    if (text === shown || !canDraw(stream, env)) return;
    stream.write(`\r\u001b[K${cut(text, widthOf(stream) - 1)}`);
    shown = text;
  };
  try {
    return action(show);
  } finally {
    show("");
  }
}
