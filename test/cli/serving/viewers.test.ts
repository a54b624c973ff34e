/** Streams of events to viewers that take them, or do not. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { Viewers } from "../../../src/cli/serving/viewers.js";
import type { RunEvent } from "../../../src/live/index.js";
import { connection, textOf, watch } from "../../support/served.js";

/** A server of nothing but these events. */
async function serving(onCount: (count: number) => void = () => {}) {
  const viewers = new Viewers(onCount);
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    viewers.join(response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    viewers.end();
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return { viewers, port, address: `http://127.0.0.1:${port}/` };
}

const snapshot = (images: number, size = 10): RunEvent => ({
  event: "snapshot",
  ...{ epoch: 1, images, outputs: [] },
  firstLayer: { units: 1, scale: 1, weights: "A".repeat(size) },
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("viewers", () => {
  test("are counted as they come and go", async () => {
    const counts: number[] = [];
    const { address } = await serving((count) => counts.push(count));
    const [a, b] = [await watch({ address }), await watch({ address })];
    a.leave();
    await expect.poll(() => counts.at(-1)).toBe(1);
    b.leave();
    await expect.poll(() => counts.at(-1)).toBe(0);
    expect(counts).toEqual([1, 2, 1, 0]);
  });

  test("that never read are let go after a bounded amount; others get every event", async () => {
    let count = 0;
    const { viewers, port, address } = await serving((now) => {
      count = now;
    });
    const deaf = await connection({ port });
    deaf.pause();
    deaf.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const other = await watch({ address });
    await expect.poll(() => count).toBe(2);
    // What the system keeps for the deaf one comes to its end, too.
    let sent = 0;
    for (; count === 2 && sent < 1000; sent++) {
      viewers.send(snapshot(sent, 100_000));
      await expect.poll(() => other.events.length).toBe(sent + 2);
    }
    expect(count).toBe(1);
    expect(sent).toBeLessThan(1000);
    viewers.send(snapshot(sent));
    viewers.end();
    expect(await other.over).toBe(true);
    const images = other.events.slice(1).map((event) => (event as { images?: number }).images);
    expect(images).toEqual(Array.from({ length: sent + 1 }, (_, k) => k));
    await textOf(deaf);
  });

  test("that come back begin with the last of everything", async () => {
    const { viewers, address } = await serving();
    for (const images of [10, 20, 30]) viewers.send(snapshot(images));
    const watcher = await watch({ address });
    await watcher.until("joined");
    expect(watcher.events).toEqual([
      { event: "joined", view: { epochs: [], losses: [], snapshot: snapshot(30) } },
    ]);
    await turn();
    viewers.send(snapshot(40));
    await watcher.until("snapshot");
    expect(watcher.events.at(-1)).toEqual(snapshot(40));
  });

  test("are no more than are bearable", async () => {
    const { viewers, address } = await serving();
    expect(viewers.isFull).toBe(false);
    await Promise.all(Array.from({ length: 32 }, () => watch({ address })));
    expect(viewers.isFull).toBe(true);
  });
});
