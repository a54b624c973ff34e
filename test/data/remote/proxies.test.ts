import { describe, expect, test } from "vitest";
import { DataError } from "../../../src/data/index.js";
import { proxiesIn } from "../../../src/data/remote/proxies.js";

const mirror = new URL("https://mirror.invalid/file");
const plain = new URL("http://mirror.invalid/file");

/** As RFC 7617 has it. */
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("a proxy is read from", () => {
  test.each([
    { value: "proxy:3128", origin: "http://proxy:3128" },
    { value: "127.0.0.1:3128", origin: "http://127.0.0.1:3128" },
    { value: "[::1]:3128", origin: "http://[::1]:3128" },
    { value: "proxy", origin: "http://proxy" },
    { value: "http://proxy:3128", origin: "http://proxy:3128" },
    { value: "http://proxy:3128/", origin: "http://proxy:3128" },
    { value: "HTTP://Proxy:3128", origin: "http://proxy:3128" },
    { value: "https://proxy:3128", origin: "https://proxy:3128" },
    { value: " http://proxy:3128\r\n", origin: "http://proxy:3128" },
    { value: "me:secret@proxy:3128", origin: "http://proxy:3128", user: "me:secret" },
    { value: "http://me:a%40b%3Ac@proxy", origin: "http://proxy", user: "me:a@b:c" },
    { value: "http://me:a#b/c?d@e@proxy", origin: "http://proxy", user: "me:a#b/c?d@e" },
    { value: "http://me:100%@proxy", origin: "http://proxy", user: "me:100%" },
    { value: "http://me:a:b@proxy", origin: "http://proxy", user: "me:a:b" },
    { value: "http://token@proxy", origin: "http://proxy", user: "token:" },
    { value: "http://:secret@proxy", origin: "http://proxy", user: ":secret" },
    { value: "http://mé:日@proxy", origin: "http://proxy", user: "mé:日" },
  ])("$value", ({ value, origin, user }) => {
    expect(proxiesIn({ HTTPS_PROXY: value })(mirror)).toMatchObject({
      variable: "HTTPS_PROXY",
      origin,
      host: origin.replace(/^https?:\/\//, ""),
      authorization: user && basic(user),
    });
  });
});

describe("what names no proxy that can be used is refused in a sentence without its value:", () => {
  test.each([
    { value: "socks5h://secret:1", says: "a proxy by socks5h" },
    { value: "socks5://me:secret@proxy:1", says: "a proxy by socks5" },
    { value: "ftp://secret:1", says: "a proxy by ftp" },
    { value: "file:///secret", says: "a proxy by file" },
    { value: "http://secret/proxy.pac", says: "is not the URL of a proxy" },
    { value: "http//secret", says: "is not the URL of a proxy" },
    { value: '"http://secret:3128"', says: "is not the URL of a proxy" },
    { value: "secret@@:::", says: "is not the URL of a proxy" },
    { value: "http://me:secret@", says: "is not the URL of a proxy" },
    { value: "http://secret:99999", says: "is not the URL of a proxy" },
    { value: " ", says: "is not the URL of a proxy" },
  ])("$value", ({ value, says }) => {
    const find = () => proxiesIn({ https_proxy: value })(mirror);
    expect(find).toThrow(DataError);
    expect(find).toThrow(/^https_proxy [^\n]+ such as http:\/\/proxy:3128\.$/);
    expect(find).toThrow(says);
    expect(find).not.toThrow(/secret/);
  });

  test("but only where it would be used", () => {
    const proxyFor = proxiesIn({ HTTP_PROXY: "ftp://proxy", HTTPS_PROXY: "proxy" });
    expect(proxyFor(mirror)).toMatchObject({ host: "proxy" });
    expect(() => proxyFor(plain)).toThrow("HTTP_PROXY");
  });
});

describe("the proxy of a request is", () => {
  test.each([
    { env: { HTTPS_PROXY: "a", HTTP_PROXY: "b" }, https: "a", http: "b" },
    { env: { HTTPS_PROXY: "a", https_proxy: "c" }, https: "c", http: undefined },
    { env: { HTTPS_PROXY: "a", https_proxy: "" }, https: "a", http: undefined },
    { env: { HTTP_PROXY: "b" }, https: "b", http: "b" },
    { env: { HTTPS_PROXY: "", HTTP_PROXY: "" }, https: undefined, http: undefined },
    { env: {}, https: undefined, http: undefined },
  ])("$https for https and $http for http where the environment is $env", (all) => {
    const proxyFor = proxiesIn(all.env);
    expect(proxyFor(mirror)?.host).toBe(all.https);
    expect(proxyFor(plain)?.host).toBe(all.http);
  });

  test.each([
    { list: "mirror.invalid", exempt: true },
    { list: "MIRROR.invalid", exempt: true },
    { list: "invalid", exempt: true },
    { list: ".invalid", exempt: true },
    { list: "*.invalid", exempt: true },
    { list: "*", exempt: true },
    { list: "elsewhere, *", exempt: true },
    { list: "elsewhere mirror.invalid:443", exempt: true },
    { list: "mirror.invalid:80", exempt: false },
    { list: "irror.invalid", exempt: false },
    { list: "mirror", exempt: false },
    { list: " , ", exempt: false },
    { list: "", exempt: false },
  ])("none for a host in NO_PROXY ($list): $exempt", ({ list, exempt }) => {
    const env = { HTTPS_PROXY: "proxy", NO_PROXY: list };
    expect(proxiesIn(env)(mirror) === undefined).toBe(exempt);
  });

  test.each(["::1", "[::1]", "[::1]:8443"])(
    "none for an address of IPv6 in NO_PROXY: %s",
    (list) => {
      const proxyFor = proxiesIn({ HTTPS_PROXY: "proxy", no_proxy: list });
      expect(proxyFor(new URL("https://[::1]:8443/"))).toBe(undefined);
      expect(proxyFor(new URL("https://[::2]:8443/"))).toBeDefined();
    },
  );
});
