import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Visitor } from '../testing/browser.ts'
import { plainText } from '../testing/pages.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, runCommand, startServer } from '../testing/server.ts'
import { codeOf, PASSWORD, secretOf, signIn } from '../testing/staff.ts'

/** The built server on an embedded database, as a newcomer starts it; `npm test` builds it first. */
let folder: string
let env: { DATA_DIR: string }
beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'data'))
  env = { DATA_DIR: join(folder, 'data') }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const linkOf = (text: string) => /\/invitation\/[\w-]{43}/.exec(text)?.[0]
const visit = ({ address }: RunningServer) =>
  new Visitor({ origin: address, fetch: (path, init) => fetch(`${address}${path}`, { ...init, redirect: 'manual' }) })
const who = async ({ address }: RunningServer, headers: Record<string, string>) => {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { name memberships { role } } }' }),
  })
  return { status: response.status, viewer: ((await response.json()) as any).data?.viewer }
}

test('the first administrator, the staff, other systems and the demonstration', { timeout: 420_000 }, async () => {
  let server = await startServer({ ...env, LOG_LEVEL: 'error' })
  const first = linkOf(server.output()) as string
  // One that starts beside it takes nothing from it.
  const beside = await startServer(env)
  expect(linkOf(beside.output())).toBeUndefined()
  expect(beside.output()).toContain('told less than a minute ago, by another start')
  await beside.stop()
  const cookie = await signIn(server.address)
  expect((await who(server, { cookie })).viewer).toEqual({ name: 'Ana Lambert', memberships: [{ role: 'AGENT' }] })

  // Beside the running server, which knows at once.
  const made = await runCommand(
    'token',
    ['--role', 'supervisor', '--organization', 'ville-de-liege', '--days', '7', '--name', 'Numbers'],
    env,
  )
  const token = /^psl_\w{12}_[\w-]{43}$/m.exec(made.output)?.[0] as string
  expect((await who(server, { authorization: `Bearer ${token}` })).viewer.name).toBe('Numbers')
  const list = await runCommand('token', ['--list'], env)
  expect(list.output).toContain(token.slice(4, 16))
  expect(list.output).not.toContain(token.slice(17))
  expect((await runCommand('token', ['--revoke', token], env)).code).toBe(0)
  expect((await who(server, { authorization: `Bearer ${token}` })).status).toBe(401)
  expect((await runCommand('token', ['--revoke', token], env)).output).toContain('There is no token')
  expect((await runCommand('token', ['--rule', 'x'], env)).code).toBe(1)

  const partner = (...args: string[]) => runCommand('partner', ['--organization', 'relais-sociaux', ...args], env)
  const housing = await partner('--needs', 'housing', '--area', 'commune:62063', '--capacity', '5')
  expect(housing.output).toContain('relais-sociaux  open  housing  commune:62063  fr  5 at a time  inbox')
  expect((await partner('--state', 'stopped')).output).toContain('relais-sociaux  stopped  housing  commune:62063  fr  5 at a time  inbox')
  expect(await partner('--needs', 'gold')).toMatchObject({ code: 1, output: expect.stringMatching(/needs 0: .*gold/) })
  expect(await partner('--hand-over', 'webhook')).toMatchObject({ code: 1, output: expect.stringMatching(/handOver: /) })

  const invited = await runCommand('invite', ['--email', 'ines@liege.example', '--role', 'agent', '--organization', 'ville-de-liege'], env)
  expect(plainText((await visit(server).get(linkOf(invited.output) as string, { 'accept-language': 'en' })).page)).toContain(
    'invited as agent',
  )
  expect((await runCommand('invite', ['--email', 'ines@liege.example'], env)).output).toContain('--role is missing')

  const visitor = visit(server)
  const { page } = await visitor.post(first, { name: 'Ada', email: 'ada@liege.example.be', password: PASSWORD })
  const done = await visitor.post('/account/second-factor', { code: codeOf(secretOf(page)) })
  expect(done.page.match(/<code>\w{5}-\w{5}<\/code>/g)).toHaveLength(10)
  expect((await who(server, { cookie: visitor.cookie })).viewer).toEqual({ name: 'Ada', memberships: [{ role: 'ADMINISTRATOR' }] })

  // She lost her telephone: the one who has the console leads her back.
  const back = await runCommand('invite', ['--email', 'ada@liege.example.be', '--reset'], env)
  const path = /\/account\/recovery\/[\w-]{43}/.exec(back.output)?.[0] as string
  const again = visit(server)
  await again.post(path, { password: PASSWORD })
  expect((await who(server, { cookie: visitor.cookie })).viewer).toBeNull()
  const { page: anew } = await again.post('/sign-in', { email: 'ada@liege.example.be', password: PASSWORD })
  await again.post('/account/second-factor', { code: codeOf(secretOf(anew)) })
  expect((await who(server, { cookie: again.cookie })).viewer.name).toBe('Ada')
  expect((await runCommand('invite', ['--email', 'nobody@liege.example', '--reset'], env)).output).toContain('can be recovered')
  await server.stop()

  // Others can reach it now: the accounts that everybody knows are gone, the others are not, and cookies are for https.
  server = await startServer({ ...env, PUBLIC_URL: 'https://aide.example.be' })
  try {
    expect(linkOf(server.output())).toBeUndefined()
    const seen = await fetch(`${server.address}/sign-in`)
    expect(await seen.text()).not.toContain('essai-sans-risque')
    await expect(signIn(server.address)).rejects.toThrow('422')
    expect((await who(server, { cookie })).viewer).toBeNull()
    const secure = cookie.replace('passerelle.', '__Host-passerelle.')
    expect((await who(server, { cookie: secure })).viewer).toBeNull()
    const entered = await fetch(`${server.address}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ada@liege.example.be', password: PASSWORD }),
      redirect: 'manual',
    })
    expect(entered.headers.get('location')).toBe('/sign-in/code')
    expect(entered.headers.getSetCookie().at(-1)).toMatch(/^__Host-passerelle\.two_factor=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    // Her session in the old cookie's place, by the new name: the same session.
    const moved = again.cookie.replace('passerelle.', '__Host-passerelle.')
    expect((await who(server, { cookie: moved })).viewer.name).toBe('Ada')
  } finally {
    await server.stop()
  }
})
