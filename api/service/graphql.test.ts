import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const SLUG = 'tele-accueil'
const slugs = (connection: { edges: { node: { slug: string } }[] }) => connection.edges.map(({ node }) => node.slug)

/** The service with a status: itself, and the lists that may name it. */
async function as(status: 'ACTIVE' | 'INACTIVE' | 'DEFUNCT' | 'TEMPORARILY_CLOSED', language = 'fr') {
  await app.db.service.update({ where: { slug: SLUG }, data: { status } })
  await app.directory.refresh()
  const { data } = await app.ask(
    `query ($slug: String!) {
      service(slug: $slug) {
        status
        openingStatus { known open opensAt label }
        organization { services(first: 100) { edges { node { slug } } } }
      }
      services(first: 100) { edges { node { slug } } }
      open: services(first: 100, filter: { openNow: true }) { edges { node { slug } } }
      faqEntries(first: 1, filter: { service: $slug }) { edges { node { services { slug } } } }
    }`,
    { slug: SLUG },
    { 'accept-language': language },
  )
  const has = (list: string[]) => list.includes(SLUG)
  return {
    opening: data.service.openingStatus,
    listed: has(slugs(data.services)),
    open: has(slugs(data.open)),
    ofOrganization: has(slugs(data.service.organization.services)),
    ofQuestion: has(data.faqEntries.edges[0].node.services.map(({ slug }: { slug: string }) => slug)),
  }
}

test('a service round the clock is open', async () => {
  expect(await as('ACTIVE')).toMatchObject({ opening: { open: true }, listed: true, open: true, ofOrganization: true, ofQuestion: true })
})

test.each([
  ['fr', 'Fermé temporairement'],
  ['de', 'Vorübergehend geschlossen'],
  ['nl', 'Tijdelijk gesloten'],
  ['en', 'Temporarily closed'],
])('closed for a time, it is listed and says so in %s', async (language, label) => {
  expect(await as('TEMPORARILY_CLOSED', language)).toEqual({
    opening: { known: true, open: false, opensAt: null, label },
    listed: true,
    open: false,
    ofOrganization: true,
    ofQuestion: true,
  })
})

test('not given at present, it is in no search, and is named where it may come back', async () => {
  expect(await as('INACTIVE')).toMatchObject({
    opening: { open: false },
    listed: false,
    open: false,
    ofOrganization: true,
    ofQuestion: true,
  })
})

test('ended for good, it answers by its slug alone', async () => {
  expect(await as('DEFUNCT')).toMatchObject({
    opening: { open: false },
    listed: false,
    open: false,
    ofOrganization: false,
    ofQuestion: false,
  })
})

test('a rule that an editor broke is to be assessed', async () => {
  await app.db.service.update({ where: { slug: SLUG }, data: { status: 'ACTIVE', eligibility: { all: [{ ages: 3 }, null] } } })
  await app.directory.refresh()
  const { data, errors } = await app.ask(
    `{ service(slug: "${SLUG}") { eligibility(situation: { age: 30, postalCode: "4000" }) { verdict reasons } } }`,
  )
  expect(errors).toBeUndefined()
  expect(data.service.eligibility).toEqual({ verdict: 'TO_BE_ASSESSED', reasons: [] })
})
