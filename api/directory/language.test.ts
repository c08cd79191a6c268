import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../db/generated/enums.ts'
import { choose, languagesFrom, tagOf } from './language.ts'

describe('languages from Accept-Language', () => {
  test.each<[header: string | null | undefined, expected: string]>([
    [undefined, 'FR DE NL EN'],
    [null, 'FR DE NL EN'],
    ['', 'FR DE NL EN'],
    ['de', 'DE FR NL EN'],
    ['DE', 'DE FR NL EN'],
    ['nl-BE', 'NL FR DE EN'],
    ['fr-BE, fr;q=0.9, nl;q=0.8, en;q=0.7', 'FR NL EN DE'],
    ['en;q=0.3, de;q=0.9', 'DE EN FR NL'],
    ['de-BE,de;q=0.9,fr-BE;q=0.8,fr;q=0.7,en-US;q=0.6,en;q=0.5', 'DE FR EN NL'],
    ['ar, en;q=0.5', 'EN FR DE NL'],
    ['ar', 'FR DE NL EN'],
    ['*', 'FR DE NL EN'],
    ['nl, *;q=0.1', 'NL FR DE EN'],
    ['fr;q=0, nl', 'NL FR DE EN'],
    ['zh-Hant-TW;q=1, de-AT;q=0.1', 'DE FR NL EN'],
    [';;;,,,q=', 'FR DE NL EN'],
    ['<script>', 'FR DE NL EN'],
    ['\u0000', 'FR DE NL EN'],
    ['x'.repeat(5_000), 'FR DE NL EN'],
    ['fr,'.repeat(5_000), 'FR DE NL EN'],
  ])('%.40s gives %s', (header, expected) => {
    expect(languagesFrom(header).join(' ')).toBe(expected)
  })
})

describe('the best of the texts there are', () => {
  const wanted: LanguageCode[] = ['NL', 'DE', 'FR', 'EN']
  test.each([
    [{ FR: 'f', NL: 'n' }, 'NL', 'n'],
    [{ FR: 'f', DE: 'd' }, 'DE', 'd'],
    [{ FR: 'f' }, 'FR', 'f'],
    [{ EN: 'e' }, 'EN', 'e'],
    [{ NL: undefined, FR: 'f' }, 'FR', 'f'],
    [{ NL: '', FR: 'f' }, 'NL', ''],
  ])('of %j is that in %s, and says so', (texts, language, text) => {
    expect(choose(texts, wanted)).toEqual({ language, text })
  })

  test('of none is a bug', () => {
    expect(() => choose({}, wanted)).toThrow('without any text')
  })
})

test('tags are lower case', () => {
  expect((['FR', 'DE', 'NL', 'EN'] as const).map(tagOf)).toEqual(['fr', 'de', 'nl', 'en'])
})
