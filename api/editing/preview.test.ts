import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'
import { editing, LINE_CONTENT } from '../testing/editing.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let eva: { headers: Record<string, string> }
let other: { headers: Record<string, string> }
let edit: ReturnType<typeof editing>
let line: any
let shelter: any
beforeAll(async () => {
  app = await createTestApp()
  eva = await staff(app, { role: 'EDITOR', name: 'Eva Peeters' })
  other = await staff(app, { role: 'EDITOR', organization: 'rwlp' })
  edit = editing(app)
  // A new service, and key 7 of the line that leads to it, in French and German: neither is published.
  shelter = await edit.saveService(
    {
      content: {
        slug: 'logement-d-urgence',
        organization: 'ville-de-liege',
        status: 'ACTIVE',
        languages: ['FR', 'DE'],
        needs: ['housing'],
        source: 'liege.be',
        url: 'https://www.liege.be',
        eligibility: { any: [{ age: { min: 65 } }, { audience: 'isolated' }] },
        hours: [{ days: ['MO', 'TU'], opens: '09:00', closes: '12:00' }],
        texts: [
          { language: 'FR', name: 'Logement d’urgence', description: 'Un toit pour quelques nuits.' },
          { language: 'DE', name: 'Notunterkunft', description: 'Ein Dach für einige Nächte.' },
        ],
      },
    },
    eva.headers,
  )
  const { id } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
  const { content, version } = await edit.record(id, eva.headers, LINE_CONTENT)
  const key = {
    key: 7,
    kind: 'SERVICE',
    service: 'logement-d-urgence',
    label: [
      { language: 'FR', text: 'Logement d’urgence' },
      { language: 'DE', text: 'Notunterkunft' },
    ],
  }
  line = await edit.saveLine({ id, version, content: { ...content, menu: [...content.menu, key] } }, eva.headers)
})
afterAll(() => app.close())

const MENU = '{ line(slug: "liege-solidaire") { menu { position label service { slug name } } } about { contentVersion } }'
const menuOf = async (headers: Record<string, string> = {}) => {
  const { data, errors, ...rest } = await app.ask(MENU, {}, headers)
  return { ...rest, errors, last: data?.line.menu.at(-1), version: data?.about.contentVersion }
}
const previewing = (id: string, language = 'fr') => ({ ...eva.headers, 'passerelle-preview': id, 'accept-language': language })

describe('a preview', () => {
  test('shows the editor the record as it would be published, with the drafts that it leads to, in each language', async () => {
    const before = await menuOf()
    expect((await menuOf(previewing(line.id))).last).toEqual({
      position: 7,
      label: 'Logement d’urgence',
      service: { slug: 'logement-d-urgence', name: 'Logement d’urgence' },
    })
    const german = await menuOf(previewing(line.id, 'de'))
    expect(german.last).toMatchObject({ label: 'Notunterkunft', service: { name: 'Notunterkunft' } })
    expect(german.version).toMatch(/\.preview$/)
    // Nothing of it stays, and nothing of it is for others.
    expect(await menuOf()).toEqual({ ...before, headers: expect.anything() })
    expect(await app.db.service.count({ where: { slug: 'logement-d-urgence' } })).toBe(0)
    expect((await menuOf(eva.headers)).last).toEqual(before.last)
  })

  test('answers as the finder asks: found by its need, with its verdict and its hours', async () => {
    const query = `{ findAid(situation: { needs: ["housing"], nisCode: "62063", age: 70 }) {
      matches { service { slug openingStatus { label } } eligibility { verdict } } } }`
    const { data, errors } = await app.ask(query, {}, previewing(shelter.id))
    expect(errors).toBeUndefined()
    const match = data.findAid.matches.find(({ service }: any) => service.slug === 'logement-d-urgence')
    expect(match).toMatchObject({
      service: { openingStatus: { label: expect.stringContaining('12 h') } },
      eligibility: { verdict: 'ELIGIBLE' },
    })
    await app.unmet.flush()
    expect(await app.db.unmetNeed.count()).toBe(0)
  })

  test('changes with the draft', async () => {
    const { content, version } = await edit.record(line.id, eva.headers, LINE_CONTENT)
    const menu = content.menu.map((entry: any) => (entry.key === 7 ? { ...entry, key: 8 } : entry))
    await edit.saveLine({ id: line.id, version, content: { ...content, menu } }, eva.headers)
    expect((await menuOf(previewing(line.id))).last.position).toBe(8)
  })

  test('is never kept, whoever asks in whatever way', async () => {
    const get = await app.fetch(`/graphql?${new URLSearchParams({ query: MENU })}`, { headers: previewing(line.id) })
    expect([get.status, get.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await get.text()).toContain('urgence')
    for (let time = 0; time < 5; time++) {
      const { headers, last } = await menuOf()
      expect([headers.get('cache-control'), last.service?.slug]).not.toContain('logement-d-urgence')
    }
  })

  test.each<[string, () => Record<string, string>, number, string]>([
    ['nobody', () => ({}), 401, 'UNAUTHENTICATED'],
    ['an editor of others', () => other.headers, 404, 'NOT_FOUND'],
  ])('is refused to %s', async (_who, headers, status, code) => {
    const answer = await menuOf({ ...headers(), 'passerelle-preview': line.id })
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([status, code])
  })

  test('of an agent, of a record that is not there, and of what is no id, is refused alike', async () => {
    const agent = await staff(app, { role: 'AGENT' })
    for (const headers of [
      { ...agent.headers, 'passerelle-preview': line.id },
      previewing('00000000-0000-4000-8000-000000000000'),
      previewing('x; drop table'),
    ])
      expect((await menuOf(headers)).status).toBe(404)
  })

  test('stores nothing: who sends a change with it is refused', async () => {
    const input = { id: shelter.id, version: shelter.version }
    const mutation = 'mutation ($input: PublishContentInput!) { publishContent(input: $input) { __typename } }'
    expect((await app.ask(mutation, { input }, previewing(line.id))).status).toBe(404)
    expect((await edit.record(shelter.id, eva.headers)).publishedVersion).toBeNull()
  })

  test('may not be asked for by pages of others', async () => {
    const preflight = await app.fetch('/graphql', {
      method: 'OPTIONS',
      headers: { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'passerelle-preview' },
    })
    expect(preflight.headers.get('access-control-allow-headers')).not.toContain('passerelle-preview')
  })
})

test('once both are published the finder shows them', async () => {
  const refused = await edit.publish({ id: line.id, version: (await edit.record(line.id, eva.headers)).version }, eva.headers)
  expect(refused.problems.map(({ code }: any) => code)).toEqual(['target_unpublished'])
  await edit.publish({ id: shelter.id, version: shelter.version }, eva.headers)
  const { version } = await edit.record(line.id, eva.headers)
  expect(await edit.publish({ id: line.id, version }, eva.headers)).toMatchObject({ state: 'PUBLISHED' })
  await expect.poll(async () => (await menuOf({ 'accept-language': 'de' })).last.service?.name).toBe('Notunterkunft')
})
