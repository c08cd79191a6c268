import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as documents from '../../schema/generated/desk.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { emptyDesk, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ limited: false })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyDesk(app)
})

/** As the element sends it: in one line, by POST. */
async function say(headers: Record<string, string>, document: { toString(): string }, variables: object = {}) {
  const { data, errors } = await app.ask(document.toString().replace(/\s+/g, ' ').trim(), variables, headers)
  expect(errors).toBeUndefined()
  return data
}

test('a call from beginning to end with the documents of the element: within the bounds, and answered as it reads them', async () => {
  const { headers } = await staff(app, { name: 'Ada' })
  const { id } = await waiting(app, { message: 'Bonjour', need: 'food' })
  const { needs, lines } = await say(headers, documents.DeskStartDocument)
  expect(needs.length).toBeGreaterThan(10)
  expect(lines.find(({ slug }: { slug: string }) => slug === 'liege-solidaire')).toHaveProperty('targets')
  const now = await say(headers, documents.DeskNowDocument, { first: 100, filter: {}, order: 'QUEUE' })
  expect(now).toMatchObject({ deskNumbers: { waiting: 1, due: 1 }, callbackRequests: { totalCount: 1 }, myCall: null })

  expect(await say(headers, documents.DeskClaimNextDocument, { input: {} })).toMatchObject({
    result: { __typename: 'CallbackRequest', id, mine: true },
  })
  expect(await say(headers, documents.DeskNowDocument)).toMatchObject({ myCall: { id, words: 'Bonjour', notes: [] } })
  expect(await say(headers, documents.DeskRevealDocument, { id, reason: 'call' })).toMatchObject({ result: { __typename: 'Contact' } })
  expect(await say(headers, documents.DeskNoteDocument, { id, input: { text: 'Sans frigo.' } })).toMatchObject({
    result: { notes: [{ text: 'Sans frigo.', member: { name: 'Ada' } }] },
  })
  expect(await say(headers, documents.DeskKeepDocument, { id })).toMatchObject({ result: { mine: true } })
  expect(await say(headers, documents.DeskAttemptDocument, { id, input: { outcome: 'REACHED', key: 'a-key-of-one-call' } })).toMatchObject({
    result: { status: 'REACHED', mine: true },
  })
  const { findAid } = await say(headers, documents.DeskAidDocument, { situation: { needs: ['food'], postalCode: '4000' }, first: 12 })
  const { slug } = findAid.matches[0].service
  expect(await say(headers, documents.DeskOrientDocument, { id, input: { services: [slug] } })).toMatchObject({
    result: { referrals: [{ service: { slug }, sentBy: null }] },
  })
  expect(await say(headers, documents.DeskCloseDocument, { id, input: { outcome: 'REFERRED_ON' } })).toMatchObject({
    result: { status: 'CLOSED', mine: false, outcome: 'referred_on' },
  })
  expect(await say(headers, documents.DeskClaimDocument, { id })).toMatchObject({
    result: { __typename: expect.stringMatching(/Conflict|NotFound/) },
  })
  expect(await say(headers, documents.DeskReleaseDocument, { id })).toMatchObject({ result: { __typename: 'Conflict' } })
  const day = NOW.toISOString().slice(0, 10)
  expect(await say(headers, documents.DeskDayDocument, { day })).toMatchObject({
    callbackRequests: { edges: [{ node: { id, status: 'CLOSED' } }] },
  })
  expect(await say(headers, documents.DeskCommunesDocument, { search: 'Liège' })).toMatchObject({
    communes: expect.arrayContaining([expect.objectContaining({ name: 'Liège', nisCode: '62063' })]),
  })
})

test('what a supervisor sees and does with them', async () => {
  const { headers } = await staff(app, { role: 'SUPERVISOR' })
  const ada = await staff(app, { name: 'Ada' })
  const { id } = await waiting(app)
  await say(ada.headers, documents.DeskClaimDocument, { id })
  const { colleagues } = await say(headers, documents.DeskTeamDocument)
  expect(colleagues.find((one: { id: string }) => one.id === ada.viewer.id)).toMatchObject({ holds: { id, heldSince: NOW.toISOString() } })
  expect(await say(headers, documents.DeskRequestDocument, { id })).toMatchObject({
    callbackRequest: { holder: { name: 'Ada' }, mine: false },
  })
  expect(await say(headers, documents.DeskReassignDocument, { id, to: null })).toMatchObject({ result: { holder: null } })
  const { auditEvents } = await say(headers, documents.DeskAuditDocument, { id })
  const actions = auditEvents.edges.map(({ node }: { node: { action: string } }) => node.action)
  expect(actions).toEqual(expect.arrayContaining(['callback.requested', 'callback.claimed', 'callback.reassigned']))
  expect(
    await say(headers, documents.DeskTargetDocument, { input: { line: 'liege-solidaire', urgency: 'INFO', minutes: 90 } }),
  ).toMatchObject({
    result: { __typename: 'Line', targets: expect.arrayContaining([{ urgency: 'INFO', minutes: 90 }]) },
  })
})
