/** Asks something of the database once for all who ask the same at the same time. */
export type Together = <T>(question: string, ask: () => Promise<T>) => Promise<T>

/**
 * Those who come while a question is being asked get the answer to it, and it is forgotten as soon as it is there: nobody hears anything that
 * was not so when, or after, somebody asked. So a flood of one question takes one connection to the database, and leaves the others to those
 * who write.
 */
export function openTogether(): Together {
  const asking = new Map<string, Promise<unknown>>()
  return <T>(question: string, ask: () => Promise<T>) => {
    const asked = asking.get(question) as Promise<T> | undefined
    if (asked) return asked
    const answer = ask().finally(() => asking.delete(question))
    asking.set(question, answer)
    return answer
  }
}
