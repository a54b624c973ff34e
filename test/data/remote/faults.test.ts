import { describe, expect, test } from "vitest";
import { attempt, content, entryOf, packed, packedFile, unpackedFile, wrong } from "./fake.js";
import {
  closedInTheMiddle,
  nobody,
  ranged,
  resetInTheMiddle,
  serve,
  silent,
  stalledInTheMiddle,
  status,
  whole,
} from "./server.js";

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
    { what: "a page of HTML", answers: [whole(Buffer.from("<!doctype html>"))], says: "truncated" },
    { what: "an empty file", answers: [whole(Buffer.alloc(0))], says: "truncated: it has 0 of" },
    {
      what: "a file cut short on the server",
      answers: [whole(packed.subarray(0, 200_000))],
      says: "unexpected end of file",
    },
    { what: "too many bytes", answers: [whole(Buffer.alloc(10 ** 6))], says: "longer than 300000" },
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
    expect(messages).toEqual([expect.stringContaining("no answer in time")]);
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
    expect(error).toContain("the file is truncated");
    expect(files).toEqual([]);
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
  const { error, remedy, files } = await attempt(entryOf([missing.url, corrupt.url]));
  for (const words of ["file.gz", "fake", "404", "corrupt", "another mirror", "a folder"]) {
    expect(error).toContain(words);
  }
  expect(error).not.toContain("\n");
  expect({ remedy, files }).toEqual({ remedy: "other source", files: [] });
});

test("an abort ends the download with its reason, and leaves nothing", async () => {
  const controller = new AbortController();
  const { url } = await serve(stalledInTheMiddle(packed, {}, () => controller.abort("Ctrl-C")));
  const { error, files } = await attempt(entryOf([url]), {
    signal: controller.signal,
    timeouts: { stall: 60_000 },
  });
  expect({ error, files }).toEqual({ error: "Ctrl-C", files: [] });
});
