/** What need not be there. */

/**
 * What an action gives; undefined where the system says that there is no such file.
 *
 * @param also other codes of the system that mean this
 */
export async function ifThere<T>(
  action: () => Promise<T>,
  ...also: readonly string[]
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || also.includes(code)) return undefined;
    throw error;
  }
}
