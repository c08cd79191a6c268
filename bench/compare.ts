import { type Ask, bodyOf, headersOf, type Question } from './queries.ts'

/** Asks once. @throws Error with the answer when it is not 200 or tells of errors */
export async function answerTo(url: string, question: Question, ask: Ask): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: headersOf(ask), body: bodyOf(question, ask) })
  const text = await response.text()
  if (response.status !== 200 || 'errors' in (JSON.parse(text) as object)) {
    throw new Error(`${url} answers ${response.status} to ${question} ${JSON.stringify(ask)}: ${text.slice(0, 500)}`)
  }
  return text
}

/**
 * Makes sure that all servers give the same data.
 * @returns how many answers were compared with the first server's
 * @throws Error with the question and the two answers that differ
 */
export async function compareAnswers(
  servers: Map<string, { url: string }>,
  asks: readonly { question: Question; ask: Ask }[],
): Promise<number> {
  const [[firstName, first] = [], ...others] = servers
  if (!first || others.length === 0) return 0
  for (const { question, ask } of asks) {
    const expected = sorted(await answerTo(first.url, question, ask))
    for (const [name, { url }] of others) {
      const present = sorted(await answerTo(url, question, ask))
      if (present !== expected) {
        const at = [...expected].findIndex((character, index) => character !== present[index])
        const part = (text: string) => text.slice(Math.max(0, at - 150), at + 150)
        throw new Error(
          `${name} and ${firstName} do not give the same data for ${question} ${JSON.stringify(ask)}:\n${part(present)}\n${part(expected)}`,
        )
      }
    }
  }
  return asks.length * others.length
}

/** JSON with its keys in order: their order says nothing. */
const sorted = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
