/** What is said of a page that is served, for those who want to see it. */
import { isIP } from "node:net";
import { hostname } from "node:os";
import { visible } from "../terminal/visible.js";

/**
 * How to reach the page from the machine that one sits at, if that is another one; else undefined.
 *
 * @param env SSH_CONNECTION has the addresses and ports of the client and of this machine
 */
export function tunnelHint(port: number, env: NodeJS.ProcessEnv): string | undefined {
  const { SSH_CONNECTION: connection } = env;
  if (connection === undefined || connection === "") return undefined;
  const [, , address = "", sshPort] = connection.split(" ");
  const host = isIP(address) === 0 ? visible(hostname()) : address;
  const at = sshPort === undefined || sshPort === "22" ? "" : `-p ${Number(sshPort)} `;
  return `to see it over SSH, say this on your machine first: ssh ${at}-L ${port}:127.0.0.1:${port} ${host}`;
}
