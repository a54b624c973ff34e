/** Names and passwords in URLs, which are sent to whom they are for, and never printed. */

/** The header that tells `name:password`, percent-encoded or not (RFC 7617). */
export function basic(user: string): string {
  const [, name = "", password = ""] = /^([^:]*):?(.*)$/s.exec(user) ?? [];
  const text = [name, password].map(decoded).join(":");
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

/** A URL without name and password; any other text as it is. */
export function withoutCredentials(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.username === "" && url.password === "")) return text;
  url.username = "";
  url.password = "";
  return url.href;
}

/** The header for a server that a URL has a name or a password for. */
export function authorizationIn({ username, password }: URL): string | undefined {
  return username || password ? basic(`${username}:${password}`) : undefined;
}

/** As it is where it was not encoded: `50%` is a password, too. */
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
