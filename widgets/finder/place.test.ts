import { describe, expect, test } from 'vitest'
import { makeCommune } from './make.ts'
import { labelled, meant } from './place.ts'

const communes = [
  makeCommune({ nisCode: '61031', name: 'Huy', postalCodes: ['4500'] }),
  makeCommune({ nisCode: '62063', name: 'Liège', postalCodes: ['4000', '4020', '4030'] }),
  makeCommune({ nisCode: '62093', name: 'Saint-Nicolas', postalCodes: ['4420'] }),
  makeCommune({ nisCode: '46021', name: 'Saint-Nicolas', postalCodes: ['9100'] }),
]

describe('a commune stands in the field', () => {
  test.each([
    ['4020', '4020 Liège'],
    ['403', '4030 Liège'],
    ['liè', '4000 Liège'],
    ['4020 Liège', '4020 Liège'],
  ])('typed as %s: %s', (typed, label) => {
    expect(labelled(communes, typed)[1]?.label).toBe(label)
  })
})

describe('what was typed means', () => {
  test.each([
    ['its very name', 'huy', ['61031']],
    ['its name without accents or capitals', 'LIEGE', ['62063']],
    ['its name with other signs', 'saint nicolas', ['61031', '62063', '62093', '46021']],
    ['its label', '4420 saint-nicolas', ['62093']],
    ['its label, as one types it', '4000 liege', ['62063']],
    ['one name of two communes: all that were found', 'saint-nicolas', ['61031', '62063', '62093', '46021']],
    ['part of a name: all that were found', 'hu', ['61031', '62063', '62093', '46021']],
  ])('%s', (_, typed, codes) => {
    expect(meant(labelled(communes, typed), typed).map(({ nisCode }) => nisCode)).toEqual(codes)
  })
})
