/** The proxies that the environment names, and which requests go through them. */
import { DataError } from "../errors.js";
import { basic } from "./credentials.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface HttpProxy {
  /** What of the environment names it. */
  readonly variable: string;
  /** Its URL, without name and password. */
  readonly origin: string;
  readonly host: string;
  /** The header Proxy-Authorization, if the variable has a name or a password. */
  readonly authorization: string | undefined;
}

/**
 * Tells which proxy a request goes through, if any: the one of HTTPS_PROXY or HTTP_PROXY, unless
 * NO_PROXY names the host. Names in lower case go first; HTTP_PROXY is also for https where there is
 * no other. It throws a {@link DataError} if the variable names no proxy that could be used.
 */
export function proxiesIn(env: Environment): (url: URL) => HttpProxy | undefined {
  const find = (name: string) => [name.toLowerCase(), name].find((each) => env[each]);
  return (url) => {
    const variable = (url.protocol === "https:" && find("HTTPS_PROXY")) || find("HTTP_PROXY");
    const exempt = env[find("NO_PROXY") ?? ""] ?? "";
    if (variable === undefined || isExempt(url, exempt)) return undefined;
    return proxyIn(variable, (env[variable] as string).trim());
  };
}

/** Scheme, name with password, and the rest: a password may have any sign in it, even a second @. */
const PARTS = /^(?:([a-z][a-z\d+.-]*):\/\/)?(?:(.*)@)?([^@]*)$/is;

/** What is wrong is said without the value, which may hold a password. */
function proxyIn(variable: string, value: string): HttpProxy {
  const [, scheme = "http", user, rest] = PARTS.exec(value) ?? [];
  if (!/^https?$/i.test(scheme)) {
    throw new DataError(
      `${variable} names a proxy by ${scheme}, and only http and https are known here: expected a URL such as http://proxy:3128.`,
    );
  }
  const address = `${scheme}://${rest}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.href !== `${url.origin}/`) {
    throw new DataError(
      `${variable} is not the URL of a proxy: expected one such as http://proxy:3128.`,
    );
  }
  const { origin, host } = url;
  return { variable, origin, host, authorization: user === undefined ? undefined : basic(user) };
}

/** Whether a list as in NO_PROXY has the host, or a domain that it is in, or `*`. */
function isExempt({ protocol, hostname, port }: URL, list: string): boolean {
  const asked = port || (protocol === "https:" ? "443" : "80");
  return list.split(/[\s,]+/).some((entry) => {
    const [, host = entry, only = asked] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    const name = bare(host).replace(/^\*?\./, "");
    if (name === "" || only !== asked) return false;
    return name === "*" || `.${bare(hostname)}`.endsWith(`.${name}`);
  });
}

/** In lower case; an address of IPv6 without its brackets. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}
