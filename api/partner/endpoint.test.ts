import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { connect, endpoint, makePartner, type PartnerSystem, startPartner } from '../testing/partners.ts'
import { say, startWebServer } from '../testing/receivers.ts'
import { staff } from '../testing/staff.ts'
import { useEndpoint } from './actions/endpoint.ts'
import { endpointUrl, isGivenUp, wasAway } from './rules/endpoint.ts'

describe('the address of an endpoint', () => {
  test.each([
    ['https://partner.example.be/hook', true],
    ['https://partner.example.be:8443/hook?x=1', true],
    ['https://partner.example.be:1024', true],
    ['https://partner.example.be:22/', false],
    ['https://partner.example.be:25/', false],
    ['https://partner.example.be:80/', false],
    ['http://partner.example.be/', false],
    ['http://127.0.0.1:8080/', false],
    ['https://user@partner.example.be/', false],
    ['https://user:secret@partner.example.be/', false],
    ['https://partner.example.be/#part', false],
    ['ftp://partner.example.be/', false],
    ['file:///etc/passwd', false],
    ['partner.example.be', false],
    ['', false],
    [`https://partner.example.be/${'x'.repeat(500)}`, false],
  ])('%s: %s', (text, good) => {
    expect(endpointUrl(text, false) !== null).toBe(good)
  })

  test.each(['http://127.0.0.1:8080/hook', 'http://localhost:9/', 'http://[::1]:9/'])(
    'on this machine, %s, is taken where that is allowed only',
    (url) => {
      expect(endpointUrl(url, true)).toBe(new URL(url).href)
      expect(endpointUrl(url, false)).toBeNull()
    },
  )
})

test('an endpoint is given up after more than three days of failures, and was away after a minute', () => {
  const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
  expect([isGivenUp(null, NOW), isGivenUp(NOW, after(262_800)), isGivenUp(NOW, after(262_801))]).toEqual([false, false, true])
  expect([wasAway(null, NOW), wasAway(NOW, after(60)), wasAway(NOW, after(61))]).toEqual([false, false, true])
})

let app: TestApp
let system: PartnerSystem
let organizationId: string
let headers: Record<string, string>
beforeAll(async () => {
  app = await createTestApp({
    endpoints: {
      loopback: true,
      // Names that end so lead inside; no test asks the system's own resolver.
      find: ((name: string, _options: object, done: (error: Error | null, addresses: object[]) => void) =>
        done(null, [{ address: name.startsWith('inside') ? '10.0.0.7' : '169.254.169.254', family: 4 }])) as never,
    },
  })
  organizationId = await makePartner(app)
  headers = (await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })).headers
  system = await startPartner()
})
afterAll(async () => {
  await system.close()
  await app.close()
})
beforeEach(async () => {
  app.setTime(NOW)
  system.reset()
  await app.resetLimits()
  await app.db.partnerEndpoint.deleteMany()
})

describe('a partner’s administrator', () => {
  test('says where its system is, tells it the secret, and tests it', async () => {
    const made = await endpoint(app, headers, 'setEndpoint', { url: system.url })
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      test: { passed: false, code: 'http_401' },
      endpoint: { url: system.url, checkedAt: null, pausedAt: null, secrets: [{ endsAt: null }] },
    })
    system.secrets.splice(0, 9, made.secret)
    expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({
      passed: true,
      code: 'sent',
      endpoint: { checkedAt: NOW.toISOString() },
    })
    // Each test begins with a message that is signed with a secret that nobody has.
    expect(system.all.map(({ verified }) => verified)).toEqual([false, false, false, true])
    expect(system.all.at(-1)?.body).toEqual({ type: 'endpoint.test', timestamp: NOW.toISOString(), data: {} })
    expect(new Set(system.all.map(({ id }) => id)).size).toBe(4)
    const [stored] = await app.db.endpointSecret.findMany()
    expect(JSON.stringify(stored)).not.toContain(made.secret.slice(6))
    const told = await app.db.auditEvent.findFirst({ where: { action: 'endpoint.set' }, orderBy: { id: 'desc' } })
    expect(told).toMatchObject({ subjectId: organizationId, actor: expect.stringMatching(/^staff:/) })
  })

  test('has passed nothing with a system that takes what anybody could have signed', async () => {
    system.answer((_request, response) => say(response, 200))
    const made = await endpoint(app, headers, 'setEndpoint', { url: system.url })
    expect(made).toMatchObject({ test: { passed: false, code: 'not_verified' }, endpoint: { checkedAt: null } })
    system.secrets.splice(0, 9, made.secret)
    expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({
      passed: false,
      code: 'not_verified',
      endpoint: { checkedAt: null },
    })
  })

  test('changes the secret, and both are good for a day', async () => {
    await connect(app, headers, system)
    const [old = ''] = system.secrets
    const { secret, endpoint: after } = await endpoint(app, headers, 'rotateEndpointSecret')
    expect(secret).not.toBe(old)
    expect(after.secrets).toEqual([{ endsAt: null }, { endsAt: '2026-11-18T09:00:00.000Z' }])
    for (const known of [old, secret]) {
      system.secrets.splice(0, 9, known)
      expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({ passed: true })
    }
    app.setTime(new Date('2026-11-18T09:00:00.000Z'))
    await app.resetLimits()
    system.secrets.splice(0, 9, old)
    expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({ passed: false, code: 'http_401' })
    system.secrets.splice(0, 9, secret)
    expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({ passed: true, endpoint: { secrets: [{ endsAt: null }] } })
  })

  test('begins anew with another address: what was good before is good no more', async () => {
    const id = await connect(app, headers, system)
    const made = await endpoint(app, headers, 'setEndpoint', { url: `${system.url}other` })
    expect(made.endpoint).toMatchObject({ checkedAt: null, secrets: [{ endsAt: null }] })
    expect(made.endpoint.id).not.toBe(id)
    expect(await app.db.endpointSecret.count()).toBe(1)
    expect(await endpoint(app, headers, 'removeEndpoint')).toEqual({ __typename: 'EndpointRemoved', removed: true })
    expect(await app.db.endpointSecret.count()).toBe(0)
    expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({ __typename: 'NotFound' })
  })

  test('pauses, and goes on only with an endpoint that answers', async () => {
    await connect(app, headers, system)
    expect(await endpoint(app, headers, 'pauseEndpoint')).toMatchObject({ pausedAt: NOW.toISOString(), pausedWhy: 'by_hand' })
    system.answer((_request, response) => say(response, 500))
    expect(await endpoint(app, headers, 'resumeEndpoint')).toMatchObject({ __typename: 'Conflict', code: 'endpoint_fails' })
    system.reset()
    expect(await endpoint(app, headers, 'resumeEndpoint')).toMatchObject({ pausedAt: null, pausedWhy: null })
  })

  test('or who has the console: a test that is passed ends a pause, and leads cases there, and that is noted', async () => {
    const id = await connect(app, headers, system)
    await endpoint(app, headers, 'pauseEndpoint')
    await makePartner(app, { handOver: 'INBOX' })
    const parts = { db: app.db, keys: app.keys, now: NOW, endpoints: { loopback: true } }
    system.answer((_request, response) => say(response, 500))
    expect(await useEndpoint(parts, { organizationId, id, actor: 'system' })).toMatchObject({ passed: false, code: 'http_500' })
    expect(await app.db.partner.findUnique({ where: { organizationId } })).toMatchObject({ handOver: 'INBOX' })
    system.reset()
    for (let time = 0; time < 2; time++) {
      const { passed, endpoint: after } = await useEndpoint(parts, { organizationId, id, actor: 'system' })
      expect({ passed, pausedAt: after.pausedAt }).toEqual({ passed: true, pausedAt: null })
    }
    expect(await app.db.partner.findUnique({ where: { organizationId } })).toMatchObject({ handOver: 'WEBHOOK' })
    const noted = await app.db.auditEvent.findMany({ where: { actor: 'system', subjectId: organizationId }, orderBy: { id: 'asc' } })
    expect(noted.map(({ action }) => action)).toEqual(['endpoint.resumed', 'partner.set'])
  })

  test('cannot knock at doors without end', async () => {
    await connect(app, headers, system)
    for (let count = 2; count < 30; count++) await endpoint(app, headers, 'testEndpoint')
    const { errors } = await app.ask('mutation { testEndpoint(organization: "rwlp") { __typename } }', {}, headers)
    expect(errors?.[0]?.extensions.code).toBe('TOO_MANY_REQUESTS')
  })
})

describe('nobody else', () => {
  test.each([
    ['an administrator of another organization', 'ADMINISTRATOR', 'ville-de-liege', 'NotFound'],
    ['who works on its cases', 'PARTNER', 'rwlp', 'FORBIDDEN'],
    ['a supervisor of a line', 'SUPERVISOR', 'ville-de-liege', 'FORBIDDEN'],
  ] as const)('touches it: %s', async (_who, role, organization, answer) => {
    await connect(app, headers, system)
    const other = await staff(app, { role, organization })
    for (const call of [
      'testEndpoint(organization: "rwlp")',
      'rotateEndpointSecret(organization: "rwlp")',
      'pauseEndpoint(organization: "rwlp")',
      'resumeEndpoint(organization: "rwlp")',
      'removeEndpoint(organization: "rwlp")',
      'setEndpoint(input: { organization: "rwlp", url: "https://other.example.be" })',
    ]) {
      const { data, errors } = await app.ask(`mutation { ${call} { __typename } }`, {}, other.headers)
      expect(errors?.[0]?.extensions.code ?? Object.values<any>(data)[0].__typename).toBe(answer)
    }
    expect(await app.db.partnerEndpoint.findMany()).toMatchObject([{ url: system.url, pausedAt: null }])
  })

  test('nor a token: a key that gets lost must not lead cases elsewhere', async () => {
    await connect(app, headers, system)
    const { viewer } = await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })
    app.viewers.set('token', { ...viewer, kind: 'token' })
    const { errors } = await app.ask('mutation { testEndpoint(organization: "rwlp") { __typename } }', {}, { 'test-viewer': 'token' })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('has an endpoint who takes no cases over', async () => {
    const other = await staff(app, { role: 'ADMINISTRATOR', organization: 'ville-de-liege' })
    const set = endpoint(app, other.headers, 'setEndpoint', { organization: 'ville-de-liege', url: system.url })
    expect(await set).toMatchObject({ __typename: 'NotFound' })
  })
})

describe('an address inside', () => {
  test.each([
    'https://10.0.0.1/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest',
    'https://[::ffff:10.0.0.1]/',
    'http://10.0.0.1/',
    'https://0x0a000001/',
  ])('is refused as it is written: %s', async (url) => {
    const made = await endpoint(app, headers, 'setEndpoint', { url })
    expect(made).toMatchObject({ __typename: 'InvalidInput', problems: [{ path: ['input', 'url'], code: 'url_refused' }] })
    expect(await app.db.partnerEndpoint.count()).toBe(0)
  })

  test.each(['https://inside.example.be/', 'https://metadata.example.be/'])(
    'is not connected to when a name leads there: %s',
    async (url) => {
      expect(await endpoint(app, headers, 'setEndpoint', { url })).toMatchObject({ test: { passed: false, code: 'address_refused' } })
    },
  )

  test('is not reached by way of a redirect', async () => {
    let followed = 0
    const inside = await startWebServer((_request, response) => {
      followed++
      say(response, 200)
    })
    system.answer((_request, response) => say(response, 307, { location: inside.url }))
    expect(await endpoint(app, headers, 'setEndpoint', { url: system.url })).toMatchObject({ test: { passed: false, code: 'http_307' } })
    expect(followed).toBe(0)
    await inside.close()
  })
})

test('a system that closes at once, or speaks nonsense, has not passed', async () => {
  const closing = createServer((socket) => socket.on('error', () => {}).destroy())
  await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(closing.address() as { port: number }).port}/`
  expect(await endpoint(app, headers, 'setEndpoint', { url })).toMatchObject({ test: { passed: false, code: 'econnreset' } })
  closing.close()
})
