/** Where the database tells what it does; the console fits, and so does a pino logger. Lines hold no personal data. */
export type Log = {
  info(line: string): void
  warn(line: string): void
}
