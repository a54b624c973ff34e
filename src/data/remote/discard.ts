/** Apart from what sends requests, as loading undici takes time, and room for WebAssembly. */
import type { Dispatcher } from "undici";

/** Ends an answer whose body is not wanted. */
export function discard({ body }: Dispatcher.ResponseData): void {
  body.on("error", () => {}).destroy();
}
