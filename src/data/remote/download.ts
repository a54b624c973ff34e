/** Downloading one file as a stream of bytes that outlives broken connections. */
import { setTimeout as delay } from "node:timers/promises";
import { discard } from "./discard.js";
import { HttpError, mayPass, RequestError, SilenceError, StallError } from "./failures.js";
import type { Limits, Retries } from "./limits.js";
import { atLeast, Watchdog } from "./pace.js";
import type { Response } from "./routes.js";
import type { Transport } from "./transport.js";

export interface DownloadOptions {
  readonly transport: Transport;
  /** In milliseconds, for the first byte, be it after several tries. */
  readonly patience: number;
  readonly limits: Limits;
  readonly retries: Retries;
  readonly signal?: AbortSignal | undefined;
  /** Told what went wrong before each new try. */
  readonly onRetry?: ((error: unknown) => void) | undefined;
  /** Told the bytes received so far, and the length of the file if the server says it. */
  readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

const LONGEST_PAUSE = 8_000;

/** What an answer says about the file. */
interface Version {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly total: number | undefined;
}

/**
 * The bytes of a file as the server has them, in pieces. After a failure that may pass, the rest is
 * asked for; if the server sends all again instead, what has been handed out is skipped.
 *
 * @throws an error for `reasonOf`, once it is final; the reason of `signal`, if that is aborted
 */
export async function* download(url: string, options: DownloadOptions): AsyncGenerator<Buffer> {
  const { transport, patience, limits, retries, signal, onRetry, onProgress } = options;
  const start = performance.now();
  let received = 0;
  let version: Version | undefined;
  /** What is left of the time for the first byte. */
  const left = () => Math.max(0, patience - (performance.now() - start));
  for (let failures = 0; ; ) {
    const watchdog = new Watchdog(signal);
    try {
      if (received === 0) watchdog.start(left(), new SilenceError(patience));
      else watchdog.start(limits.stall, new StallError());
      const response = await transport.get(url, rangeFrom(received, version), watchdog.signal);
      let position: number;
      try {
        position = firstByteOf(response, received);
        version = sameVersion(version, versionOf(response, position));
      } catch (error) {
        discard(response);
        throw error;
      }
      for await (const piece of atLeast(limits.least, response as AsyncIterable<Buffer>)) {
        watchdog.stop();
        const known = Math.min(piece.length, received - position);
        position += piece.length;
        if (known < piece.length) {
          received = position;
          onProgress?.(received, version.total);
          yield piece.subarray(known);
        }
        watchdog.start(limits.stall, new StallError());
      }
      return;
    } catch (reason) {
      signal?.throwIfAborted();
      // A body that is given up ends with an error of Node's own.
      const error = reason instanceof RequestError ? reason : (watchdog.signal.reason ?? reason);
      if (!mayPass(error) || ++failures > retries.most) throw error;
      const pause = pauseBefore(failures, retries);
      if (received === 0 && pause > left()) throw error;
      onRetry?.(error);
      await delay(pause, undefined, signal && { signal });
    } finally {
      watchdog.stop();
    }
  }
}

/** The headers that ask for the rest of a file, provided that it is still the same. */
function rangeFrom(received: number, version: Version | undefined): Record<string, string> {
  if (received === 0) return {};
  // RFC 9110 §13.1.5: a weak entity tag may not be used here.
  const strong = version?.etag?.startsWith("W/") ? undefined : version?.etag;
  const validator = strong ?? version?.lastModified;
  return { range: `bytes=${received}-`, ...(validator && { "if-range": validator }) };
}

/** Where in the file the body begins: at 0, or where it was asked to. */
function firstByteOf({ statusCode, headers }: Response, asked: number): number {
  if (statusCode === 200) return 0;
  const [, first] = /^bytes (\d+)-/.exec(String(headers["content-range"])) ?? [];
  if (statusCode === 206 && Number(first) === asked) return asked;
  throw new HttpError(statusCode ?? 0);
}

function versionOf({ headers }: Response, first: number): Version {
  const { etag, "last-modified": lastModified, "content-length": length } = headers;
  return {
    etag,
    lastModified,
    total: length === undefined ? undefined : first + Number(length),
  };
}

/** The version before, unless the one now differs from it; a server need not always say the length. */
function sameVersion(before: Version | undefined, now: Version): Version {
  if (before === undefined) return now;
  const total = before.total ?? now.total;
  if (before.etag !== now.etag || total !== (now.total ?? total)) {
    throw new RequestError("the file changed during the download");
  }
  return { ...before, total };
}

/** Exponential, and shortened at random by up to half, lest many clients come back together. */
function pauseBefore(attempt: number, { pause }: Retries): number {
  return Math.min(pause * 2 ** (attempt - 1), LONGEST_PAUSE) * (1 - Math.random() / 2);
}
