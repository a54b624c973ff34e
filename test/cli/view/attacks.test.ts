/** Requests that should get nothing, and clients that should cost little. */
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { start } from "../../support/command.js";
import { ask, connection, pageOf, type ServedPage, textOf } from "../../support/served.js";

const PATH_TRICKS = [
  ...["..", "../", "../../package.json", "./index.html", "assets/../index.html", "assets/../../x"],
  ...["%2e%2e/package.json", "%2e%2e%2fpackage.json", "..%2fpackage.json", "%2e/index.html"],
  ...["%252e%252e%252fpackage.json", "..%252fpackage.json", "%c0%ae%c0%ae/package.json"],
  ...["..\\package.json", "..%5cpackage.json", "assets\\..\\index.html", "%5c..%5cx"],
  ...[
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "C:\\Windows\\win.ini",
  ],
  ...["index.html%00", "index.html%00.png", "%00", "index.html.", "index.html/", "index%2ehtml"],
  ...["INDEX.HTML", "assets", "assets/", "data", "data/", "data/README.md", "runs/../index.html"],
  ...["data/../index.html", "data/%2e%2e/index.html", "constructor", "__proto__", "toString"],
  ...["index.html;x", "index.html#x", "~root", "..;/index.html", ".../index.html"],
];

describe("the server of the page gives nothing", () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await pageOf(start(["view"]));
  });
  afterAll(() => {
    served.child.kill("SIGKILL");
  });

  const hosts = (port: number) => [
    ...["evil.example", `evil.example:${port}`, `localhost.evil.example:${port}`, "localhost"],
    ...["127.0.0.1", `127.0.0.1:${port + 1}`, `127.0.0.1:${port}0`, `0.0.0.0:${port}`],
    ...[`127.1:${port}`, `2130706433:${port}`, `user@127.0.0.1:${port}`, `127.0.0.1:${port}@evil`],
    ...[`[::ffff:127.0.0.1]:${port}`, `127.0.0.1:${port}, evil`, `localhost.:${port}`],
  ];

  test("to those who ask by another name, whatever they ask for", async () => {
    for (const host of hosts(served.port)) {
      for (const path of [served.base, "/", `${served.base}data/index.json`]) {
        const { status, body } = await ask(served, path, { headers: { Host: host } });
        expect({ host, status }).toEqual({ host, status: 403 });
        expect(body.toString()).not.toContain("<");
      }
    }
    for (const name of ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"]) {
      const headers = { Host: `${name}:${served.port}` };
      expect((await ask(served, served.base, { headers })).status).toBe(200);
    }
  });

  test("to requests with no name or two", async () => {
    const right = `Host: 127.0.0.1:${served.port}\r\n`;
    for (const names of [
      "",
      "Host:\r\n",
      `${right}Host: evil.example\r\n`,
      `Host: evil.example\r\n${right}`,
    ]) {
      for (const version of ["1.0", "1.1"]) {
        const socket = await connection(served);
        socket.write(`GET ${served.base} HTTP/${version}\r\n${names}Connection: close\r\n\r\n`);
        expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 (400|403) /);
      }
    }
  });

  test("without the token, or with another", async () => {
    const token = served.base.slice(1, -1);
    const other = token.replace(/^./, (first) => (first === "0" ? "1" : "0"));
    const bases = [
      "/",
      "//",
      `/${other}/`,
      `/${token}`,
      `//${token}/`,
      `/${token.slice(1)}/`,
    ].concat(
      ...[`/${token}0/`, `/${token.toUpperCase()}x/`, `/x/${token}/`, `/?${token}/`, `/%${token}/`],
    );
    for (const base of bases) {
      for (const path of ["", "index.html", "data/index.json"]) {
        const { status } = await ask(served, base + path);
        expect({ asked: base + path, status }).toEqual({ asked: base + path, status: 404 });
      }
    }
  });

  test("to other methods", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"]) {
      const { status, headers } = await ask(served, served.base, { method });
      expect({ method, status, allow: headers.allow }).toEqual({
        method,
        status: 405,
        allow: "GET, HEAD",
      });
    }
    const proxied = await connection(served);
    proxied.write(`CONNECT example.org:443 HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n\r\n`);
    expect(await textOf(proxied)).not.toContain("200");
    const forwarded = await connection(served);
    forwarded.write(
      `GET http://example.org${served.base} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(await textOf(forwarded)).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("by tricks with paths", async () => {
    for (const path of PATH_TRICKS) {
      const socket = await connection(served);
      const host = `127.0.0.1:${served.port}`;
      socket.write(
        `GET ${served.base}${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      const text = await textOf(socket);
      expect({ path, text: text.slice(0, 13) }).toEqual({ path, text: "HTTP/1.1 404 " });
      expect(text).toContain("There is nothing at this address.");
    }
  });

  test("but answers with the headers that shut a page in, errors included", async () => {
    const asked = [
      await ask(served, served.base),
      await ask(served, `${served.base}data/index.json`),
      await ask(served, "/"),
      await ask(served, served.base, { method: "POST" }),
      await ask(served, served.base, { headers: { Host: "evil.example" } }),
    ];
    for (const { headers } of asked) {
      const policy = new Map(
        String(headers["content-security-policy"])
          .split("; ")
          .map((each) => {
            const [name, ...sources] = each.split(" ");
            return [name, sources.join(" ")];
          }),
      );
      expect(policy.get("default-src")).toBe("'none'");
      expect(policy.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
      expect(policy.get("style-src")).toBe("'self'");
      expect(policy.get("connect-src")).toBe("'self'");
      expect(policy.get("frame-ancestors")).toBe("'none'");
      expect(headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("the server of the page is not worn down", () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await pageOf(start(["view"]));
  });
  afterAll(() => {
    served.child.kill("SIGKILL");
  });
  const stillServes = async () => expect((await ask(served, served.base)).status).toBe(200);

  test("by floods of headers", async () => {
    const start = `GET ${served.base} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n`;
    const long = await connection(served);
    long.write(`${start}X: ${"x".repeat(1e6)}\r\n\r\n`);
    expect(await textOf(long)).toMatch(/^(HTTP\/1\.1 431 |$)/);
    const many = await connection(served);
    const flood = setInterval(() => many.write("X-Flood: 1\r\n".repeat(1000)), 1);
    many.write(start);
    expect(await textOf(many)).toMatch(/^(HTTP\/1\.1 431 |$)/);
    clearInterval(flood);
    await stillServes();
  });

  test("by bodies, which it does not read", async () => {
    const socket = await connection(served);
    socket.write(
      `GET ${served.base} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Length: 1000000000\r\n\r\n`,
    );
    const flood = setInterval(() => socket.write("x".repeat(65536)), 1);
    expect(await textOf(socket)).toMatch(/^(HTTP\/1\.1 400 |$)/);
    clearInterval(flood);
    await stillServes();
  });

  test("by what is no HTTP", async () => {
    for (const bytes of ["\u0016\u0003\u0001\u0002\u0000\u0001", "\r\n\r\n\0\0", "GET\r\n\r\n"]) {
      const socket = await connection(served);
      socket.write(bytes);
      socket.end();
      await textOf(socket);
    }
    await stillServes();
  });

  test("by clients that never come to the end of a request, or to its beginning", async () => {
    const silent = await connection(served);
    const dripping = await connection(served);
    dripping.write(`GET ${served.base} HTTP/1.1\r\n`);
    const drip = setInterval(() => dripping.write("X: y\r\n"), 500);
    expect(await textOf(dripping)).toMatch(/^(HTTP\/1\.1 408 |$)/);
    clearInterval(drip);
    await textOf(silent);
    await stillServes();
  });

  test("by a thousand connections, of which it keeps a few", async () => {
    const sockets = await Promise.all(
      Array.from({ length: 1000 }, async () => (await connection(served)).resume()),
    );
    const stillOpen = () => sockets.filter(({ destroyed }) => !destroyed);
    await expect.poll(() => stillOpen().length, { timeout: 30_000 }).toBeLessThanOrEqual(200);
    const open = stillOpen();
    for (const socket of open) socket.destroy();
    await Promise.all(open.map((socket) => socket.closed || once(socket, "close")));
    await expect.poll(() => ask(served, served.base).catch(() => undefined)).toBeDefined();
    await stillServes();
  });
});
