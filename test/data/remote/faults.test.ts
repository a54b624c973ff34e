import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { attempt, content, entryOf, packed, packedFile, unpackedFile, wrong } from "./fake.js";
import {
  type Answer,
  closedInTheMiddle,
  listen,
  nobody,
  nothing,
  ranged,
  resetInTheMiddle,
  type Server,
  serve,
  silent,
  stalledInTheMiddle,
  status,
  trickle,
  whole,
  withoutLastChunk,
} from "./server.js";
import { serveByTls } from "./tls.js";

const V1 = { etag: '"1"' };
const V2 = { etag: '"2"' };

describe("a file arrives", () => {
  test("unpacked, where the digest is of the content", async () => {
    const { url } = await serve(whole(packed));
    const outcome = await attempt(entryOf([url]));
    expect(outcome).toMatchObject({ error: undefined, files: ["file"], right: true, messages: [] });
  });

  test("packed, where the digest is of the packed file", async () => {
    const { url } = await serve(whole(packed));
    const outcome = await attempt(entryOf([url], packedFile));
    expect(outcome).toMatchObject({ error: undefined, files: ["file.gz"], right: true });
  });

  test.each([
    { how: "that the server has unpacked already", answer: whole(content) },
    { how: "that is called encoded", answer: whole(packed, { "content-encoding": "gzip" }) },
  ])("$how", async ({ answer }) => {
    const { url } = await serve(answer);
    expect(await attempt(entryOf([url]))).toMatchObject({ error: undefined, right: true });
  });

  test("through a redirect", async () => {
    const target = await serve(whole(packed));
    const { url } = await serve(status(302, { location: `${target.url}elsewhere` }));
    expect(await attempt(entryOf([url]))).toMatchObject({ error: undefined, right: true });
    expect(target.requests).toEqual([{ path: "/elsewhere" }]);
  });

  test("from the mirror that the user names, with or without a slash, before the others", async () => {
    const mirror = await serve(whole(packed));
    const other = await serve(status(500));
    const outcome = await attempt(entryOf([other.url]), { mirror: `${mirror.url}mnist` });
    expect(outcome.right).toBe(true);
    expect(mirror.requests).toEqual([{ path: "/mnist/file.gz" }]);
    expect(other.requests).toEqual([]);
  });

  test("with a report of its bytes that only ever grows", async () => {
    const { url } = await serve(closedInTheMiddle(packed, V1), whole(packed, V1));
    const reports: { received: number; total: number | undefined }[] = [];
    await attempt(entryOf([url]), { onProgress: (progress) => reports.push(progress) });
    const received = reports.map((report) => report.received);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect(reports.at(-1)).toEqual({ file: "file", received: packed.length, total: packed.length });
  });
});

describe("what may pass is tried again:", () => {
  test.each([500, 503, 408, 429])("status %i", async (code) => {
    const { url, requests } = await serve(status(code), whole(packed));
    expect(await attempt(entryOf([url]))).toMatchObject({ error: undefined, right: true });
    expect(requests.length).toBe(2);
  });

  test.each([
    { what: "a closed connection", fault: closedInTheMiddle(packed, V1) },
    { what: "a reset connection", fault: resetInTheMiddle(packed, V1) },
    { what: "a stall in the middle", fault: stalledInTheMiddle(packed, V1) },
    { what: "an end before the last chunk", fault: withoutLastChunk(packed, V1) },
  ])("$what", async ({ fault }) => {
    const { url, requests } = await serve(fault, ranged(packed, V1));
    expect(await attempt(entryOf([url]))).toMatchObject({ error: undefined, right: true });
    expect(requests.length).toBe(2);
  });

  test("only the rest of a file is asked for, provided that it is the same", async () => {
    const { url, requests } = await serve(closedInTheMiddle(packed, V1), ranged(packed, V1));
    expect((await attempt(entryOf([url]))).right).toBe(true);
    const [, second] = requests;
    expect(second).toMatchObject({ ifRange: V1.etag });
    const first = Number(/^bytes=(\d+)-$/.exec(second?.range ?? "")?.[1]);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(packed.length / 2);
  });

  test("a weak entity tag is not asked for", async () => {
    const weak = { etag: 'W/"1"' };
    const { url, requests } = await serve(closedInTheMiddle(packed, weak), ranged(packed, weak));
    expect((await attempt(entryOf([url]))).right).toBe(true);
    expect(requests[1]).toEqual({ path: "/file.gz", range: expect.any(String) });
  });

  test("a server without ranges sends all again", async () => {
    const { url } = await serve(closedInTheMiddle(packed), whole(packed));
    expect(await attempt(entryOf([url]))).toMatchObject({ error: undefined, right: true });
  });

  test("but not for ever, and then the next mirror is asked", async () => {
    const first = await serve(status(503));
    const second = await serve(whole(packed));
    const { right, messages } = await attempt(entryOf([first.url, second.url]));
    expect({ right, requests: first.requests.length }).toEqual({ right: true, requests: 3 });
    expect(messages).toEqual([
      "HTTP status 503; trying again",
      "HTTP status 503; trying again",
      expect.stringMatching(/^127\.0\.0\.1:\d+: HTTP status 503; trying the next mirror$/),
    ]);
  });
});

describe("what will not pass is not tried again; the next mirror is asked after", () => {
  test.each([
    { what: "status 404", answers: [status(404)], says: "HTTP status 404" },
    { what: "status 403", answers: [status(403)], says: "HTTP status 403" },
    { what: "other bytes", answers: [whole(wrong)], says: "is corrupt: its sha256" },
    {
      what: "a page of HTML",
      answers: [whole(Buffer.from("<!doctype html>"))],
      says: "bytes instead of 300000",
    },
    { what: "an empty file", answers: [whole(Buffer.alloc(0))], says: "has 0 bytes instead of" },
    {
      what: "a file cut short on the server",
      answers: [whole(packed.subarray(0, 200_000))],
      says: "unexpected end of file",
    },
    {
      what: "too many bytes",
      answers: [whole(Buffer.alloc(10 ** 6))],
      says: "more than the 300000 bytes",
    },
    {
      what: "a file that changes",
      answers: [closedInTheMiddle(wrong, V1), ranged(packed, V2)],
      says: "changed during the download",
    },
    {
      what: "a file that becomes longer, from a server that has no entity tags",
      answers: [closedInTheMiddle(wrong), ranged(Buffer.concat([wrong, wrong]))],
      says: "changed during the download",
    },
  ])("$what", async ({ answers, says }) => {
    const bad = await serve(...answers);
    const good = await serve(whole(packed));
    const outcome = await attempt(entryOf([bad.url, good.url]));
    expect(outcome).toMatchObject({ error: undefined, files: ["file"], right: true });
    expect(outcome.messages.at(-1)).toContain(says);
    expect(bad.requests.length).toBe(answers.length);
  });

  test("a server that does not answer", async () => {
    const mute = await serve(silent);
    const good = await serve(whole(packed));
    const { right, messages } = await attempt(entryOf([mute.url, good.url]));
    expect({ right, requests: mute.requests.length }).toEqual({ right: true, requests: 1 });
    expect(messages).toEqual([expect.stringContaining("no answer within 0.2 s")]);
  });

  test("a server that nobody runs", async () => {
    const good = await serve(whole(packed));
    const { right, messages } = await attempt(entryOf([await nobody(), good.url]));
    expect(right).toBe(true);
    expect(messages).toEqual([expect.stringContaining("connection was refused")]);
  });

  test("an unpacked file where only the packed one can be verified", async () => {
    const { url } = await serve(whole(content));
    const { error, files } = await attempt(entryOf([url], packedFile));
    expect(error).toContain(`the file has ${content.length} bytes instead of ${packed.length}`);
    expect(files).toEqual([]);
  });
});

describe("a failure is said in plain words:", () => {
  const loop = (answer: (url: string) => Answer) => async () => {
    const { url, requests } = await serve((request, response) => answer(url)(request, response));
    return { url, requests };
  };
  /** A server that answers every connection with this text, whatever is asked. */
  const says = async (text: string) => {
    const say = (socket: Socket) => socket.on("error", () => {}).write(text);
    return { url: `http://127.0.0.1:${await listen(createServer(say))}/` };
  };
  const locations = (location: string) => () => serve(status(302, { location }));
  let hops = 0;

  test.each([
    {
      what: "a redirect to itself",
      open: loop((url) => status(302, { location: `${url}file.gz` })),
      says: "it redirects more than 5 times",
      asked: 6,
    },
    {
      what: "redirects without end",
      open: loop(() => status(301, { location: `/${++hops}` })),
      says: "it redirects more than 5 times",
      asked: 6,
    },
    {
      what: "a redirect to a file",
      open: locations("file:///etc/passwd"),
      says: "it redirects to what is not the URL of a server of http or https",
    },
    {
      what: "a redirect to no URL",
      open: locations("http://["),
      says: "it redirects to what is not the URL of a server of http or https",
    },
    { what: "a redirect to nowhere", open: () => serve(status(302)), says: "HTTP status 302" },
    {
      what: "status 401",
      open: () => serve(status(401)),
      says: "HTTP status 401, which asks for a name and a password, or for others",
    },
    {
      what: "a long header",
      open: () => serve(whole(packed, { "x-long": "x".repeat(100_000) })),
      says: "the header of its answer is too long",
    },
    {
      what: "a server of http, asked by https",
      open: async () => ({ url: (await serve(whole(packed))).url.replace("http:", "https:") }),
      says: "it does not agree on TLS (is it a server of http, not of https?)",
    },
    {
      what: "a server of https, asked by http",
      open: async () => ({ url: (await serveByTls(whole(packed))).replace("https:", "http:") }),
      says: "the connection was closed",
    },
    {
      what: "a server that changes the protocol",
      open: () => says("HTTP/1.1 101 Other\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n"),
      says: "HTTP status 101",
    },
    {
      what: "two lengths",
      open: () => says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nbytes"),
      says: "its answer is not one of http",
    },
    {
      what: "a chunk of no length",
      open: () => says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbytesX\r\n"),
      says: "the connection was closed",
    },
    {
      what: "nothing but interim answers",
      open: () => says("HTTP/1.1 103 Wait\r\n\r\n".repeat(1000)),
      says: "no answer within 0.4 s",
    },
    {
      what: "a connection that is closed at once",
      open: async () => {
        const close = (socket: Socket) => socket.on("error", () => {}).destroy();
        return { url: `http://127.0.0.1:${await listen(createServer(close))}/` };
      },
      says: "the connection was closed",
    },
    {
      what: "a server of something else",
      open: () => says("220 welcome\r\n"),
      says: "its answer is not one of http (is it a server of https, or of something else?)",
    },
    {
      what: "an unknown certificate",
      open: async () => ({ url: await serveByTls(whole(packed)) }),
      says: "its certificate is signed by nobody known here (one of your organisation can be named in NODE_EXTRA_CA_CERTS)",
    },
    { what: "the port 0", open: () => ({ url: "http://127.0.0.1:0/" }), says: "" },
    {
      what: "an answer without a body",
      open: () => serve(nothing),
      says: "no answer within 0.4 s",
      asked: 1,
    },
    {
      what: "a byte now and then",
      open: () => serve(trickle),
      says: "too slow: fewer than 1000 bytes came in 0.1 s",
      asked: 1,
    },
  ])("$what", async ({ open, says, asked }) => {
    const { url, requests } = (await open()) as Pick<Server, "url"> & Partial<Server>;
    const limits = { stall: 200, least: { bytes: 1000, milliseconds: 100 } };
    const { error } = await attempt(entryOf([url]), { limits });
    const { host } = new URL(url);
    const [, reason = ""] =
      /^Cannot download file\.gz of fake \((.*)\): try again/.exec(error ?? "") ?? [];
    expect(reason).toContain(`${host}: ${says}`);
    expect(reason).not.toMatch(
      /Error|ERR|ECONN|HPE|SSL|aborted|hang up|Response|redirects? detected/,
    );
    if (asked !== undefined) expect(requests?.length).toBe(asked);
  });
});

test("mirrors together are waited for no longer than there is patience", async () => {
  const mute = [await serve(silent), await serve(nothing), await serve(silent)];
  const urls = mute.map(({ url }) => url);
  const { messages, error } = await attempt(entryOf(urls), { patience: 300 });
  expect(messages).toEqual([
    expect.stringContaining("no answer within 0.1 s; trying the next mirror"),
    expect.stringContaining("no answer within 0.1 s; trying the next mirror"),
  ]);
  expect(error).toContain(`${urls.map((url) => new URL(url).host).join(", ")}: no answer within`);
});

test("what one mirror does not need of the time, the others have", async () => {
  const urls = [(await serve(status(404))).url, (await serve(silent)).url];
  const { error } = await attempt(entryOf(urls), { patience: 10_000, limits: { stall: 10 } });
  const [, seconds] = /no answer within ([\d.]+) s/.exec(error ?? "") ?? [];
  expect(Number(seconds)).toBeGreaterThan(5);
});

test("a server that is slow, but not as slow as that, is left its time", async () => {
  const slow: Answer = (_, response) => {
    response.writeHead(200, { "content-length": packed.length });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(packed.subarray(sent, sent + 20_000));
      sent += 20_000;
      if (sent >= packed.length) clearInterval(timer);
    }, 20);
  };
  const { url } = await serve(slow);
  const limits = { stall: 1000, least: { bytes: 1000, milliseconds: 100 } };
  expect(await attempt(entryOf([url]), { limits })).toMatchObject({ right: true, messages: [] });
});

describe("a name and a password in the URL of a mirror", () => {
  const withUser = (url: string) => url.replace("://", "://me:se%20cret@");
  const authorization = `Basic ${Buffer.from("me:se cret").toString("base64")}`;

  test("are sent there, again after redirects and failures", async () => {
    const { url, requests } = await serve(
      status(302, { location: "/moved" }),
      closedInTheMiddle(packed, V1),
      ranged(packed, V1),
    );
    expect((await attempt(entryOf([]), { mirror: withUser(url) })).right).toBe(true);
    expect(requests).toMatchObject([
      { path: "/file.gz", authorization },
      { path: "/moved", authorization },
      { path: "/file.gz", authorization },
    ]);
  });

  test("are not sent to another server that it redirects to", async () => {
    const other = await serve(whole(packed));
    const { url } = await serve(status(302, { location: withUser(other.url) }));
    expect((await attempt(entryOf([]), { mirror: withUser(url) })).right).toBe(true);
    expect(other.requests).toEqual([{ path: "/" }]);
  });

  test("are not printed", async () => {
    const { url } = await serve(status(401));
    const next = await serve(status(404));
    const outcome = await attempt(entryOf([next.url]), { mirror: withUser(url) });
    expect(outcome.error).toContain("HTTP status 401");
    expect([outcome.error, ...outcome.messages].join()).not.toMatch(/cret|me:/);
  });
});

test("the mirror that had the first file is the first to be asked for the next", async () => {
  const bad = await serve(status(404));
  const good = await serve(whole(packed));
  await attempt(entryOf([bad.url, good.url], unpackedFile, { ...unpackedFile, name: "second" }));
  expect({ bad: bad.requests.length, good: good.requests.length }).toEqual({ bad: 1, good: 2 });
});

test("if no mirror has the file, one sentence tells why of each, and what to do", async () => {
  const missing = await serve(status(404));
  const corrupt = await serve(whole(wrong));
  const { error, remedies, files } = await attempt(entryOf([missing.url, corrupt.url]));
  for (const words of ["file.gz", "fake", "404", "corrupt", "another mirror", "a folder"]) {
    expect(error).toContain(words);
  }
  expect(error).not.toContain("\n");
  expect({ remedies, files }).toEqual({
    remedies: [undefined, "other mirror", "other folder"],
    files: [],
  });
});

test("an abort ends the download with its reason, and leaves nothing", async () => {
  const controller = new AbortController();
  const { url } = await serve(stalledInTheMiddle(packed, {}, () => controller.abort("Ctrl-C")));
  const { error, files } = await attempt(entryOf([url]), {
    signal: controller.signal,
    limits: { stall: 60_000 },
  });
  expect({ error, files }).toEqual({ error: "Ctrl-C", files: [] });
});
