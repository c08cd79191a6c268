import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../directory/make.ts'
import { InvalidInput } from '../errors.ts'
import { makeCommune } from '../place/make.ts'
import { makeOrganization } from './make.ts'
import { findOrganizations, type OrganizationFilter, telephoneUri } from './rules.ts'

describe('telephone links', () => {
  test.each([
    ['1718', 'tel:1718'],
    ['112', 'tel:112'],
    ['0800/43 436', 'tel:080043436'],
    ['0800 32 123', 'tel:080032123'],
    ['04 222 40 12', 'tel:042224012'],
    ['04/222.40.12', 'tel:042224012'],
    ['+32 4 222 40 12', 'tel:+3242224012'],
    ['081\u00a0777\u202f150', 'tel:081777150'],
  ])('%s is %s', (number, uri) => {
    expect(telephoneUri(number)).toBe(uri)
  })
})

const liege = makeCommune()
const huy = makeCommune({ nisCode: '61031', postalCodes: ['4500'] })
const directory = makeSnapshot({
  communes: [liege, huy],
  organizations: [
    makeOrganization('cpas-huy', {
      kind: 'CPAS',
      commune: huy,
      texts: { FR: { name: 'CPAS de Huy', description: 'Le centre public d’action sociale.' } },
    }),
    makeOrganization('cpas-liege', {
      kind: 'CPAS',
      commune: liege,
      texts: { FR: { name: 'CPAS de Liège', description: null }, DE: { name: 'ÖSHZ Lüttich', description: null } },
    }),
    makeOrganization('croix-rouge', { texts: { FR: { name: 'Croix-Rouge', description: 'Des épiceries sociales.' } } }),
    makeOrganization('ville-de-liege', { kind: 'COMMUNE', commune: liege, texts: { FR: { name: 'Ville de Liège', description: null } } }),
  ],
})
const find = (filter: OrganizationFilter) => findOrganizations(directory, filter).map(({ slug }) => slug)

describe('organizations', () => {
  test.each<[what: string, filter: OrganizationFilter, slugs: string[]]>([
    ['no filter gives all, by slug', {}, ['cpas-huy', 'cpas-liege', 'croix-rouge', 'ville-de-liege']],
    [
      'nulls and a blank search ask nothing',
      { search: ' ', kind: null, postalCode: '', nisCode: '' },
      ['cpas-huy', 'cpas-liege', 'croix-rouge', 'ville-de-liege'],
    ],
    ['of a kind', { kind: 'CPAS' }, ['cpas-huy', 'cpas-liege']],
    ['of a postal code', { postalCode: '4000' }, ['cpas-liege', 'ville-de-liege']],
    ['of a commune', { nisCode: '61031' }, ['cpas-huy']],
    ['the beginning of a word', { search: 'liè' }, ['cpas-liege', 'ville-de-liege']],
    ['the end of a word is not found', { search: 'iège' }, []],
    ['every word must be there', { search: 'cpas liege' }, ['cpas-liege']],
    ['in another language', { search: 'luttich' }, ['cpas-liege']],
    ['in the description', { search: 'épicerie' }, ['croix-rouge']],
    ['after an apostrophe', { search: 'action' }, ['cpas-huy']],
    ['across a hyphen', { search: 'croix rouge' }, ['croix-rouge']],
    ['parts combine', { kind: 'CPAS', postalCode: '4000', search: 'cpas' }, ['cpas-liege']],
    ['5,000 characters', { search: 'x'.repeat(5_000) }, []],
  ])('%s', (_what, filter, slugs) => {
    expect(find(filter)).toEqual(slugs)
  })

  test('all words count, however many', () => {
    expect(find({ search: 'c a b c cp cpas d de l li lie liege' })).toEqual([])
    expect(find({ search: 'c cp cpas d de l li lie liege' })).toEqual(['cpas-liege'])
  })

  test('a place that does not exist, or contradicts itself, is refused', () => {
    expect(() => find({ postalCode: '0000' })).toThrow(InvalidInput)
    expect(() => find({ nisCode: '0' })).toThrow('filter.nisCode: unknown')
    expect(() => find({ postalCode: '4000', nisCode: '61031' })).toThrow('filter.nisCode: contradictory')
  })
})
