import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../directory/make.ts'
import { fold } from '../directory/search.ts'
import { makeCommune } from './make.ts'
import { findCommunes, readPlaces } from './rules.ts'

const liege = makeCommune({ postalCodes: ['4000', '4030'] })
const huy = makeCommune({ nisCode: '61031', postalCodes: ['4500'], texts: { FR: { name: 'Huy' }, NL: { name: 'Hoei' } } })
const waremme = makeCommune({ nisCode: '64074', postalCodes: ['4300'], texts: { FR: { name: 'Waremme' }, NL: { name: 'Borgworm' } } })
const saintGeorges = makeCommune({ nisCode: '64065', postalCodes: ['4470'], texts: { FR: { name: 'Saint-Georges-sur-Meuse' } } })
const huyghe = makeCommune({ nisCode: '10001', postalCodes: ['9999'], texts: { FR: { name: 'Huyghe' } } })
const roeulx = makeCommune({ nisCode: '55035', postalCodes: ['7070'], texts: { FR: { name: 'Le Rœulx' } } })
const bruxelles = makeCommune({
  nisCode: '21004',
  postalCodes: ['1000', '1050'],
  texts: { FR: { name: 'Bruxelles' }, NL: { name: 'Brussel' } },
})
const ixelles = makeCommune({ nisCode: '21009', postalCodes: ['1050'], texts: { FR: { name: 'Ixelles' }, NL: { name: 'Elsene' } } })
const communes = [huyghe, liege, huy, waremme, saintGeorges, roeulx, bruxelles, ixelles]
const base = makeSnapshot({ communes })
const directory = {
  ...base,
  search: { ...base.search, communes: [...base.search.communes, { folded: fold('Grivegnée'), commune: liege }] },
}

describe('communes by what a person types', () => {
  test.each([
    ['a postal code', '4500', [huy]],
    ['the beginning of one', '40', [liege]],
    ['a name', 'Liège', [liege]],
    ['without its accent, in capitals', 'LIEGE', [liege]],
    ['in German', 'lüttich', [liege]],
    ['in Dutch', 'Hoei', [huy]],
    ['a locality', 'grivegnee', [liege]],
    ['spaces around', '  Waremme ', [waremme]],
    ['a word inside a name', 'meuse', [saintGeorges]],
    ['a ligature as two letters', 'roeulx', [roeulx]],
    ['an exact name before a longer one, whatever their numbers', 'huy', [huy, huyghe]],
    ['a postal code of two communes', '1050', [bruxelles, ixelles]],
    ['the middle of a word', 'arem', []],
    ['a NIS code', '61031', [huy]],
    ['a part of one', '6103', []],
    ['nothing', '   ', []],
    ['something else', '<script>', []],
    ['5,000 characters', 'x'.repeat(5_000), []],
  ])('%s: %s', (_what, typed, expected) => {
    expect(findCommunes(directory, typed)).toEqual(expected)
  })

  test('each commune comes once, by the best of its names', () => {
    expect(findCommunes(directory, 'bru')).toEqual([bruxelles])
  })
})

describe('communes by their codes', () => {
  const read = (codes: Parameters<typeof readPlaces>[1]) => readPlaces(directory, codes, ['filter'])

  test('no code means anywhere', () => {
    expect(read({})).toEqual({ communes: null, problems: [] })
    expect(read({ postalCode: null, nisCode: null })).toEqual({ communes: null, problems: [] })
    expect(read({ postalCode: '', nisCode: ' ' })).toEqual({ communes: null, problems: [] })
  })

  test.each([
    ['a postal code', { postalCode: '4030' }, [liege]],
    ['a postal code with a space', { postalCode: ' 4030 ' }, [liege]],
    ['a postal code of two communes', { postalCode: '1050' }, [bruxelles, ixelles]],
    ['a NIS code', { nisCode: '21009' }, [ixelles]],
    ['both, where they agree', { postalCode: '1050', nisCode: '21009' }, [ixelles]],
  ])('%s', (_what, codes, expected) => {
    expect(read(codes)).toEqual({ communes: expected, problems: [] })
  })

  test('each code that does not exist is a problem at its own path', () => {
    expect(read({ postalCode: '9998', nisCode: 'x'.repeat(100) }).problems).toEqual([
      { path: ['filter', 'postalCode'], code: 'unknown', params: { value: '9998' } },
      { path: ['filter', 'nisCode'], code: 'unknown', params: { value: 'x'.repeat(60) } },
    ])
  })

  test('codes of different communes are a problem: nobody lives in no commune', () => {
    expect(read({ postalCode: '4000', nisCode: '21009' }).problems).toEqual([{ path: ['filter', 'nisCode'], code: 'contradictory' }])
  })

  test('one wrong code beside a right one is a problem still', () => {
    expect(read({ postalCode: '4000', nisCode: '0' })).toMatchObject({ problems: [{ path: ['filter', 'nisCode'] }] })
  })
})
