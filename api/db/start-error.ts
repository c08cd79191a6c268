/**
 * The application cannot start, for a reason the operator can do something about. The message is the one line `main.ts` prints before it
 * exits with status 1: it names the folder, the variable or the server, says what to do, and never contains a password.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** A few words on one line about an error nobody has foreseen: a code when it has one, for messages of Prisma quote whole statements. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : `${error.name}: ${error.message.replace(/\s+/g, ' ').trim().slice(0, 200)}`
}
