/** The security policy of the page where it is not the command that serves it. */

/** @param hosts besides the page's own, those that may be asked for data */
export function policy(hosts: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    ["connect-src 'self'", ...hosts].join(" "),
    "worker-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
