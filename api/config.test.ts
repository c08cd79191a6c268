import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isLoopback, ownOrigins, readConfig } from './config.ts'
import { StartError } from './db/start-error.ts'

describe('without any variable', () => {
  test('it is a trial on this machine, with the demonstration', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: resolve('.data'),
      databaseUrl: undefined,
      seed: 'demo',
      publicUrl: undefined,
      keysFile: resolve('.data/keys.json'),
      limits: true,
      endpointsLoopback: false,
      linkChecks: false,
      trustedProxy: { hops: 0 },
      retention: { closedDays: 30, unreachedDays: 14, escalatedDays: 90, correctionDays: 90 },
      log: { level: 'info', format: undefined },
      providers: [],
      alone: true,
      crashAt: null,
    })
  })

  test('empty and blank ones are none', () => {
    const names = ['HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'SEED', 'PUBLIC_URL', 'KEYS_FILE', 'LIMITS', 'TRUSTED_PROXY']
    for (const blank of ['', '  ']) expect(readConfig(Object.fromEntries(names.map((name) => [name, blank])))).toEqual(readConfig({}))
  })
})

describe('a variable is read', () => {
  test.each<[env: NodeJS.ProcessEnv, expected: object]>([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: ' 8080 ' }, { port: 8080 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ SEED: 'reference' }, { seed: 'reference' }],
    [{ SEED: 'none' }, { seed: 'none' }],
    [{ DATABASE_URL: 'postgresql://u:p@db:5432/passerelle' }, { databaseUrl: 'postgresql://u:p@db:5432/passerelle' }],
    [{ DATABASE_URL: 'postgres://db/passerelle' }, { databaseUrl: 'postgres://db/passerelle' }],
    [{ DATA_DIR: '/var/lib/passerelle' }, { dataDir: '/var/lib/passerelle', keysFile: '/var/lib/passerelle/keys.json' }],
    [{ DATA_DIR: 'here' }, { dataDir: resolve('here'), keysFile: resolve('here/keys.json') }],
    [
      { DATA_DIR: '/data', KEYS_FILE: '/run/secrets/keys' },
      { dataDir: '/data', keysFile: '/run/secrets/keys' },
    ],
    [{ PUBLIC_URL: 'https://aide.example.be' }, { publicUrl: 'https://aide.example.be' }],
    [{ PUBLIC_URL: 'https://aide.example.be//' }, { publicUrl: 'https://aide.example.be' }],
    [{ PUBLIC_URL: 'http://aide.example.be:8080' }, { publicUrl: 'http://aide.example.be:8080' }],
    [{ LIMITS: 'off' }, { limits: false }],
    [{ LIMITS: 'off', HOST: '::1' }, { limits: false }],
    [{ LIMITS: 'on', HOST: '0.0.0.0' }, { limits: true }],
    [{ ENDPOINTS_LOOPBACK: 'on' }, { endpointsLoopback: true }],
    [{ LINK_CHECKS: 'on' }, { linkChecks: true }],
    [{ SEED: 'none' }, { linkChecks: true }],
    [{ SEED: 'none', LINK_CHECKS: 'off' }, { linkChecks: false }],
    [{ ENDPOINTS_LOOPBACK: 'off', HOST: '0.0.0.0' }, { endpointsLoopback: false }],
    [{ RETENTION_CLOSED_DAYS: '1' }, { retention: { closedDays: 1, unreachedDays: 14, escalatedDays: 90, correctionDays: 90 } }],
    [{ RETENTION_UNREACHED_DAYS: '3650', RETENTION_ESCALATED_DAYS: '2' }, { retention: { unreachedDays: 3_650, escalatedDays: 2 } }],
    [{ RETENTION_CORRECTION_DAYS: ' 7 ' }, { retention: { correctionDays: 7 } }],
    [{ TRUSTED_PROXY: '2' }, { trustedProxy: { hops: 2 } }],
    [{ TRUSTED_PROXY: '10.0.0.0/8, 192.0.2.1,fd00::/8' }, { trustedProxy: { networks: ['10.0.0.0/8', '192.0.2.1', 'fd00::/8'] } }],
  ])('%j', (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected)
  })

  test('a public address becomes the origin that browsers send', () => {
    expect(readConfig({ PUBLIC_URL: 'HTTPS://Aide.Example.BE:443/' }).publicUrl).toBe('https://aide.example.be')
  })
})

describe('a wrong variable is refused in one line that names it', () => {
  test.each<[env: Record<string, string>]>([
    [{ PORT: 'http' }],
    [{ PORT: '-1' }],
    [{ PORT: '65536' }],
    [{ PORT: '4000.5' }],
    [{ PORT: '0x10' }],
    [{ PORT: '999999' }],
    [{ HOST: 'http://localhost' }],
    [{ HOST: 'a b' }],
    [{ SEED: 'all' }],
    [{ SEED: 'Demo' }],
    [{ DATABASE_URL: 'mysql://u:p@db/x' }],
    [{ DATABASE_URL: 'postgresql://' }],
    [{ DATABASE_URL: 'db:5432' }],
    [{ PUBLIC_URL: 'aide.example.be' }],
    [{ PUBLIC_URL: 'https://aide.example.be/aide' }],
    [{ PUBLIC_URL: 'ftp://aide.example.be' }],
    [{ PUBLIC_URL: 'https://' }],
    [{ PUBLIC_URL: 'https://aide.example.be?x' }],
    [{ PUBLIC_URL: 'https://user@aide.example.be' }],
    [{ PUBLIC_URL: 'https://aide.example.be:99999' }],
    [{ LIMITS: 'no' }],
    [{ ENDPOINTS_LOOPBACK: 'yes' }],
    [{ LINK_CHECKS: 'weekly' }],
    [{ ENDPOINTS_LOOPBACK: 'on', HOST: '0.0.0.0' }],
    [{ ENDPOINTS_LOOPBACK: 'on', HOST: '192.0.2.1' }],
    [{ LIMITS: 'off', HOST: '0.0.0.0' }],
    [{ LIMITS: 'off', HOST: '192.0.2.1' }],
    [{ RETENTION_CLOSED_DAYS: '0' }],
    [{ RETENTION_CLOSED_DAYS: '3651' }],
    [{ RETENTION_UNREACHED_DAYS: '-1' }],
    [{ RETENTION_ESCALATED_DAYS: 'never' }],
    [{ RETENTION_CORRECTION_DAYS: '1.5' }],
    [{ TRUSTED_PROXY: 'all' }],
    [{ TRUSTED_PROXY: '11' }],
    [{ TRUSTED_PROXY: '10.0.0.0/33' }],
    [{ TRUSTED_PROXY: '10.0.0.0/8,' }],
    [{ TRUSTED_PROXY: 'proxy.example.be' }],
  ])('%j', (env) => {
    const [name] = Object.keys(env)
    expect(() => readConfig(env)).toThrow(StartError)
    expect(() => readConfig(env)).toThrow(new RegExp(`^${name} [^\\n]+$`))
  })

  test('but a database address is not repeated: it holds a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://u:hunter2@db/x' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    )
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.10', false],
  ['localhost.example.be', false],
  ['127.0.0.1.example.be', false],
])('only this machine reaches %s: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

describe('the server’s own origins', () => {
  const of = (env: NodeJS.ProcessEnv) => ownOrigins(readConfig(env), 4000)

  test('on this machine are all its names, the configured one first', () => {
    expect(of({})).toEqual(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])
    expect(of({ HOST: 'localhost' })[0]).toBe('http://localhost:4000')
    expect(of({ HOST: '::1' })[0]).toBe('http://[::1]:4000')
  })

  test('behind a proxy are the public one first', () => {
    expect(of({ PUBLIC_URL: 'https://aide.example.be', HOST: '10.0.0.5' })).toEqual(['https://aide.example.be', 'http://10.0.0.5:4000'])
  })

  test.each(['0.0.0.0', '::'])('on every address (%s) are the names of this machine, one that a browser can open first', (HOST) => {
    expect(of({ HOST })).toEqual(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])
    expect(of({ HOST, PUBLIC_URL: 'https://aide.example.be' })[0]).toBe('https://aide.example.be')
    expect(isLoopback(HOST)).toBe(false)
  })

  test('follow the port the system chose', () => {
    expect(ownOrigins(readConfig({ PORT: '0' }), 51_234)[0]).toBe('http://127.0.0.1:51234')
  })
})
