import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

/** What a person types, and the slugs of services and questions that would help her, any of them. */
type Query = { language: 'FR' | 'DE' | 'NL' | 'EN'; text: string; expected: string[] }

const read = async (name: string): Promise<Query[]> =>
  JSON.parse(await readFile(new URL(`../../prisma/seed/queries/${name}.json`, import.meta.url), 'utf8'))

/** The search was made with the first ones in view; the others were written afterwards, and nothing was changed for them. */
const tuned = await read('tuned')
const heldBack = await read('held-back')

let app: TestApp
let found: ReadonlyMap<Query, boolean>
beforeAll(async () => {
  app = await createTestApp()
  found = new Map(await Promise.all([...tuned, ...heldBack].map(async (query) => [query, await isFound(query)] as const)))
})
afterAll(() => app.close())

/** Whether something expected is among the first three services or the first three questions. */
async function isFound({ text, expected }: Query): Promise<boolean> {
  const { data } = await app.ask(
    `query ($text: String!) {
      services(first: 3, filter: { search: $text }) { edges { node { slug } } }
      faqEntries(first: 3, filter: { search: $text }) { edges { node { slug } } }
    }`,
    { text },
  )
  return [...data.services.edges, ...data.faqEntries.edges].some(({ node }) => expected.includes(node.slug))
}

const recall = (queries: readonly Query[]) => queries.filter((query) => found.get(query)).length / queries.length

test('the queries are many, different, and expect what there is', () => {
  const all = [...tuned, ...heldBack]
  expect(all.length).toBeGreaterThanOrEqual(150)
  expect(new Set(all.map(({ text }) => text.toLowerCase())).size).toBe(all.length)
  expect(heldBack.length).toBeGreaterThanOrEqual(all.length / 3)
  const { servicesBySlug, faqEntriesBySlug } = app.directory.current()
  const unknown = all.flatMap(({ expected }) => expected).filter((slug) => !servicesBySlug.has(slug) && !faqEntriesBySlug.has(slug))
  expect(unknown).toEqual([])
})

describe('recall at 3', () => {
  test('is told', () => {
    const percent = (queries: Query[]) => `${(100 * recall(queries)).toFixed(1)} % of ${queries.length}`
    const lines = [`overall ${percent([...tuned, ...heldBack])}`, `in view ${percent(tuned)}`, `held back ${percent(heldBack)}`]
    for (const language of ['FR', 'DE', 'NL', 'EN'])
      lines.push(`${language} ${percent([...found.keys()].filter((q) => q.language === language))}`)
    const missed = [...found].filter(([, isFound]) => !isFound).map(([{ text }]) => `“${text}”`)
    console.info(`Recall at 3: ${lines.join(', ')}. Missed: ${missed.join(', ')}`)
    expect(found.size).toBe(tuned.length + heldBack.length)
  })

  test.each([
    ['of all queries', [...tuned, ...heldBack], 0.9],
    ['of those held back', heldBack, 0.9],
    ...(['FR', 'DE', 'NL', 'EN'] as const).map(
      (language) => [`in ${language}`, [...tuned, ...heldBack].filter((query) => query.language === language), 0.8] as const,
    ),
  ] as const)('%s', (_what, queries, least) => {
    expect(recall(queries)).toBeGreaterThanOrEqual(least)
  })
})
