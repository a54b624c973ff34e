/** The two output streams: data goes to stdout, messages and progress to stderr. */
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/**
 * Colours for a stream: none off a terminal, with NO_COLOR, or with TERM=dumb; always with a
 * FORCE_COLOR other than 0.
 */
export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  const wanted = forced || (stream.isTTY && !NO_COLOR && FORCE_COLOR !== "0" && TERM !== "dumb");
  // Whether the stream takes colours is decided here; styleText would decide once more.
  return (style, text) => (wanted ? styleText(style, text, { validateStream: false }) : text);
}

/** Whether a moving display may be drawn on the stream. */
export function canDraw(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  const { TERM } = env;
  return stream.isTTY === true && TERM !== "dumb";
}

/** The width of a terminal in characters; unlimited off a terminal, or if it does not tell. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return (stream.isTTY && stream.columns) || Number.POSITIVE_INFINITY;
}

/** The width of a terminal; off it, where the reader's is not known, 80. */
export function usualWidthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? widthOf(stream) : 80;
}
