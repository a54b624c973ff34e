/** What may go wrong with a request, in words, and whether it may pass. */
import { systemReason } from "../../files/reason.js";

/** An answer other than the file. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(readonly status: number) {
    super(`HTTP status ${status}`);
  }
}

/** An answer that contradicts the one before it. */
export class ChangedError extends Error {
  override readonly name = "ChangedError";
}

/** The error codes of Node and undici for connections that were made and then failed. */
const BROKEN = new Map([
  ["ECONNRESET", "the connection was reset"],
  ["EPIPE", "the connection was closed"],
  ["ETIMEDOUT", "the connection timed out"],
  ["UND_ERR_SOCKET", "the connection was closed"],
  ["UND_ERR_BODY_TIMEOUT", "the server fell silent"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "the answer was cut short"],
]);

/** The codes for servers that never answered: another one is the better second try. */
const UNREACHABLE = new Map([
  ["ENOTFOUND", "the name is not known (is there a network?)"],
  ["EAI_AGAIN", "the name cannot be looked up (is there a network?)"],
  ["ECONNREFUSED", "the connection was refused"],
  ["ENETUNREACH", "there is no network"],
  ["EHOSTUNREACH", "the host cannot be reached"],
  ["UND_ERR_CONNECT_TIMEOUT", "no connection in time"],
  ["UND_ERR_HEADERS_TIMEOUT", "no answer in time"],
]);

/** Whether the same request may succeed a little later. */
export function mayPass(error: unknown): boolean {
  if (error instanceof HttpError) {
    return error.status >= 500 || error.status === 408 || error.status === 429;
  }
  return BROKEN.has(codeOf(error));
}

export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return BROKEN.get(code) ?? UNREACHABLE.get(code) ?? systemReason(error);
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code);
}
