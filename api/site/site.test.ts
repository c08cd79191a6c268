import { describe, expect, test } from 'vitest'
import { SiteRefused } from '../errors.ts'
import { identifySite, originAllowed, originKnown, readSite, type ServerPlace, type Site } from './rules/site.ts'

const OWN = 'https://aide.example.be'
const online: ServerPlace = { ownOrigins: new Set([OWN]), loopback: false }
const trial: ServerPlace = { ownOrigins: new Set(['http://127.0.0.1:4000', 'http://localhost:4000']), loopback: true }

const site = (key: string, ...origins: string[]): Site => ({ id: `id of ${key}`, key, origins, callbacksPerHour: 60 })
const rivage = site('rivage', 'https://www.rivage.be')
const demo = site('demo', 'self', 'loopback')
const direct = site('direct')
const sites = new Map([rivage, demo, direct].map((one) => [one.key, one]))

describe('origins of a site', () => {
  test.each<[what: string, site: Site, origin: string, place: ServerPlace, allowed: boolean]>([
    ['its own page', rivage, 'https://www.rivage.be', online, true],
    ['the same name without encryption', rivage, 'http://www.rivage.be', online, false],
    ['a name above', rivage, 'https://rivage.be', online, false],
    ['a name below', rivage, 'https://a.www.rivage.be', online, false],
    ['a name that only begins the same', rivage, 'https://www.rivage.be.evil.example', online, false],
    ['another port', rivage, 'https://www.rivage.be:8443', online, false],
    ['other case', rivage, 'https://WWW.RIVAGE.BE', online, false],
    ['a path', rivage, 'https://www.rivage.be/', online, false],
    ['the server’s own page, not named', rivage, OWN, online, false],
    ['nothing at all', rivage, '', online, false],
    ['the server’s own page by “self”', demo, OWN, online, true],
    ['another page by “self”', demo, 'https://www.rivage.be', online, false],
    ['the word “self” itself', demo, 'self', online, false],
    ['the word “loopback” itself', demo, 'loopback', trial, false],
    ['this machine by “loopback”, while trying things out', demo, 'http://localhost:5173', trial, true],
    ['this machine by its address', demo, 'http://127.0.0.1', trial, true],
    ['this machine by its other address', demo, 'http://[::1]:8080', trial, true],
    ['this machine, once the server listens to others', demo, 'http://localhost:5173', online, false],
    ['a page that claims the name of this machine', demo, 'http://localhost.evil.example', trial, false],
    ['a page that hides behind the name of this machine', demo, 'http://localhost:80@evil.example', trial, false],
    ['a file or a sandbox', demo, 'null', trial, false],
    ['a site without origins', direct, 'https://www.rivage.be', trial, false],
  ])('%s', (_what, one, origin, place, allowed) => {
    expect(originAllowed(one, origin, place)).toBe(allowed)
  })

  test('“null” never may, even where somebody wrote it down', () => {
    expect(originAllowed({ origins: ['null'] }, 'null', online)).toBe(false)
  })
})

test('a preflight knows the origins of all sites together', () => {
  expect(originKnown(sites, 'https://www.rivage.be', online)).toBe(true)
  expect(originKnown(sites, OWN, online)).toBe(true)
  expect(originKnown(sites, 'https://evil.example', online)).toBe(false)
  expect(originKnown(new Map(), OWN, online)).toBe(false)
})

describe('the site a request speaks for', () => {
  const identify = (key: string | null, origin: string | null) => identifySite(sites, { key, origin, place: online })
  const refusal = (key: string | null, origin: string | null) => {
    try {
      identify(key, origin)
      return null
    } catch (error) {
      return error instanceof SiteRefused ? error.code : error
    }
  }

  test('a page names its own site', () => {
    expect(identify('rivage', 'https://www.rivage.be')).toBe(rivage)
  })

  test('a program without a page names a site, or speaks for itself', () => {
    expect(identify('rivage', null)).toBe(rivage)
    expect(identify(null, null)).toBe(direct)
  })

  test.each([
    ['a key that does not exist', 'rivages', null, 'UNKNOWN_SITE'],
    ['an empty key', '', null, 'UNKNOWN_SITE'],
    ['a key that every object has', '__proto__', null, 'UNKNOWN_SITE'],
    ['a page that names no site', null, OWN, 'UNKNOWN_SITE'],
    ['a page with the key of another', 'rivage', 'https://evil.example', 'ORIGIN_NOT_ALLOWED'],
    ['a page that takes itself for a program', 'direct', 'https://evil.example', 'ORIGIN_NOT_ALLOWED'],
    ['a sandbox', 'demo', 'null', 'ORIGIN_NOT_ALLOWED'],
  ])('%s is refused', (_what, key, origin, code) => {
    expect(refusal(key, origin)).toBe(code)
  })
})

describe('what an operator says of a site', () => {
  const stored = {
    key: 'rivage',
    name: 'Commune de Rivage',
    origins: ['https://www.rivage.be'],
    defaultLanguage: 'DE',
    callbacksPerHour: 200,
  } as const
  test.each([
    [
      'a new one',
      { key: 'rivage', name: 'Rivage', origin: ['https://rivage.be/', 'self'] },
      null,
      { key: 'rivage', name: 'Rivage', origins: ['https://rivage.be', 'self'], defaultLanguage: 'FR', callbacksPerHour: 60 },
    ],
    ['another language', { key: 'rivage', language: 'nl' }, stored, { ...stored, defaultLanguage: 'NL' }],
    ['another quota', { key: 'rivage', quota: '500' }, stored, { ...stored, callbacksPerHour: 500 }],
    ['other origins', { key: 'rivage', origin: ['http://localhost:8080'] }, stored, { ...stored, origins: ['http://localhost:8080'] }],
  ])('%s', (_what, options, before, result) => {
    expect(readSite(options, before && { ...before, origins: [...before.origins] })).toEqual(result)
  })

  test.each([
    ['a key with a space', { key: 'ri vage', name: 'x' }, /ri vage/],
    ['an origin with a path', { key: 'rivage', name: 'x', origin: ['https://rivage.be/aide'] }, /without a path/],
    ['no web address', { key: 'rivage', name: 'x', origin: ['rivage.be'] }, /rivage\.be/],
    ['the origin of local files', { key: 'rivage', name: 'x', origin: ['null'] }, /null/],
    ['an unknown language', { key: 'rivage', name: 'x', language: 'es' }, /fr, de, nl or en/],
    ['a quota of nothing', { key: 'rivage', name: 'x', quota: '0' }, /1 to 999999/],
    ['a quota in words', { key: 'rivage', name: 'x', quota: 'many' }, /“many”/],
    ['a new site without a name', { key: 'rivage' }, /--name/],
  ])('%s is refused in one line', (_what, options, line) => {
    expect(readSite(options, null)).toEqual({ problem: expect.stringMatching(line) })
  })
})
