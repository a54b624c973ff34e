/** Answers whose bodies nobody wants; apart from the transport, so that undici is loaded only to download. */
import type { Dispatcher } from "undici";

export function discard({ body }: Dispatcher.ResponseData): void {
  body.on("error", () => {}).destroy();
}
