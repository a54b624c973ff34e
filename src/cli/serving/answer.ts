/** One request and its answer: who may ask, for what, and what they get. */
import { timingSafeEqual } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { statRegularFile } from "../../files/regular.js";
import { type Content, EVENTS, type Site } from "./content.js";
import { HEADERS } from "./headers.js";
import type { Viewers } from "./viewers.js";

export interface Answering {
  readonly site: Site;
  /** The first part of every path. */
  readonly token: string;
  /** Of the header `Host`. */
  readonly hosts: ReadonlySet<string>;
  /** Undefined if there is no run to watch. */
  readonly viewers: Viewers | undefined;
}

/** Answers, whatever is asked. Never throws; a client that goes away is no failure. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { site, token, hosts, viewers }: Answering,
): Promise<void> {
  // A name that leads here from elsewhere (DNS rebinding) is none of those by which one is to ask.
  if (!isFrom(request, hosts)) {
    return refuse(response, 403, "This server answers to the address that was printed only.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "This server only answers GET and HEAD.");
  }
  if (hasBody(request)) return refuse(response, 400, "A request to this server has no body.");
  const path = pathOf(request.url ?? "", token);
  if (path === EVENTS && viewers !== undefined) {
    if (request.method === "HEAD") return end(response, 200, { "Content-Type": EVENT_STREAM });
    if (viewers.isFull) return refuse(response, 503, "Too many pages watch this run.");
    response.writeHead(200, { ...HEADERS, "Content-Type": EVENT_STREAM });
    return viewers.join(response);
  }
  const content = path === undefined ? undefined : site.get(path);
  if (content === undefined) return refuse(response, 404, "There is nothing at this address.");
  await give(content, request.method === "HEAD", response);
}

const EVENT_STREAM = "text/event-stream";

function isFrom({ headersDistinct }: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const { host: [host = "", ...more] = [] } = headersDistinct;
  return more.length === 0 && hosts.has(host.toLowerCase());
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

/**
 * What follows the token, as it was sent: nothing in it is decoded or resolved, as no path of a site needs
 * that. Undefined if the token is another.
 */
function pathOf(url: string, token: string): string | undefined {
  const [path = ""] = url.split("?", 1);
  const start = Buffer.from(path.slice(0, token.length + 2));
  const expected = Buffer.from(`/${token}/`);
  if (start.length !== expected.length || !timingSafeEqual(start, expected)) return undefined;
  return path.slice(token.length + 2);
}

async function give(content: Content, isHead: boolean, response: ServerResponse): Promise<void> {
  if ("text" in content) {
    const headers = { "Content-Type": content.type, "Content-Length": lengthOf(content.text) };
    return end(response, 200, headers, isHead ? "" : content.text);
  }
  const file = await opened(content.file);
  if (file === undefined) {
    return refuse(response, 404, "This file is no longer there, or cannot be read.");
  }
  try {
    const { size } = await file.stat();
    const headers = { "Content-Type": content.type, "Content-Length": size };
    if (isHead || size === 0) return end(response, 200, headers);
    response.writeHead(200, { ...HEADERS, ...headers });
    await pipeline(file.createReadStream({ end: size - 1, autoClose: false }), response);
  } catch {
    // The client is gone, or the disk fails: an answer that is cut short is not taken for a whole one.
    response.destroy();
  } finally {
    await file.close();
  }
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    // Asked before it is opened: a pipe that has taken its place would keep one waiting.
    await statRegularFile(path);
    return await open(path);
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader("Connection", "close");
  const text = `${sentence}\n`;
  const isHead = response.req.method === "HEAD";
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Content-Length": lengthOf(text) };
  end(response, status, headers, isHead ? "" : text);
}

function end(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  text = "",
): void {
  response.writeHead(status, { ...HEADERS, ...headers }).end(text);
}

function lengthOf(text: string): number {
  return Buffer.byteLength(text);
}
