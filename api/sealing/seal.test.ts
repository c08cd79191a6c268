import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blindIndex, type Keys, seal, unseal } from './seal.ts'

const key = (byte: number) => Buffer.alloc(32, byte)
const keys: Keys = {
  current: 'k2',
  sealing: new Map([
    ['k1', key(1)],
    ['k2', key(2)],
  ]),
  index: key(3),
}
const place = { table: 'callback_request', column: 'phone', row: '0193' }
const PHONE = '+32475987654'

describe('a sealed text', () => {
  test('opens in its place, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), fc.uuid(), (text, row) => {
        expect(unseal(keys, seal(keys, text, { ...place, row }), { ...place, row })).toBe(text)
      }),
    )
  })

  test('shows neither the text nor, a second time, itself', () => {
    const sealed = seal(keys, PHONE, place)
    expect(sealed).toMatch(/^v1\.k2\.[\w-]{16}\.[\w-]{16}\.[\w-]{22}$/)
    expect(sealed).not.toContain(PHONE.slice(3))
    expect(seal(keys, PHONE, place)).not.toBe(sealed)
  })

  test.each([
    ['row', { row: '0194' }],
    ['column', { column: 'name' }],
    ['table', { table: 'escalation' }],
  ])('does not open in another %s', (_what, elsewhere) => {
    expect(() => unseal(keys, seal(keys, PHONE, place), { ...place, ...elsewhere })).toThrow()
  })

  test('opens with an older key while that is still here, and not after', () => {
    const sealed = seal({ ...keys, current: 'k1' }, PHONE, place)
    expect(unseal(keys, sealed, place)).toBe(PHONE)
    const rotated = { ...keys, sealing: new Map([['k2', key(2)]]) }
    expect(() => unseal(rotated, sealed, place)).toThrow('no key k1')
  })

  test('does not open with another key of the same name', () => {
    expect(() => unseal({ ...keys, sealing: new Map([['k2', key(9)]]) }, seal(keys, PHONE, place), place)).toThrow()
  })

  test('is not made with a key that is not here', () => {
    expect(() => seal({ ...keys, current: 'k3' }, PHONE, place)).toThrow('no key k3')
  })
})

describe('an altered value is refused', () => {
  const sealed = seal(keys, PHONE, place)
  const parts = sealed.split('.')

  test.each([
    ['the initialization vector', 2],
    ['the ciphertext', 3],
    ['the tag', 4],
  ])('in any bit of %s', (_what, index) => {
    const bytes = Buffer.from(parts[index] as string, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(() => unseal(keys, parts.with(index, altered.toString('base64url')).join('.'), place)).toThrow()
    }
  })

  test.each([4, 8, 12, 13, 14, 15])('with a tag cut to %i bytes, which would be guessed sooner', (length) => {
    const tag = Buffer.from(parts[4] as string, 'base64url').subarray(0, length)
    expect(() => unseal(keys, parts.with(4, tag.toString('base64url')).join('.'), place)).toThrow()
  })

  test.each([
    ['nothing', ''],
    ['the text itself', PHONE],
    ['without its tag', parts.slice(0, 4).join('.')],
    ['with an empty tag', parts.with(4, '').join('.')],
    ['with something behind it', `${sealed}.AAAA`],
    ['of another version', parts.with(0, 'v2').join('.')],
    ['of another key', parts.with(1, 'k1').join('.')],
    ['of an unknown key', parts.with(1, 'k9').join('.')],
    ['of no key', parts.with(1, '').join('.')],
    ['of a key that every object has', parts.with(1, '__proto__').join('.')],
    ['with an empty vector', parts.with(2, '').join('.')],
    ['cut off', sealed.slice(0, -4)],
  ])('%s', (_what, altered) => {
    expect(() => unseal(keys, altered, place)).toThrow()
  })

  test('and the failure does not repeat it', () => {
    for (const altered of [PHONE, parts.with(3, 'AAAA').join('.')]) {
      try {
        unseal(keys, altered, place)
      } catch (error) {
        expect(String(error)).not.toContain(PHONE)
      }
    }
  })
})

test('a value sealed by the plain algorithm opens: the format is documented, not private', () => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key(1), iv)
  cipher.setAAD(Buffer.from('callback_request\0phone\x000193'))
  const ciphertext = Buffer.concat([cipher.update(PHONE), cipher.final()])
  const sealed = `v1.k1.${[iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')}`
  expect(unseal(keys, sealed, place)).toBe(PHONE)
})

describe('a blind index', () => {
  test('is the same for the same value, and tells nothing of it', () => {
    const index = blindIndex(keys, 'callback.phone', PHONE)
    expect(blindIndex(keys, 'callback.phone', PHONE)).toBe(index)
    expect(index).toMatch(/^[\w-]{43}$/)
  })

  test.each([
    ['value', () => blindIndex(keys, 'callback.phone', '+32475987655')],
    ['purpose', () => blindIndex(keys, 'callback.input', PHONE)],
    ['key', () => blindIndex({ ...keys, index: key(4) }, 'callback.phone', PHONE)],
  ])('is another for another %s', (_what, other) => {
    expect(other()).not.toBe(blindIndex(keys, 'callback.phone', PHONE))
  })

  test('does not depend on the sealing keys, so that rotation keeps requests findable', () => {
    const rotated = { ...keys, current: 'k3', sealing: new Map([['k3', key(7)]]) }
    expect(blindIndex(rotated, 'callback.phone', PHONE)).toBe(blindIndex(keys, 'callback.phone', PHONE))
  })
})
