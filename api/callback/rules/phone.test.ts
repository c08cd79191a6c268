import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPhone } from './phone.ts'

describe('a number that can be called back, in E.164', () => {
  test.each([
    ['a mobile', '0470123456', '+32470123456'],
    ['a mobile with spaces', '0470 12 34 56', '+32470123456'],
    ['a mobile as written on paper', '0475/12.34.56', '+32475123456'],
    ['a mobile with hyphens', '0475-12-34-56', '+32475123456'],
    ['a mobile with spaces that do not break', '0475\u00a012\u202f34 56', '+32475123456'],
    ['a mobile with spaces around', '  0475 12 34 56\n', '+32475123456'],
    ['a mobile with the country', '+32 475 12 34 56', '+32475123456'],
    ['a mobile with the country and a zero too many', '+32 (0)475 12 34 56', '+32475123456'],
    ['a mobile dialled from abroad', '0032475123456', '+32475123456'],
    ['a landline of Liège', '04 222 40 12', '+3242224012'],
    ['a landline of Liège with the country', '+32 4 222 40 12', '+3242224012'],
    ['a landline in parentheses', '(04) 222.40.12', '+3242224012'],
    ['a landline of Eupen', '087 63 89 50', '+3287638950'],
    ['a landline of Brussels', '02/512.34.56', '+3225123456'],
    ['a French mobile', '+33 6 12 34 56 78', '+33612345678'],
    ['a French landline dialled from Belgium', '0033 3 20 12 34 56', '+33320123456'],
    ['a German landline', '+49 241 4320', '+492414320'],
    ['a German mobile', '+49 1512 3456789', '+4915123456789'],
    ['a Dutch mobile', '+31 6 12345678', '+31612345678'],
    ['a Luxembourg mobile', '+352 621 123 456', '+352621123456'],
  ])('%s: %s', (_what, typed, e164) => {
    expect(readPhone(typed)).toEqual({ e164 })
  })
})

describe('a number that exists and is not called back', () => {
  test.each([
    ['premium rate', '0900 12 345'],
    ['premium rate for adults', '0905 12 345'],
    ['shared cost', '070 24 52 45'],
    ['shared cost, with the country', '+32 70 24 52 45'],
    ['uniform number', '078 15 15 15'],
    ['free phone of a help line', '0800 43 436'],
    ['French premium rate', '+33 899 70 12 34'],
    ['a British mobile', '+44 7400 123456'],
    ['a Swiss mobile', '+41 79 123 45 67'],
    ['an American number', '+1 202 555 0123'],
    ['a number of Guadeloupe', '+590 690 12 34 56'],
    ['a satellite telephone', '+881 6 1234 5678'],
  ])('%s: %s', (_what, typed) => {
    expect(readPhone(typed)).toEqual({ problem: 'phone_not_allowed' })
  })
})

describe('what is no number', () => {
  test.each([
    ['nothing', ''],
    ['spaces', '          '],
    ['a short number', '1718'],
    ['the emergency number', '112'],
    ['a short number with the country', '+32 1718'],
    ['a short number written wide', '1 7 - 1 8 . . .'],
    ['a mobile without its last digit', '0475 12 34 5'],
    ['a mobile with a digit too many', '0475 12 34 567'],
    ['letters after the digits', '0475123456abc'],
    ['letters instead of digits', '0475 HELP ME'],
    ['an extension', '04 222 40 12 ext. 5'],
    ['two numbers', '0475 12 34 56 / 0476 12 34 56'],
    ['a link', 'tel:+32475123456'],
    ['Arabic digits', '٠٤٧٥١٢٣٤٥٦'],
    ['wide digits', '０４７５１２３４５６'],
    ['NUL inside', '0475123\u0000456'],
    ['NUL at the end', '0475123456\u0000'],
    ['zeros', '0000000000'],
    ['a zone nobody has', '+999 12345678'],
    ['two pluses', '++32475123456'],
    ['a plus in the middle', '0475+123456'],
    ['5,000 digits', '0475123456'.repeat(500)],
    ['5,000 spaces inside', `0475${' '.repeat(5_000)}123456`],
    ['markup', '<b>0475123456</b>'],
  ])('%s: %s', (_what, typed) => {
    expect(readPhone(typed)).toEqual({ problem: 'phone_malformed' })
  })
})

test('any text is read without an exception, into a number of the five countries or a problem', () => {
  const dialled = fc.stringMatching(/^\+?[0-9 ./()-]{0,26}$/)
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), dialled), (typed) => {
      const reading = readPhone(typed)
      if ('e164' in reading) expect(reading.e164).toMatch(/^\+(32|33|49|31|352)\d{5,13}$/)
      else expect(reading.problem).toMatch(/^phone_(malformed|not_allowed)$/)
    }),
    { numRuns: 2_000 },
  )
})

test('a number read once is read the same again', () => {
  const mobile = fc.integer({ min: 470_000_000, max: 499_999_999 })
  fc.assert(
    fc.property(mobile, (digits) => {
      const reading = readPhone(`0${digits}`)
      if ('e164' in reading) expect(readPhone(reading.e164)).toEqual(reading)
    }),
  )
})
