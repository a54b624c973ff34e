/** A server of https on this machine, with a certificate that it has signed itself. */
import { createServer } from "node:https";
import type { Server } from "node:net";
import { type Answer, listen } from "./server.js";

/** For localhost and 127.0.0.1, until 2126. */
export const certificate = `
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUF3F6xaTHwb7Bbb4Qpev48O8GqdAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAxMTM1NVoYDzIxMjYxMTAy
MDExMzU1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATquCZptr/SuMhMSiTN63/v/47EmcU3vg5tcwlQ5dvdW/MtOpAoxWdM
TJFu4nz8IKuoXZh33+6plPCUZgQsYqmRo28wbTAdBgNVHQ4EFgQUz7zAuAmhGY0m
iuYO+uS/2din8cYwHwYDVR0jBBgwFoAUz7zAuAmhGY0miuYO+uS/2din8cYwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAOsQn8PIP/oN9Aj1GSPIVd5mkqUjFDme1KiUQINCKXHvAiAe
xfkC2kcI4qsI1EE7FIemYfZaLTlYoxHT84hwPrvmbQ==
-----END CERTIFICATE-----
`;

/** Of no use to anyone but this test. */
const key = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6h/Ffy29lytwIUb9
gw1QRDG1XUEh91jHzvvLU9T8+n2hRANCAATquCZptr/SuMhMSiTN63/v/47EmcU3
vg5tcwlQ5dvdW/MtOpAoxWdMTJFu4nz8IKuoXZh33+6plPCUZgQsYqmR
-----END PRIVATE KEY-----
`;

/** Gives the same answer always. Its URL ends with a slash. */
export async function serveByTls(answer: Answer): Promise<string> {
  const server: Server = createServer({ key, cert: certificate }, answer);
  return `https://127.0.0.1:${await listen(server)}/`;
}
