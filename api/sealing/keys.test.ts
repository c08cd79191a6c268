import { describe, expect, test } from 'vitest'
import { fingerprint, fingerprints, newKeyFile, readKeyFile } from './keys.ts'
import type { Keys } from './seal.ts'

const good = newKeyFile()
const read = (file: unknown) => readKeyFile(typeof file === 'string' ? file : JSON.stringify(file))

describe('a new key file', () => {
  test('can be read', () => {
    const keys = read(good) as Keys
    expect(keys.current).toBe('k1')
    expect([...keys.sealing.keys()]).toEqual(['k1'])
    expect(keys.sealing.get('k1')).toHaveLength(32)
    expect(keys.index).toHaveLength(32)
  })

  test('has keys of its own, each of them different', () => {
    const other = newKeyFile()
    expect(new Set([good.index, good.sealing.k1, other.index, other.sealing.k1]).size).toBe(4)
  })
})

test('an older key beside the present one is kept', () => {
  const keys = read({ ...good, current: 'k2', sealing: { ...good.sealing, k2: newKeyFile().sealing.k1 } }) as Keys
  expect([keys.current, ...keys.sealing.keys()]).toEqual(['k2', 'k1', 'k2'])
})

describe('a key file that cannot be used says why', () => {
  const short = Buffer.alloc(16).toString('base64')
  test.each<[what: string, file: unknown, problem: RegExp]>([
    ['empty', '', /not JSON/],
    ['cut off', JSON.stringify(good).slice(0, -2), /not JSON/],
    ['null', null, /must have/],
    ['a list', [], /must have/],
    ['a text', '"keys"', /must have/],
    ['without keys', { current: 'k1', index: good.index }, /must have/],
    ['with null for keys', { ...good, sealing: null }, /must have/],
    ['without an index key', { ...good, index: undefined }, /must have/],
    ['without a present key', { ...good, current: undefined }, /must have/],
    ['with an empty index key', { ...good, index: '' }, /32 bytes/],
    ['with a short index key', { ...good, index: short }, /32 bytes/],
    ['with a short sealing key', { ...good, sealing: { k1: short } }, /32 bytes/],
    ['with a short older key', { ...good, sealing: { ...good.sealing, k0: short } }, /32 bytes/],
    ['with a number for a key', { ...good, sealing: { k1: 5 } }, /32 bytes/],
    ['with no keys', { ...good, sealing: {} }, /no key “k1”/],
    ['with a present key that is not there', { ...good, current: 'k2' }, /no key “k2”/],
    ['with a dot in a name, which would break sealed values', { ...good, current: 'k.1', sealing: { 'k.1': good.sealing.k1 } }, /name/],
  ])('%s', (_what, file, problem) => {
    expect(read(file)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('without repeating a key', () => {
    const problem = JSON.stringify(read({ ...good, sealing: { k1: `${good.sealing.k1}AAAA` } }))
    expect(problem).not.toContain(good.sealing.k1?.slice(0, 8))
  })
})

describe('a fingerprint', () => {
  const keys = read(good) as Keys

  test('tells index keys apart, and nothing else', () => {
    expect(fingerprint(keys)).toMatch(/^[0-9a-f]{32}$/)
    expect(fingerprint({ ...keys, sealing: new Map() })).toBe(fingerprint(keys))
    expect(fingerprint(read(newKeyFile()) as Keys)).not.toBe(fingerprint(keys))
  })

  test('of each key says which one is another', () => {
    const other = { ...keys, sealing: new Map([['k1', Buffer.alloc(32, 9)]]) }
    expect([...fingerprints(keys).keys()]).toEqual(['index_key', 'sealing_key.k1'])
    expect(fingerprints(other).get('index_key')).toBe(fingerprint(keys))
    expect(fingerprints(other).get('sealing_key.k1')).not.toBe(fingerprints(keys).get('sealing_key.k1'))
  })
})
