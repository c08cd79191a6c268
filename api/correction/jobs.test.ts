import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { eraseOldMessages } from './jobs.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const SUGGEST = `mutation ($input: SuggestCorrectionInput!) { suggestCorrection(input: $input) { __typename } }`

test('the words of a report go after their time, and the report stays', async () => {
  const { data } = await app.ask('{ services(first: 1) { edges { node { slug } } } }')
  const service = data.services.edges[0].node.slug
  const input = { service, topic: 'CONTACT', message: 'Le numéro de ma mère ne répond pas.' }
  expect((await app.ask(SUGGEST, { input }, { 'passerelle-site': 'demo' })).data.suggestCorrection.__typename).toBe('CorrectionReceipt')
  const at = (days: number, ms = 0) => new Date(NOW.getTime() + days * 86_400_000 + ms)

  expect(await eraseOldMessages({ db: app.db, now: at(90, -1), days: 90 })).toBe(0)
  expect(await app.db.correction.findFirst()).toMatchObject({ messageSealed: expect.stringMatching(/^v1\./) })
  expect(await eraseOldMessages({ db: app.db, now: at(90), days: 90 })).toBe(1)
  expect(await app.db.correction.findMany()).toEqual([
    expect.objectContaining({ messageSealed: null, serviceSlug: service, topic: 'CONTACT', status: 'NEW', suggestedAt: NOW }),
  ])
  expect(await eraseOldMessages({ db: app.db, now: at(365), days: 90 })).toBe(0)
})
