/** What may go wrong with a request, in words, and whether it may pass. */
import { systemReason } from "../../files/reason.js";
import { DataError } from "../errors.js";
import type { HttpProxy } from "./proxies.js";

/** No mirror gave what was asked for. */
export class DownloadError extends DataError {}

/** What is known of a failure here; the message is the end of a sentence about the server. */
export class RequestError extends Error {
  override readonly name: string = "RequestError";
}

/** An answer other than the file. */
export class HttpError extends RequestError {
  override readonly name = "HttpError";

  /** @param what the answer is to, if not to the request for the file */
  constructor(
    readonly status: number,
    what = "",
  ) {
    const wish = WISHES.get(status);
    super(`${what}HTTP status ${status}${wish === undefined ? "" : `, ${wish}`}`);
  }
}

const CREDENTIALS = "which asks for a name and a password, or for others";
const WISHES = new Map([401, 407].map((status) => [status, CREDENTIALS]));

/** Nothing came in time. */
export class SilenceError extends RequestError {
  override readonly name = "SilenceError";

  constructor(milliseconds: number) {
    super(`no answer within ${inSeconds(milliseconds)}`);
  }
}

/** The rest of a file did not come. */
export class StallError extends RequestError {
  override readonly name = "StallError";

  constructor() {
    super("the server fell silent");
  }
}

/** The proxy fails, whatever is asked for through it. */
export class ProxyError extends RequestError {
  override readonly name = "ProxyError";

  constructor(
    readonly proxy: HttpProxy,
    cause: unknown,
  ) {
    super(reasonOf(cause), { cause });
  }
}

/** The error codes of Node for connections that were made and then failed. */
const BROKEN = new Map([
  ["ECONNRESET", "the connection was closed"],
  ["EPIPE", "the connection was closed"],
  ["ETIMEDOUT", "the connection timed out"],
]);

const UNTRUSTED =
  "its certificate is signed by nobody known here (one of your organisation can be named in NODE_EXTRA_CA_CERTS)";

/** The codes for servers with which it is of no use to try again: another one is the better second try. */
const HOPELESS: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$/, "the name is not known (is there a network?)"],
  [/^EAI_/, "the name cannot be looked up (is there a network?)"],
  [/^ECONNREFUSED$/, "the connection was refused"],
  [/^ENETUNREACH$/, "there is no network"],
  [/^EHOSTUNREACH$/, "the host cannot be reached"],
  [/^(EPROTO$|ERR_SSL_)/, "it does not agree on TLS (is it a server of http, not of https?)"],
  [/^CERT_HAS_EXPIRED$/, "its certificate has expired, by the clock of this machine"],
  [/^CERT_NOT_YET_VALID$/, "its certificate is not valid yet, by the clock of this machine"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its certificate is that of another host"],
  [/SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)_|^CERT_UNTRUSTED$/, UNTRUSTED],
  [/^HPE_HEADER_OVERFLOW$/, "the header of its answer is too long"],
  [/^HPE_/, "its answer is not one of http (is it a server of https, or of something else?)"],
];

/** Whether the same request may succeed a little later. */
export function mayPass(error: unknown): boolean {
  if (error instanceof HttpError) {
    return error.status >= 500 || error.status === 408 || error.status === 429;
  }
  return error instanceof StallError || BROKEN.has(codeOf(error));
}

/** The end of a sentence about the server. */
export function reasonOf(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  const code = codeOf(error);
  const [, hopeless] = HOPELESS.find(([pattern]) => pattern.test(code)) ?? [];
  return BROKEN.get(code) ?? hopeless ?? systemReason(error);
}

/** 4000 → 4 s */
export function inSeconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code);
}
