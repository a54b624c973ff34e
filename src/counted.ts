/** Numbers of things in sentences. */

/** 1 image, 2 images */
export function counted(n: number, thing: string, inWords: (n: number) => string = String): string {
  return `${inWords(n)} ${thing}${n === 1 ? "" : "s"}`;
}
