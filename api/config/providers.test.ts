import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-providers-'))
})
afterAll(() => rm(folder, { recursive: true }))

const LIEGE = {
  id: 'liege',
  label: 'Ville de Liège',
  organization: 'ville-de-liege',
  issuer: 'https://login.liege.example/',
  clientId: 'passerelle',
  clientSecret: 'something that is secret',
}

async function read(text: string, env: NodeJS.ProcessEnv = {}) {
  const path = join(folder, 'providers.json')
  await writeFile(path, text)
  return readConfig({ OIDC_FILE: path, ...env }).providers
}

describe('the identity providers', () => {
  test('are none without a file', () => {
    expect(readConfig({}).providers).toEqual([])
  })

  test('are read, the issuer without a slash at its end', async () => {
    expect(await read(JSON.stringify([LIEGE]))).toEqual([{ ...LIEGE, issuer: 'https://login.liege.example' }])
    const local = { ...LIEGE, issuer: 'http://127.0.0.1:9000' }
    expect(await read(JSON.stringify([local]), { HOST: '0.0.0.0', PUBLIC_URL: 'https://aide.example.be' })).toEqual([local])
  })

  test.each<[string, unknown, RegExp, NodeJS.ProcessEnv?]>([
    ['no JSON', 'x', /it is not JSON/],
    ['no list', {}, /a list of providers/],
    ['a field missing', [{ ...LIEGE, clientSecret: '' }], /the 1\. provider has no “clientSecret”/],
    ['an odd id', [{ ...LIEGE, id: 'Liège/x' }], /small letters, digits and hyphens/],
    ['the id of passwords', [{ ...LIEGE, id: 'credential' }], /small letters, digits and hyphens/],
    ['an id twice', [LIEGE, LIEGE], /two providers are called “liege”/],
    ['an issuer that is no address', [{ ...LIEGE, issuer: 'liege' }], /is no address/],
    ['an issuer without https elsewhere', [{ ...LIEGE, issuer: 'http://login.liege.example' }], /must begin with https/],
    ['a way back without https', [LIEGE], /must be over https/, { HOST: '0.0.0.0' }],
    ['a public way back without https', [LIEGE], /must be over https/, { PUBLIC_URL: 'http://aide.example.be' }],
  ])('are refused in one line, without the secret: %s', async (_what, content, line, env) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    await expect(read(text, env)).rejects.toThrow(line)
    await expect(read(text, env)).rejects.not.toThrow(/something that is secret/)
  })

  test('must be in a file that can be read', () => {
    expect(() => readConfig({ OIDC_FILE: join(folder, 'missing.json') })).toThrow(/cannot be read \(ENOENT\)/)
  })
})

describe('only this machine reaches the server', () => {
  test.each<[NodeJS.ProcessEnv, boolean]>([
    [{}, true],
    [{ HOST: '::1' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '192.0.2.1' }, false],
    [{ PUBLIC_URL: 'https://aide.example.be' }, false],
    [{ PUBLIC_URL: 'http://localhost:4000' }, true],
    [{ TRUSTED_PROXY: '1' }, false],
    [{ TRUSTED_PROXY: '10.0.0.0/8' }, false],
  ])('%o: %s', (env, alone) => {
    expect(readConfig(env).alone).toBe(alone)
  })
})
