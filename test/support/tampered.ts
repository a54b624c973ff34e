/** The worker that trains in a page, with something put after its script. */
import type { Page } from "playwright-core";

export const WORKERS = /\/assets\/worker-[\w-]+\.js$/;

/** The first worker that trains has something put after its script. */
export async function tamper(page: Page, script: string): Promise<void> {
  let isDone = false;
  await page.route(WORKERS, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const trains = !isDone && text.includes("kept");
    isDone ||= trains;
    await route.fulfill({ response, body: trains ? `${text}\n${script}` : text });
  });
}

/** Throws an error when it has told of its first epoch, and tells nothing more. */
export const STRUCK = `{
  const told = globalThis.postMessage;
  globalThis.postMessage = (answer, options) => {
    told(answer, options);
    if (answer.answer !== "kept") return;
    globalThis.postMessage = () => {};
    setTimeout(() => { throw new Error("struck"); });
  };
}`;

/** Is not heard of any more after its first epoch, as if the browser had ended it. */
export const VANISHED = `{
  const told = globalThis.postMessage;
  globalThis.postMessage = (answer, options) => {
    told(answer, options);
    if (answer.answer === "kept") globalThis.postMessage = () => {};
  };
}`;

/**
 * Having begun to train, it waits between two steps until it is asked to pause, or is released: so whatever
 * is done to it in the meantime is done while it trains, on any machine.
 */
export const HELD = `{
  let isHeld = false;
  let release = () => {
    isHeld = false;
    release = () => {};
    for (const go of waiting.splice(0)) go();
  };
  const waiting = [];
  const told = globalThis.postMessage;
  globalThis.postMessage = (answer, options) => {
    if (answer.state === "training") {
      isHeld = true;
      globalThis.postMessage = told;
    }
    told(answer, options);
  };
  globalThis.MessageChannel = class extends MessageChannel {
    get port2() {
      const port = super.port2;
      const postMessage = (message) => {
        if (isHeld) waiting.push(() => port.postMessage(message));
        else port.postMessage(message);
      };
      return { postMessage };
    }
  };
  addEventListener("message", ({ data }) => data.ask === "pause" && release());
  new BroadcastChannel("release").onmessage = () => release();
}`;

/** Lets a worker go on that is held. */
export async function release(page: Page): Promise<void> {
  await page.evaluate("new BroadcastChannel('release').postMessage('')");
}
