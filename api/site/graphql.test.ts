import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { staff } from '../testing/staff.ts'
import { revokeSite, saveSite } from './actions/console.ts'

let app: TestApp
let eva: Record<string, string>
let nora: Record<string, string>
let ada: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  eva = (await staff(app, { role: 'EDITOR', name: 'Eva' })).headers
  ada = (await staff(app, { role: 'ADMINISTRATOR', name: 'Ada' })).headers
  nora = (await staff(app, { role: 'EDITOR', organization: 'service-public-de-wallonie', name: 'Nora' })).headers
})
afterAll(() => app.close())

const FIELDS = `key name origins languages defaultLanguage theme radius version revokedAt callbacksPerHour organization { slug }
  colours { accent onAccent background text } contrasts { of ratio needed enough }`
const REFUSED =
  '... on InvalidInput { message problems { path code message } } ... on Conflict { code holderName message } ... on NotFound { message }'

/** Another process may have the machine meanwhile. */
const PATIENT = { timeout: 15_000 }

let made = 0
const given = (more: object = {}) => ({
  organization: 'ville-de-liege',
  name: `Site ${++made}`,
  origins: [`https://site-${made}.example`],
  languages: ['FR', 'DE'],
  ...more,
})
const create = async (input: object, headers = eva) =>
  (
    await app.ask(
      `mutation ($input: CreateSiteInput!) { createSite(input: $input) { __typename ... on Site { ${FIELDS} } ${REFUSED.replace(/\.\.\. on (Conflict|NotFound).*/, '')} } }`,
      { input },
      headers,
    )
  ).data.createSite
const change = async (input: object, headers = eva) =>
  (
    await app.ask(
      `mutation ($input: ChangeSiteInput!) { changeSite(input: $input) { __typename ... on Site { ${FIELDS} } ${REFUSED} } }`,
      { input },
      headers,
    )
  ).data.changeSite
const revoke = async (key: string, headers = eva) =>
  (
    await app.ask(
      'mutation ($key: ID!) { revokeSite(key: $key) { __typename ... on Site { key revokedAt version } ... on NotFound { message } } }',
      { key },
      headers,
    )
  ).data.revokeSite
const keys = async (headers: Record<string, string>) =>
  ((await app.ask('{ sites { key } }', {}, headers)).data.sites as { key: string }[]).map(({ key }) => key)

/** A request to be called back from a page: refused for its input, unless the key is refused before. */
const knocks = async (site: string, origin: string) => {
  const answer = await app.ask(
    'mutation { suggestCorrection(input: { topic: OTHER, message: "" }) { __typename } }',
    {},
    { origin, 'passerelle-site': site },
  )
  return answer.errors?.[0]?.extensions.code ?? answer.data.suggestCorrection.__typename
}

describe('a site', () => {
  test('is made with a key from its name, and its pages may speak at once', async () => {
    const site = await create(given({ name: 'Centre d’accueil Été', origins: ['https://www.été.example/'] }))
    expect(site).toMatchObject({
      __typename: 'Site',
      key: 'centre-d-accueil-ete',
      origins: ['https://www.xn--t-9fab.example'],
      defaultLanguage: 'FR',
      theme: 'PAGE',
      colours: null,
      contrasts: [],
      version: 1,
      callbacksPerHour: 60,
      organization: { slug: 'ville-de-liege' },
    })
    await vi.waitFor(async () => expect(await knocks(site.key, 'https://www.xn--t-9fab.example')).not.toMatch(/SITE|ORIGIN/), PATIENT)
    expect(await knocks(site.key, 'https://evil.example')).toBe('ORIGIN_NOT_ALLOWED')
  })

  test('twice the same is one; ten at once are one', async () => {
    const input = given()
    const all = await Promise.all(Array.from({ length: 10 }, () => create(input)))
    expect(new Set(all.map(({ key }) => key)).size).toBe(1)
    expect(await create({ ...input, languages: ['NL'] })).toMatchObject({ problems: [{ path: ['input', 'name'], code: 'name_taken' }] })
  })

  test('of the same name for another organization gets another key', async () => {
    const input = given({ name: 'Namesake' })
    expect((await create(input)).key).toBe('namesake')
    expect((await create({ ...input, organization: 'service-public-de-wallonie' }, nora)).key).toBe('namesake-2')
  })

  test('everything that is wrong is told at once, in the language asked for', async () => {
    const { problems } = await create(given({ name: '', origins: ['http://a.be', 'https://*.b.be'], organization: 'rwlp' }), {
      ...eva,
      'accept-language': 'de',
    })
    expect(problems.map(({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`)).toEqual([
      'input.name required',
      'input.origins.0 origin_insecure',
      'input.origins.1 origin_wildcard',
      'input.organization unknown',
    ])
    expect(problems[1].message).toContain('https')
    expect(problems[2].message).toContain('Sternchen')
  })

  test('is one of twenty at most: each has a quota of its own', async () => {
    const { id } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
    await app.db.site.createMany({
      data: Array.from({ length: 20 }, (_, at) => ({
        key: `full-${at}`,
        name: `Full ${at}`,
        origins: [],
        defaultLanguage: 'FR' as const,
        organizationId: id,
      })),
    })
    const { headers } = await staff(app, { role: 'EDITOR', organization: 'rwlp' })
    expect(await create(given({ organization: 'rwlp' }), headers)).toMatchObject({ problems: [{ code: 'too_many' }] })
    await revoke('full-0', headers)
    expect(await create(given({ organization: 'rwlp' }), headers)).toMatchObject({ __typename: 'Site' })
  })
})

describe('a change', () => {
  test('of colours is checked, told in numbers, and taken back by null', async () => {
    const { key, version } = await create(given())
    const colours = { accent: '#7A1F5C', onAccent: '#ffffff', background: '#ffffff', text: '#20282c' }
    const changed = await change({ key, version, colours, radius: 4, languages: ['DE'], defaultLanguage: 'DE' })
    expect(changed).toMatchObject({ version: 2, radius: 4, languages: ['DE'], colours: { ...colours, accent: '#7a1f5c' } })
    expect(changed.contrasts.map(({ of, enough }: { of: string; enough: boolean }) => `${of} ${enough}`)).toEqual([
      'onAccent true',
      'text true',
      'error true',
      'accent true',
    ])
    const refused = await change({ key, version: 2, colours: { ...colours, onAccent: '#8a4a75' } })
    expect(refused.problems).toMatchObject([{ path: ['input', 'colours', 'onAccent'], code: 'contrast_on_accent' }])
    expect(refused.problems[0].message).toMatch(/contraste de \d,\d : 1/)
    expect(await change({ key, version: 2, colours: null })).toMatchObject({ version: 3, colours: null, radius: 4 })
  })

  test('from an older look is refused, and says who was faster', async () => {
    const { key } = await create(given())
    expect(await change({ key, version: 1, radius: 2 }, ada)).toMatchObject({ version: 2 })
    expect(await change({ key, version: 1, radius: 3 })).toMatchObject({ __typename: 'Conflict', code: 'site_changed', holderName: 'Ada' })
    // The same once more, as by a double click, is no other change.
    expect(await change({ key, version: 1, radius: 2 }, ada)).toMatchObject({ version: 2 })
  })

  test('of twenty at once from the same look one is stored', async () => {
    const { key } = await create(given())
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => change({ key, version: 1, radius: at })))
    expect(all.filter(({ __typename }) => __typename === 'Site')).toHaveLength(1)
    expect((await app.db.site.findUniqueOrThrow({ where: { key } })).version).toBe(2)
  })

  test('cannot give a name that another site has', async () => {
    const [one, other] = [await create(given()), await create(given())]
    expect(await change({ key: one.key, version: 1, name: other.name })).toMatchObject({ problems: [{ code: 'name_taken' }] })
  })
})

describe('a revoked key', () => {
  test('is refused at once, for good, whoever asks, and its origin is no longer known', async () => {
    const { key, origins } = await create(given())
    const [origin] = origins
    await vi.waitFor(async () => expect(await knocks(key, origin)).not.toMatch(/SITE|ORIGIN/), PATIENT)
    const preflight = () => app.fetch('/graphql', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    expect((await preflight()).headers.get('access-control-allow-origin')).toBe(origin)

    const revoked = await revoke(key, ada)
    expect(revoked).toMatchObject({ __typename: 'Site', version: 2 })
    await vi.waitFor(async () => expect(await knocks(key, origin)).toBe('UNKNOWN_SITE'), PATIENT)
    expect((await preflight()).headers.get('access-control-allow-origin')).toBeNull()
    expect((await app.fetch(`/embed/finder?site=${key}`)).headers.get('content-security-policy')).toContain("frame-ancestors 'none'")

    expect(await revoke(key)).toMatchObject({ revokedAt: revoked.revokedAt, version: 2 })
    expect(await change({ key, version: 2, radius: 1 })).toMatchObject({ code: 'site_revoked' })
    expect((await app.ask(`{ site(key: "${key}") { revokedAt } }`, {}, eva)).data.site.revokedAt).toBe(revoked.revokedAt)
  })

  test('is given to nobody else, though its name is free again', async () => {
    const input = given({ name: 'Phoenix' })
    await create(input)
    await revoke('phoenix')
    expect(await create(input)).toMatchObject({ key: 'phoenix-2', name: 'Phoenix' })
  })

  test('can be ended from the console, but for the one of programs; it is not brought back there either', async () => {
    await saveSite(app.db, { key: 'console', name: 'Console', origin: ['https://console.example'] })
    await revokeSite(app.db, 'console', new Date())
    await vi.waitFor(async () => expect(await knocks('console', 'https://console.example')).toBe('UNKNOWN_SITE'), PATIENT)
    await expect(saveSite(app.db, { key: 'console', name: 'Again' })).rejects.toThrow(/revoked/)
    await expect(revokeSite(app.db, 'nobody', new Date())).rejects.toThrow(/no site/)
    await expect(revokeSite(app.db, 'direct', new Date())).rejects.toThrow(/programs/)
  })
})

test('a site of the operator is given to an organization from the console', async () => {
  await saveSite(app.db, { key: 'given', name: 'Given', origin: ['https://given.example'] })
  expect(await keys(eva)).not.toContain('given')
  await saveSite(app.db, { key: 'given', organization: 'ville-de-liege' })
  expect(await keys(eva)).toContain('given')
  await expect(saveSite(app.db, { key: 'given', organization: 'nobody' })).rejects.toThrow(/no organization/)
})

describe('whose sites somebody looks after', () => {
  test('those of her organization, as editor and as administrator, and not those of others', async () => {
    const { key } = await create(given())
    expect(await keys(eva)).toContain(key)
    expect(await keys(ada)).toContain(key)
    expect(await keys(nora)).not.toContain(key)
    expect((await app.ask(`{ site(key: "${key}") { key } }`, {}, nora)).data.site).toBeNull()
    expect(await change({ key, version: 1, radius: 1 }, nora)).toMatchObject({ __typename: 'NotFound' })
    expect(await revoke(key, nora)).toMatchObject({ __typename: 'NotFound' })
    expect(await revoke('direct')).toMatchObject({ __typename: 'NotFound' })
    expect(await revoke('demo')).toMatchObject({ __typename: 'NotFound' })
  })

  test('those of organizations that hers keeps', async () => {
    const kept = await app.db.organization.findFirstOrThrow({ where: { keeper: { slug: 'service-public-de-wallonie' } } })
    const { key } = await create(given({ organization: kept.slug }), nora)
    expect(await keys(nora)).toContain(key)
    expect(await create(given({ organization: kept.slug }))).toMatchObject({ problems: [{ code: 'unknown' }] })
  })

  test('an administrator of the whole installation has all, the operator’s too, but never that of programs', async () => {
    const { viewer, headers } = await staff(app, { role: 'ADMINISTRATOR' })
    app.viewers.set(viewer.id, { ...viewer, memberships: [{ organizationId: null, role: 'ADMINISTRATOR' }] })
    expect(await keys(headers)).toContain('demo')
    expect(await keys(headers)).not.toContain('direct')
  })

  test.each(['AGENT', 'SUPERVISOR', 'PARTNER'] as const)('%s has none', async (role) => {
    const { headers } = await staff(app, { role })
    expect((await app.ask('{ sites { key } }', {}, headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('what was done to a site, and by whom, is written down', async () => {
    const { key } = await create(given())
    await change({ key, version: 1, radius: 1 })
    await revoke(key, ada)
    const { id } = await app.db.site.findUniqueOrThrow({ where: { key } })
    const events = await app.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
    expect(events.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      `site.created staff:${eva['test-viewer']}`,
      `site.changed staff:${eva['test-viewer']}`,
      `site.revoked staff:${ada['test-viewer']}`,
    ])
  })
})
