/** The page as the command serves it, and clients of all kinds. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { NOTHING, type RunEvent, type RunView, reduce } from "../../src/live/index.js";
import { type Outcome, outcomeOf, start } from "./command.js";

export interface ServedPage {
  readonly child: ChildProcessWithoutNullStreams;
  readonly outcome: Promise<Outcome>;
  /** Ends with a slash. */
  readonly address: string;
  readonly port: number;
  /** `/token/`, with which all paths begin. */
  readonly base: string;
  /** Resolves when the command has printed this; to where it stands in all that was printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the command, and resolves when it has printed where the page is; it ends with the test. */
export function servePage(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = start(args, env);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return pageOf(child);
}

/** Resolves when the command has printed where the page is; whoever started it ends it. */
export async function pageOf(child: ChildProcessWithoutNullStreams): Promise<ServedPage> {
  const outcome = outcomeOf(child);
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: string) => {
      text += part;
      for (const look of waiting) look();
    });
  }
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (found === null) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      outcome.then(
        ({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)),
        reject,
      );
    });
  const [address] = await printed(/http:\/\/127\.0\.0\.1:\d+\/\w+\//);
  const { port, pathname: base } = new URL(address);
  return { child, outcome, address, port: Number(port), base, printed };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a server answers; the path is sent as it is. */
export function ask(
  { port }: { readonly port: number },
  path: string,
  options: { method?: string; headers?: Record<string, string>; host?: string } = {},
): Promise<Answer> {
  const { host = "127.0.0.1", ...others } = options;
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, path, agent: false, ...others }, async (response) => {
      const parts: Buffer[] = [];
      try {
        for await (const part of response) parts.push(part as Buffer);
      } catch (error) {
        reject(error);
      }
      const { statusCode: status = 0, headers } = response;
      resolve({ status, headers, body: Buffer.concat(parts) });
    });
    asked.on("error", reject).end();
  });
}

/** A connection on which anything can be sent; errors are ends. */
export async function connection({ port }: { readonly port: number }): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, "connect");
  return socket;
}

/** All that comes on a connection until it is closed. */
export async function textOf(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
  });
  socket.resume();
  // A connection may be reset before it is closed, which is no failure of who asks.
  if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return text;
}

/** One who watches a run: the events so far, and what is known by them. */
export interface Watcher {
  readonly events: RunEvent[];
  view(): RunView;
  /** Resolves when such an event has come, or would have: when the stream is over. */
  until(kind: RunEvent["event"]): Promise<void>;
  /** Resolves when the stream is over; to whether its end was in order. */
  readonly over: Promise<boolean>;
  leave(): void;
}

export async function watch({ address }: Pick<ServedPage, "address">): Promise<Watcher> {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const { body } = await fetch(`${address}events`, { signal: controller.signal });
  const events: RunEvent[] = [];
  const waiting: { kind: RunEvent["event"]; resolve: () => void }[] = [];
  const read = async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const part of body as ReadableStream<Uint8Array>) {
      const blocks = (text + decoder.decode(part, { stream: true })).split("\n\n");
      text = blocks.pop() as string;
      for (const block of blocks.filter((each) => each.startsWith("data: "))) {
        const event = JSON.parse(block.slice("data: ".length)) as RunEvent;
        events.push(event);
        for (const { kind, resolve } of waiting) if (kind === event.event) resolve();
      }
    }
  };
  const over = read().then(
    () => true,
    () => false,
  );
  return {
    events,
    view: () => events.reduce(reduce, NOTHING),
    async until(kind) {
      if (events.some(({ event }) => event === kind)) return;
      await Promise.race([new Promise<void>((resolve) => waiting.push({ kind, resolve })), over]);
    },
    over,
    leave: () => controller.abort(),
  };
}
