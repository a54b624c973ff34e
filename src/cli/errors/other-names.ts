/** What flags are called elsewhere, where no likeness of the words leads to ours. */

const OURS: Readonly<Record<string, string>> = {
  "--early-stopping": "--patience",
  "--weight-decay": "--lambda",
  "--l2": "--lambda",
  "--nesterov": "--optimizer nesterov",
  "--adam": "--optimizer adam",
  "--rmsprop": "--optimizer rmsprop",
  "--layers": "--hidden",
  "--augment": "--elastic, --rotation, --shear, --scaling",
};

/** `try --patience`, for a message on an unknown flag; undefined if it is unknown here, too. */
export function oursFor(message: string): string | undefined {
  const flag = message.match(/'(--[\w-]+)(?:=[^']*)?'/)?.[1];
  return flag !== undefined && Object.hasOwn(OURS, flag) ? `try ${OURS[flag]}` : undefined;
}
