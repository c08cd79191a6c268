/**
 * The application cannot start, for a reason the operator can do something about. The message is the one line `main.ts` prints before it
 * exits with status 1: it names the folder, the variable or the server, says what to do, and never contains a password.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}
