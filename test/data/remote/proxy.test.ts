import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { attempt, entryOf, packed } from "./fake.js";
import { nobody, serve, whole } from "./server.js";

/** A proxy that answers plain requests itself, with the file, and refuses every tunnel. */
async function openProxy() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    whole(packed)(request, response);
  });
  server.on("connect", (request, socket) => {
    seen.push(`${request.method} ${request.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe("a proxy", () => {
  test.each(["HTTP_PROXY", "http_proxy"])("in %s gets the requests by http", async (name) => {
    const { url, seen } = await openProxy();
    const outcome = await attempt(entryOf(["http://mirror.invalid/"]), { env: { [name]: url } });
    expect(outcome).toMatchObject({ error: undefined, right: true });
    expect(seen).toEqual(["GET http://mirror.invalid/file.gz"]);
  });

  test.each(["HTTPS_PROXY", "https_proxy"])("in %s is asked for a tunnel", async (name) => {
    const { url, seen } = await openProxy();
    const { error } = await attempt(entryOf(["https://mirror.invalid/"]), { env: { [name]: url } });
    expect(seen).toEqual(["CONNECT mirror.invalid:443"]);
    expect(error).toContain("mirror.invalid: Proxy response (403)");
  });

  test.each(["127.0.0.1", "*", "elsewhere.invalid,127.0.0.1"])(
    "is not asked for what NO_PROXY names: %s",
    async (NO_PROXY) => {
      const proxy = await openProxy();
      const { url } = await serve(whole(packed));
      const env = { HTTP_PROXY: proxy.url, NO_PROXY };
      expect((await attempt(entryOf([url]), { env })).right).toBe(true);
      expect(proxy.seen).toEqual([]);
    },
  );

  test("that never opens the tunnel is not waited for", async () => {
    const mute = createServer().on("connect", () => {});
    await once(mute.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => {
      mute.closeAllConnections();
      mute.close();
    });
    const { port } = mute.address() as AddressInfo;
    const { error } = await attempt(entryOf(["https://mirror.invalid/"]), {
      env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      timeouts: { connect: 100, stall: 100 },
    });
    expect(error).toContain("mirror.invalid: no answer in time");
  });

  test("that does not run is a reason like any other", async () => {
    const env = { HTTP_PROXY: await nobody() };
    const { error } = await attempt(entryOf(["http://mirror.invalid/"]), { env });
    expect(error).toContain("mirror.invalid: the connection was refused");
  });

  test("that is no URL is named, without its value", async () => {
    const env = { HTTPS_PROXY: "secret@@:::" };
    const { error } = await attempt(entryOf(["http://mirror.invalid/"]), { env });
    expect(error).toMatch(/^HTTPS_PROXY is not a URL/);
    expect(error).not.toContain("secret");
  });
});
