/** A browser as a {@link Platform}. The engine and what it trains run in a worker, not on a page's own thread. */
import { sha256 as hash } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Platform } from "./platform.js";

/** What is used of the web's interfaces; the types of Node.js, which the project is checked with, leave it out. */
interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void, once?: Once): void;
  postMessage(message: unknown): void;
}
interface WebWorker extends Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void, once?: Once): void;
  addEventListener(type: "error", listener: (event: { message?: string }) => void): void;
  terminate(): void;
}
interface Request {
  responseType: string;
  readonly status: number;
  readonly response: ArrayBuffer;
  open(method: string, url: URL, isAsynchronous: boolean): void;
  send(): void;
}
interface Channel {
  readonly port1: { onmessage: () => void };
  readonly port2: { postMessage(message: unknown): void };
}
type Once = { readonly once: true };
declare const self: Scope;
declare const navigator: { readonly hardwareConcurrency: number };
declare const XMLHttpRequest: new () => Request;
declare const MessageChannel: new () => Channel;

const once: Once = { once: true };

/** Turns that have been asked for; each message to the other port of the channel is the next one's. */
const turns: (() => void)[] = [];
let channel: Channel | undefined;

function openChannel(): Channel {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => turns.shift()?.();
  return opened;
}

const platform: Platform = {
  sha256(pieces) {
    const state = hash.create();
    for (const { buffer, byteOffset, byteLength } of pieces) {
      state.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return bytesToHex(state.digest());
  },

  // A timer would wait for 4 milliseconds, and far longer in a tab in the background.
  nextTurn() {
    channel ??= openChannel();
    const { port2 } = channel;
    return new Promise((resolve) => {
      turns.push(resolve);
      port2.postMessage(undefined);
    });
  },

  readBytes(file) {
    const request = new XMLHttpRequest();
    request.open("GET", file, false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status === 200) return new Uint8Array(request.response);
    throw new Error(`${file} cannot be loaded: the server answers with status ${request.status}`);
  },

  fileExists: () => false,

  nativePackage(name) {
    throw new Error(`a browser cannot load ${name}`);
  },

  processors: () => navigator.hardwareConcurrency,

  startThread(make, data, onFailure = () => {}) {
    const worker = make() as WebWorker;
    let fail: (error: Error) => void;
    const failure = new Promise<never>((_, reject) => {
      fail = reject;
    });
    worker.addEventListener("error", ({ message }) => {
      fail(new Error(message ?? "the script of a thread cannot be loaded"));
      onFailure();
    });
    /** The first answer says that it has started. */
    const answered = () => {
      const next = new Promise<void>((resolve) => {
        worker.addEventListener("message", () => resolve(), once);
      });
      return Promise.race([next, failure]);
    };
    const started = answered();
    // Failures are told to whoever waits.
    failure.catch(() => {});
    started.catch(() => {});
    worker.postMessage(data);
    return {
      started,
      async ask(message) {
        await started;
        worker.postMessage(message);
        await answered();
      },
      end() {
        worker.terminate();
      },
    };
  },

  onStart(work) {
    const start = ({ data }: MessageEvent) => {
      self.postMessage(undefined);
      work(data);
    };
    self.addEventListener("message", start, once);
  },

  answer(work) {
    self.addEventListener("message", ({ data }) => {
      work(data);
      self.postMessage(undefined);
    });
  },

  // A worker that ends by an error has told so; no other end is told of.
  atThreadEnd() {},
};

export const { sha256, nextTurn, readBytes, fileExists, nativePackage } = platform;
/** A constant, so that bundlers leave out of pages what is only done where vectors are merged. */
export const mergingVectors: Platform["mergingVectors"] = undefined;
export const { processors, startThread, onStart, answer, atThreadEnd } = platform;
