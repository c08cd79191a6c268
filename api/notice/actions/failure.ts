/** What a failure is called in a row: the system's or the library's code, never a message, which may quote an address. */
export function failureCode(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code.toLowerCase() : 'failed'
}
