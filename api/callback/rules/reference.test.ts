import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newReference, readReference } from './reference.ts'

const ALPHABET = '34679ACDEFGHJKMNPQRTUWXY'
const bare = (reference: string) => reference.replace(/-/g, '')
/** Drawn afresh: what holds must hold for all of them. */
const drawn = Array.from({ length: 50 }, newReference)

describe('a new reference', () => {
  test('has nine characters of an alphabet that cannot be misread, in groups of three', () => {
    for (const reference of drawn) expect(reference).toMatch(new RegExp(`^([${ALPHABET}]{3}-){2}[${ALPHABET}]{3}$`))
  })

  test('uses every character of the alphabet', () => {
    const seen = new Set(Array.from({ length: 400 }, newReference).flatMap((reference) => [...bare(reference)]))
    expect([...seen].sort().join('')).toBe(ALPHABET)
  })

  test('is not drawn twice in ten thousand', () => {
    expect(new Set(Array.from({ length: 10_000 }, newReference)).size).toBe(10_000)
  })
})

describe('reading', () => {
  test('a fixed reference stays valid: papers outlive releases', () => {
    // By hand: 7 K M 4 Q X 9 T are 3 13 14 1 17 22 4 19; every other one doubled, digits summed in base 24, 3+3+14+2+17+21+4+15 is 79;
    // 17 (Q) makes it 96, four times 24.
    expect(readReference('7KM4QX9TQ')).toBe('7KM-4QX-9TQ')
  })

  test('a reference in any typing is the same reference', () => {
    const separator = fc.constantFrom('', ' ', '-', '–', '.', '  ', ' - ', '\t', '\u00a0', '\u202f', '\u2011', '\u2010', '—')
    const typing = fc.tuple(fc.array(separator, { minLength: 10, maxLength: 10 }), fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }))
    fc.assert(
      fc.property(typing, ([separators, lower]) => {
        const reference = newReference()
        const typed = [...bare(reference)].map((character, i) => separators[i] + (lower[i] ? character.toLowerCase() : character)).join('')
        expect(readReference(typed + separators[9])).toBe(reference)
      }),
    )
  })

  test.each([
    ['nothing', ''],
    ['a character too few', '7KM-4QX-9T'],
    ['a character too many', '7KM-4QX-9TQ3'],
    ['a zero', '7KM-4QX-90Q'],
    ['a letter with an accent', '7KM-4QÉ-9TQ'],
    ['a wide letter', '７KM-4QX-9TQ'],
    ['an emoji of two units', '7KM-4QX-9😀'],
    ['NUL', '7KM-4QX-9T\u0000'],
    ['5,000 characters', '7'.repeat(5_000)],
    ['another separator', '7KM/4QX/9TQ'],
  ])('%s is none', (_what, typed) => {
    expect(readReference(typed)).toBeNull()
  })
})

describe('the check character', () => {
  test('finds every single wrong character, in every place', () => {
    for (const reference of drawn) {
      const characters = [...bare(reference)]
      for (const [place, right] of characters.entries()) {
        for (const wrong of ALPHABET) if (wrong !== right) expect(readReference(characters.with(place, wrong).join(''))).toBeNull()
      }
    }
  })

  test('finds every swap of neighbours, but the first and the last character of the alphabet', () => {
    for (const reference of drawn) {
      const characters = [...bare(reference)]
      for (let place = 0; place < 8; place++) {
        const [a, b] = characters.slice(place, place + 2) as [string, string]
        if (a === b) continue
        const unseen = [a, b].sort().join('') === `${ALPHABET[0]}${ALPHABET.at(-1)}`
        const swapped = characters
          .with(place, b)
          .with(place + 1, a)
          .join('')
        expect(readReference(swapped) !== null, `${characters.join('')} as ${swapped}`).toBe(unseen)
      }
    }
  })

  test('so that 275 of 276 pairs of neighbours are safe to swap in either place of the scheme', () => {
    for (const place of [0, 1]) {
      let unseen = 0
      for (const a of ALPHABET) {
        for (const b of ALPHABET) {
          if (a >= b) continue
          const rest = '3'.repeat(6)
          const complete = (characters: string) => [...ALPHABET].find((check) => readReference(characters + check) !== null)
          const fill = (pair: string) => rest.slice(0, place) + pair + rest.slice(place)
          if (complete(fill(a + b)) === complete(fill(b + a))) unseen++
        }
      }
      expect(unseen).toBe(1)
    }
  })

  test('lets one random guess in 24 pass, no more', () => {
    const guess = fc.array(fc.constantFrom(...ALPHABET), { minLength: 9, maxLength: 9 })
    const passed = fc.sample(guess, 5_000).filter((characters) => readReference(characters.join('')) !== null).length
    expect(passed).toBeGreaterThan(5_000 / 24 / 1.5)
    expect(passed).toBeLessThan((5_000 / 24) * 1.5)
  })
})
