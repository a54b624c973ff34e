import { createServer } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { obtainDataset } from "../../../src/data/remote/index.js";
import { temporaryDirectory } from "../fixtures.js";
import { attempt, entryOf, packed } from "./fake.js";
import { listen, nobody, serve, serveProxy, silent, status, whole } from "./server.js";
import { serveByTls } from "./tls.js";

const [plain, secure] = ["http://mirror.invalid/", "https://mirror.invalid/"];

describe("a proxy", () => {
  test("gets the requests by http whole, with its name and password", async () => {
    const { host, seen } = await serveProxy(whole(packed));
    const env = { HTTP_PROXY: `me:a#b%@${host}` };
    expect(await attempt(entryOf([plain]), { env })).toMatchObject({
      error: undefined,
      right: true,
    });
    const authorization = `Basic ${Buffer.from("me:a#b%").toString("base64")}`;
    expect(seen).toEqual([{ request: "GET http://mirror.invalid/file.gz", authorization }]);
  });

  test("is that of the process unless another environment is given", async () => {
    const { url, seen } = await serveProxy(whole(packed));
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    vi.stubEnv("http_proxy", url);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await obtainDataset(entryOf([plain]), { cacheDir: temporaryDirectory() });
    expect(seen.map(({ request }) => request)).toEqual(["GET http://mirror.invalid/file.gz"]);
  });

  test("is asked for a tunnel by https, with its name and password", async () => {
    const { host, seen } = await serveProxy(status(500), { refusal: "403 Forbidden" });
    const env = { HTTPS_PROXY: `http://me:secret@${host}` };
    const { error } = await attempt(entryOf([secure]), { env });
    const authorization = `Basic ${Buffer.from("me:secret").toString("base64")}`;
    expect(seen).toEqual([{ request: "CONNECT mirror.invalid:443", authorization }]);
    expect(error).toContain(
      `mirror.invalid (through the proxy ${host}): the proxy answers with HTTP status 403`,
    );
    expect(error).not.toContain("secret");
  });

  test("opens tunnels through which the server is known by its certificate", async () => {
    const target = new URL(await serveByTls(whole(packed)));
    const proxy = await serveProxy(status(500), { to: Number(target.port) });
    const { error } = await attempt(entryOf([target.href]), { env: { HTTPS_PROXY: proxy.url } });
    expect(proxy.seen).toEqual([{ request: `CONNECT ${target.host}` }]);
    expect(error).toContain("its certificate is signed by nobody known here");
  });

  test("is not asked for what NO_PROXY names", async () => {
    const proxy = await serveProxy(whole(packed));
    const { url } = await serve(whole(packed));
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: "elsewhere.invalid,127.0.0.1" };
    expect((await attempt(entryOf([url]), { env })).right).toBe(true);
    expect(proxy.seen).toEqual([]);
  });

  test("that may not be able to open the tunnel now is asked again", async () => {
    const { url, seen } = await serveProxy(status(500), { refusal: "503 Not now" });
    const { error } = await attempt(entryOf([secure]), { env: { HTTPS_PROXY: url } });
    expect(seen.length).toBe(3);
    expect(error).toContain("HTTP status 503");
  });

  test("is asked for a tunnel to an address of IPv6", async () => {
    const { url, seen } = await serveProxy(status(500), { refusal: "404 Not here" });
    await attempt(entryOf(["https://[::1]/", "https://[::1]:81/"]), { env: { HTTPS_PROXY: url } });
    expect(seen.map(({ request }) => request)).toEqual(["CONNECT [::1]:443", "CONNECT [::1]:81"]);
  });

  test.each([
    { what: "closes it", use: (socket: Duplex) => socket.destroy(), says: "was closed" },
    { what: "keeps silent", use: () => {}, says: "no answer within 0.4 s" },
    {
      what: "talks itself",
      use: (socket: Duplex) => socket.write("welcome"),
      says: "it does not agree on TLS",
    },
  ])("that opens the tunnel and $what is not the end of it", async ({ use, says }) => {
    const { url, host } = await serveProxy(status(500), { use });
    const { error } = await attempt(entryOf([secure]), { env: { HTTPS_PROXY: url } });
    expect(error).toContain(`mirror.invalid (through the proxy ${host}): `);
    expect(error).toContain(says);
  });

  test("that never opens the tunnel is not waited for", async () => {
    const { url, host } = await serveProxy(silent);
    const { error } = await attempt(entryOf([secure]), { env: { HTTPS_PROXY: url } });
    expect(error).toContain(`mirror.invalid (through the proxy ${host}): no answer within 0.4 s`);
  });
});

describe("a proxy that fails whatever it is asked for is blamed, and no mirror is asked through it again:", () => {
  const mirrors = [plain, "http://other.invalid/"];

  /** Expects this of all mirrors by http, and of all by https. */
  async function expectBlame(url: string, reason: string) {
    const { host } = new URL(url);
    for (const [variable, all] of [
      ["HTTP_PROXY", mirrors],
      ["HTTPS_PROXY", mirrors.map((each) => each.replace("http:", "https:"))],
    ] as const) {
      const { error, remedies, messages } = await attempt(entryOf(all), {
        env: { [variable]: url },
      });
      expect(error).toBe(
        `Cannot download file.gz of fake (the proxy ${host} of ${variable}: ${reason}): ` +
          `set ${variable} right or name a folder that has the files.`,
      );
      expect({ remedies, messages }).toEqual({
        remedies: [undefined, "other folder"],
        messages: [],
      });
    }
  }

  test("it does not run", async () => {
    await expectBlame((await nobody()).replace(/\/$/, ""), "the connection was refused");
  });

  test("its name is not known", async () => {
    await expectBlame("http://proxy.invalid:3128", "the name is not known (is there a network?)");
  });

  test("it asks for a password", async () => {
    const { url } = await serveProxy(status(407), { refusal: "407 Who?" });
    await expectBlame(url, "HTTP status 407, which asks for a name and a password, or for others");
  });

  test("it is said to speak TLS, and does not", async () => {
    const { host } = await serveProxy(silent);
    await expectBlame(
      `https://${host}`,
      "it does not agree on TLS (is it a server of http, not of https?)",
    );
  });

  test("it is said to speak TLS, and accepts connections, but says nothing", async () => {
    const port = await listen(createServer());
    await expectBlame(`https://127.0.0.1:${port}`, "no answer within 0.2 s");
  });
});

test("a mirror that is not behind the dead proxy is asked all the same", async () => {
  const { url } = await serve(whole(packed));
  const env = { HTTP_PROXY: await nobody(), NO_PROXY: "127.0.0.1" };
  const { right, messages } = await attempt(entryOf([plain, "http://other.invalid/", url]), {
    env,
  });
  expect(right).toBe(true);
  expect(messages).toEqual([
    expect.stringMatching(/^the proxy [^ ]+ of HTTP_PROXY: .* refused; trying the next mirror$/),
  ]);
});

test("a variable that names no proxy is an error without its value", async () => {
  const env = { HTTP_PROXY: "ftp://secret" };
  const { error, messages } = await attempt(entryOf([plain, plain]), { env });
  expect(error).toMatch(/^HTTP_PROXY names a proxy by ftp[^\n]+\.$/);
  expect(error).not.toContain("secret");
  expect(messages).toEqual([]);
});
