/** Answers and connections that nobody wants; apart from the transport, so that HTTP is loaded only to download. */
import type { Readable } from "node:stream";

export function discard(...streams: readonly (Readable | undefined)[]): void {
  for (const stream of streams) stream?.on("error", () => {}).destroy();
}
