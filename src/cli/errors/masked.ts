/** Passwords on the command line, which messages must not repeat. */

/** What may be a name and a password before a host, with or without `https://` before it. */
const CREDENTIALS = /(?<=:\/\/)[^\s'"]*@|[^\s'"/=]*:(?!\/\/)[^\s'"]*@/g;

/** `ftp://me:secret@host/` → `ftp://…@host/` */
export function masked(text: string): string {
  return text.replace(CREDENTIALS, "…@");
}
