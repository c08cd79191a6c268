import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeLink } from '../escalation/actions/link.ts'
import { openCaseDoor } from '../escalation/actions/link-door.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { handOver } from '../testing/partners.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let administrator: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
let everywhere: Record<string, string>
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  administrator = await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })
  worker = await staff(app, { role: 'PARTNER', organization: 'rwlp' })
  const { viewer, headers } = await staff(app, { role: 'ADMINISTRATOR' })
  app.viewers.set(viewer.id, { ...viewer, memberships: [{ organizationId: null, role: 'ADMINISTRATOR' }] })
  everywhere = headers
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.db.partner.deleteMany({ where: { organization: { slug: { not: 'rwlp' } } } })
})

const SHOWN = `organization { slug } accepting capacity openCases needs { code } languages areas { kind code name } handOver`
const own = async (headers: Record<string, string>, more = '') =>
  (await app.ask(`{ partners { ${SHOWN} ${more} } }`, {}, { ...headers, 'accept-language': 'fr' })).data.partners
const INPUT = {
  organization: 'rwlp',
  accepting: true,
  capacity: 12,
  needs: ['housing'],
  languages: ['FR', 'NL'],
  areas: [],
  handOver: 'INBOX',
}
const set = async (headers: Record<string, string>, input: object = {}) =>
  (
    await app.ask(
      `mutation ($input: SetPartnerInput!) { setPartner(input: $input) {
        __typename ... on Partner { ${SHOWN} email } ... on InvalidInput { problems { path code } } ... on UserError { message } } }`,
      { input: { ...INPUT, ...input } },
      { ...headers, 'accept-language': 'fr' },
    )
  ).data.setPartner

test('RWLP takes over for Wallonia in the demonstration', async () => {
  expect(await own(worker.headers)).toEqual([
    {
      organization: { slug: 'rwlp' },
      accepting: true,
      capacity: 40,
      openCases: 0,
      needs: [],
      languages: ['FR'],
      areas: [{ kind: 'REGION', code: 'wallonie', name: 'Wallonie' }],
      handOver: 'INBOX',
    },
  ])
})

describe('what an organization takes over', () => {
  test('is set by its administrator, all of it, and stands in the trail', async () => {
    const areas = [
      { kind: 'COMMUNE', code: '62063' },
      { kind: 'COUNTRY', code: 'BE' },
    ]
    expect(await set(administrator.headers, { areas, email: ' cas@rwlp.example ', handOver: 'EMAIL' })).toMatchObject({
      __typename: 'Partner',
      capacity: 12,
      needs: [{ code: 'housing' }],
      languages: ['FR', 'NL'],
      areas: [
        { kind: 'COMMUNE', code: '62063', name: 'Liège' },
        { kind: 'COUNTRY', code: 'BE', name: 'Belgique' },
      ],
      handOver: 'EMAIL',
      email: 'cas@rwlp.example',
    })
    expect(await set(administrator.headers, { capacity: null, needs: [] })).toMatchObject({
      capacity: null,
      needs: [],
      areas: [],
      email: null,
    })
    const { id } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
    expect(await app.db.auditEvent.count({ where: { action: 'partner.set', subjectId: id, actor: administrator.viewer.actor } })).toBe(2)
  })

  test('is not set by its case worker, and not by the administrator of others', async () => {
    const other = await staff(app, { role: 'ADMINISTRATOR' })
    expect(await set(other.headers)).toMatchObject({ __typename: 'NotFound' })
    const { errors } = await app.ask(
      'mutation ($input: SetPartnerInput!) { setPartner(input: $input) { __typename } }',
      { input: INPUT },
      worker.headers,
    )
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('a new partner is made by who administers the whole installation', async () => {
    const other = await staff(app, { role: 'ADMINISTRATOR', organization: 'relais-sociaux' })
    expect(await set(other.headers, { organization: 'relais-sociaux' })).toMatchObject({ __typename: 'NotFound' })
    expect(await set(everywhere, { organization: 'relais-sociaux' })).toMatchObject({ organization: { slug: 'relais-sociaux' } })
    expect(await set(other.headers, { organization: 'relais-sociaux', accepting: false })).toMatchObject({ accepting: false })
    expect((await own(everywhere)).map((one: any) => one.organization.slug).sort()).toEqual(['relais-sociaux', 'rwlp'])
    expect((await own(other.headers)).map((one: any) => one.organization.slug)).toEqual(['relais-sociaux'])
  })

  test.each([
    ['no room at all', { capacity: 0 }, ['input', 'capacity'], 'out_of_range'],
    ['a need that there is not', { needs: ['housing', 'nothing'] }, ['input', 'needs', '1'], 'unknown'],
    ['a commune that there is not', { areas: [{ kind: 'COMMUNE', code: '99999' }] }, ['input', 'areas', '0', 'code'], 'unknown'],
    ['a province that there is not', { areas: [{ kind: 'PROVINCE', code: 'x' }] }, ['input', 'areas', '0', 'code'], 'unknown'],
    ['a region that there is not', { areas: [{ kind: 'REGION', code: 'x' }] }, ['input', 'areas', '0', 'code'], 'unknown'],
    ['an address that is none', { email: 'nobody' }, ['input', 'email'], 'email_malformed'],
    ['links without an address', { handOver: 'EMAIL' }, ['input', 'email'], 'required'],
    ['messages without an endpoint', { handOver: 'WEBHOOK' }, ['input', 'handOver'], 'endpoint_missing'],
  ])('is refused with %s', async (_what, input, path, code) => {
    expect(await set(administrator.headers, input)).toMatchObject({ problems: [{ path, code }] })
  })

  test('a token does not change where cases go, but all else', async () => {
    await set(administrator.headers, { handOver: 'EMAIL', email: 'cas@rwlp.example' })
    app.viewers.set('token', { ...administrator.viewer, kind: 'token', actor: 'token:none', scopes: ['READ', 'WRITE'] })
    const token = { 'test-viewer': 'token' }
    const ask = async (input: object) =>
      app.ask('mutation ($input: SetPartnerInput!) { setPartner(input: $input) { __typename } }', { input: { ...INPUT, ...input } }, token)
    for (const input of [
      { handOver: 'EMAIL', email: 'thief@example.org' },
      { handOver: 'INBOX', email: 'cas@rwlp.example' },
      { email: null },
    ])
      expect((await ask(input)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await ask({ handOver: 'EMAIL', email: 'cas@rwlp.example', capacity: 3 })).data.setPartner).toEqual({ __typename: 'Partner' })
    expect(await app.db.partner.findMany()).toMatchObject([{ handOver: 'EMAIL', email: 'cas@rwlp.example', capacity: 3 }])
  })

  test('another address, or no more mails, and the links that went out before open nothing', async () => {
    const ways = [
      { handOver: 'EMAIL', email: 'cas@rwlp.example' },
      { handOver: 'EMAIL', email: 'neuf@rwlp.example' },
      { handOver: 'INBOX' },
    ]
    const { id } = await handOver(app)
    const isGood = async (input: object) => {
      const { link } = await makeLink(app.db, { escalationId: id, origin: 'https://passerelle.example', now: NOW })
      await set(administrator.headers, input)
      const door = openCaseDoor({ ...app, directory: app.directory.current(), now: new Date(NOW.getTime() + 1) })
      return (await door.look(link.split('/').at(-1) as string)) !== null
    }
    await set(administrator.headers, ways[0])
    // What has nothing to do with it changes no link.
    expect(await isGood({ ...ways[0], accepting: false })).toBe(true)
    for (const way of ways.slice(1)) expect(await isGood(way)).toBe(false)
    await app.db.escalation.deleteMany()
  })

  test('where its links go is for its own administrator', async () => {
    await set(administrator.headers, { email: 'cas@rwlp.example' })
    expect(await own(administrator.headers, 'email')).toMatchObject([{ email: 'cas@rwlp.example' }])
    const { errors } = await app.ask('{ partners { email } }', {}, worker.headers)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
