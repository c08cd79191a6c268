import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { loadSnapshot } from './load.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

/** What the widgets and the home page ask of everything there is. */
const EVERYTHING = `{
  lines { slug organization { name } menu { label service { name } } serviceAreas { name } }
  needs { label children { label } }
  audiences { label }
  services(first: 100) { totalCount edges { node { slug name organization { name } serviceAreas { name } locations { name } } } }
  faqEntries(first: 100) { totalCount edges { node { slug question answer owner { name } services { slug } related { slug } } } } }`

test('the demonstration content has no faults', async () => {
  expect((await loadSnapshot(app.db)).faults).toEqual([])
})

test('records without any text are left out with what cannot do without them, and the lists are answered', async () => {
  const before = await app.ask(EVERYTHING)
  expect(before.errors).toBeUndefined()
  const { db } = app
  await db.serviceTranslation.deleteMany({ where: { service: { slug: 'urgences-112' } } })
  await db.organizationTranslation.deleteMany({ where: { organization: { slug: 'tele-accueil' } } })
  await db.faqEntryTranslation.updateMany({ where: { faqEntry: { slug: 'a-la-rue-ce-soir' } }, data: { answer: null } })
  await db.needTranslation.deleteMany({ where: { needCode: 'food' } })
  await db.audienceTranslation.deleteMany({ where: { audience: { position: 0 } } })
  await db.communeTranslation.deleteMany({ where: { nisCode: '62063' } })
  await app.directory.refresh()

  const after = await app.ask(EVERYTHING)
  expect(after.errors).toBeUndefined()
  const slugs = ({ edges }: any) => edges.map(({ node }: any) => node.slug)
  expect(slugs(after.data.services)).not.toContain('urgences-112')
  expect(slugs(after.data.faqEntries)).not.toContain('a-la-rue-ce-soir')
  expect(after.data.services.totalCount).toBeLessThan(before.data.services.totalCount)
  expect(JSON.stringify(after.data.faqEntries)).not.toContain('urgences-112')
  expect(JSON.stringify(after.data.faqEntries)).not.toContain('a-la-rue-ce-soir')
  expect(after.data.audiences).toHaveLength(before.data.audiences.length - 1)
  expect(after.data.lines.map((line: any) => line.slug)).toEqual(
    expect.arrayContaining(['liege-solidaire', '1718', '112', 'prevention-suicide']),
  )

  const { faults } = await loadSnapshot(db)
  for (const line of faults) expect(line).toMatch(/^Content: [^\n]+\.$/)
  expect(faults).toEqual(
    expect.arrayContaining([
      'Content: service “urgences-112” has no text in any language: it is left out.',
      'Content: organization “tele-accueil” has no text in any language: it is left out.',
      'Content: question “a-la-rue-ce-soir” has no answer in any language: it is left out.',
      'Content: need “food” has no text in any language: it is left out.',
      'Content: commune “62063” has no text in any language: it is left out.',
      'Content: organization “cpas-liege” names the commune “62063”, which is not there: the link is left out.',
    ]),
  )
})
