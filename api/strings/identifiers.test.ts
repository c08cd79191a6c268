import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskIdentifiers } from './identifiers.ts'

const masked = (text: string) => maskIdentifiers(text).text

describe('a national register number is masked', () => {
  test.each([
    '85.07.30-033.28',
    '85073003328',
    '850730-033-28',
    '850730 033 28',
    '85 07 30 033 28',
    '85/07/30 - 033.28',
    '85.07.30–033.28',
    // Born in 2017, and with a month of the BIS register.
    '17.07.30-033.84',
    '85.47.30-033.17',
  ])('%s', (number) => {
    expect(maskIdentifiers(`Mon numéro est ${number}, merci.`)).toEqual({ text: 'Mon numéro est •••, merci.', masked: true })
    expect(masked(number)).toBe('•••')
    expect(masked(`n°${number}.`)).toBe('n°•••.')
    expect(masked(`12 ${number} 34`)).toBe('12 ••• 34')
  })

  test('in both centuries, whatever the day and the row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.boolean(), (row, young) => {
        const check = 97 - ((young ? 2_000_000_000 + row : row) % 97)
        expect(masked(`(${String(row).padStart(9, '0')}${String(check).padStart(2, '0')})`)).toBe('(•••)')
      }),
    )
  })
})

describe('an IBAN is masked', () => {
  // The examples of the SWIFT IBAN Registry.
  test.each([
    'BE68 5390 0754 7034',
    'BE68539007547034',
    'be68 5390 0754 7034',
    'BE68-5390-0754-7034',
    'BE 68 5390 0754 7034',
    'DE89 3704 0044 0532 0130 00',
    'FR14 2004 1010 0505 0001 3M02 606',
    'NL91 ABNA 0417 1643 00',
    'LU28 0019 4006 4475 0000',
    'GB29 NWBK 6016 1331 9268 19',
    'NO93 8601 1117 947',
    'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
  ])('%s', (iban) => {
    expect(maskIdentifiers(`Sur ${iban} svp`)).toEqual({ text: 'Sur ••• svp', masked: true })
    expect(masked(`IBAN:${iban}.`)).toBe('IBAN:•••.')
    expect(masked(`${iban} ${iban}`)).toBe('••• •••')
  })
})

describe('other numbers stay', () => {
  test.each([
    ['a register number with a wrong check', '85.07.30-033.29'],
    ['an IBAN with a wrong check', 'BE69 5390 0754 7034'],
    ['an IBAN that goes on', 'BE68 5390 0754 70341'],
    ['of a country without IBANs', 'ZZ68 5390 0754 7034'],
    ['more digits', '185073003328'],
    ['a mobile number, which would pass for a register number', '+32470100001'],
    ['telephones', '0800/43 436, 04 221 84 11, 0475 98 76 54, +32 475 98 76 54, 0032 475 98 76 54'],
    ['an enterprise number', 'BE 0400.378.485'],
    ['hours and dates', 'Ouvert de 8h30 à 12h30 et de 13 h 15 à 16 h, du 01.09.2026 au 30.06.2027, sauf le 11/11.'],
    ['a sentence that begins like an IBAN', 'de 12 à 14 heures, et le mercredi de 9 à 11 heures au premier étage'],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(maskIdentifiers(text)).toEqual({ text, masked: false })
  })

  test('a text without digits is never changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 1_000 }), (text) => {
        fc.pre(!/\d/.test(text))
        expect(maskIdentifiers(text)).toEqual({ text, masked: false })
      }),
    )
  })
})
