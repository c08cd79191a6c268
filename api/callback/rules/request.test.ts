import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../../directory/make.ts'
import { InvalidInput, type Problem } from '../../errors.ts'
import { makeFaqEntry } from '../../faq/make.ts'
import { makeLine } from '../../line/make.ts'
import { makeCommune } from '../../place/make.ts'
import { makeService } from '../../service/make.ts'
import { makeNeed } from '../../taxonomy/make.ts'
import { type CallbackInput, canonical, checkCallback, LONGEST } from './request.ts'

const line1718 = makeLine('1718', { number: '1718' })
const solidaire = makeLine('liege-solidaire', { validFrom: '2020-11-16' })
const directory = makeSnapshot({
  communes: [makeCommune()],
  needs: [makeNeed('food', { children: [makeNeed('food.meal')] })],
  services: [makeService('colis-alimentaires')],
  faqEntries: [makeFaqEntry('rien-a-manger')],
  lines: [
    line1718,
    solidaire,
    makeLine('107', { number: '107', kind: 'LISTENING', acceptsCallbacks: false }),
    makeLine('ended', { number: '0800/11 111', validTo: '2026-11-20', fallback: line1718 }),
    makeLine('replaced', { validTo: '2026-11-20', successor: makeLine('1719', { number: '1719' }), fallback: line1718 }),
    makeLine('coming', { number: '0800/22 222', validFrom: '2026-11-22' }),
    makeLine('coming-instead', { validFrom: '2026-12-24', fallback: line1718 }),
    makeLine('replaced-later', {
      validTo: '2026-11-20',
      successor: makeLine('later', { number: '1720', validFrom: '2026-11-22' }),
      fallback: makeLine('also-ended', { validTo: '2026-11-20', fallback: line1718 }),
    }),
  ],
})
const NOW = new Date('2026-11-21T09:00:00Z')

const complete: CallbackInput = {
  idempotencyKey: 'a-key',
  line: 'liege-solidaire',
  phone: '0470 12 34 56',
  language: 'FR',
  noticeVersion: '2026-1',
}
const check = (change: Partial<CallbackInput> = {}) => checkCallback(directory, { ...complete, ...change }, NOW)

function problemsOf(change: Partial<CallbackInput>): Problem[] {
  try {
    check(change)
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems
    throw error
  }
  return []
}

describe('a request that can be accepted', () => {
  test('with the least there must be', () => {
    expect(check()).toEqual({
      line: solidaire,
      need: null,
      service: null,
      faqEntry: null,
      phone: '+32470123456',
      name: null,
      language: 'FR',
      postalCode: null,
      message: null,
      safeContact: { voicemail: null, sms: null, sayWhoCalls: null, note: null },
      noticeVersion: '2026-1',
      slot: null,
      email: null,
      masked: false,
    })
  })

  test.each([
    ['in the message', { message: 'Mon numéro national : 85.07.30-033 28, merci.' }, 'message'],
    ['in the name', { name: 'Ana 85073003328' }, 'name'],
    ['in a wish', { safeContact: { note: 'compte BE68 5390 0754 7034' } }, 'note'],
  ])('a number that nobody here needs is taken out: %s', (_where, said, field) => {
    const checked = check(said)
    expect(checked.masked).toBe(true)
    const text = field === 'note' ? checked.safeContact.note : checked[field as 'message' | 'name']
    expect(text).not.toMatch(/0730|5390/)
    expect(text).toMatch(/merci|Ana|compte/)
  })

  test.each(['ada@exemple.be', ' ada.lovelace+liege@mail.exemple.be ', 'ada@münchen.example'])('an e-mail address: %s', (email) => {
    expect(check({ email }).email).toBe(email.trim())
  })

  test.each([
    'ada',
    'ada@',
    'ada@exemple',
    '@exemple.be',
    'ada@exemple.be, eve@exemple.be',
    'Ada <ada@exemple.be>',
    'ada@exemple.be\nBcc: eve@exemple.be',
    `ada@${'a'.repeat(250)}.be`,
    'ada@exemple..be',
  ])('not an e-mail address: %j', (email) => {
    expect(problemsOf({ email })).toEqual([{ path: ['input', 'email'], code: 'email_malformed' }])
  })

  test('with everything', () => {
    const everything = {
      need: 'food.meal',
      service: 'colis-alimentaires',
      faqEntry: 'rien-a-manger',
      name: '  Amélie  ',
      postalCode: ' 4000 ',
      message: ' Bonjour,\nje n’ai plus rien.\t😀 ',
      safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: ' après 17 h ' },
    }
    expect(check(everything)).toMatchObject({
      need: 'food.meal',
      service: 'colis-alimentaires',
      faqEntry: 'rien-a-manger',
      name: 'Amélie',
      postalCode: '4000',
      message: 'Bonjour,\nje n’ai plus rien.\t😀',
      safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: 'après 17 h' },
    })
  })

  test.each([null, undefined, '', '   ', '\n\t', '\u0000', '\u00a0 \u202f'])('what is optional may be %j', (nothing) => {
    expect(check({ name: nothing, message: nothing, safeContact: { note: nothing } })).toMatchObject({
      name: null,
      message: null,
      safeContact: { voicemail: null, sms: null, sayWhoCalls: null, note: null },
    })
  })

  test.each([null, undefined, '', '  '])('a postal code that is not told may be %j', (nothing) => {
    expect(check({ postalCode: nothing }).postalCode).toBeNull()
  })

  test('safe contact as a whole may be null', () => {
    expect(check({ safeContact: null }).safeContact).toEqual({ voicemail: null, sms: null, sayWhoCalls: null, note: null })
  })

  test('a line is asked on its first and on its last day', () => {
    expect(checkCallback(directory, { ...complete, line: 'coming' }, new Date('2026-11-22T09:00:00Z')).line.slug).toBe('coming')
    expect(checkCallback(directory, { ...complete, line: 'ended' }, new Date('2026-11-20T09:00:00Z')).line.slug).toBe('ended')
  })
})

describe('texts', () => {
  test('control characters say nothing and are taken out; line ends and tabs stay', () => {
    const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('')
    const printed = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index)).join('')
    expect(check({ message: `.${all}` }).message).toBe(`.\t\n\r${printed}`)
  })

  test('an accent typed as two characters becomes one', () => {
    expect(check({ name: 'Ame\u0301lie' }).name).toBe('Am\u00e9lie')
  })

  test('an emoji is one character', () => {
    expect(check({ name: '😀'.repeat(LONGEST.name) }).name).toBe('😀'.repeat(100))
    expect(problemsOf({ name: '😀'.repeat(LONGEST.name + 1) })).toMatchObject([{ code: 'too_long', params: { max: 100 } }])
  })

  test('texts of the whole length pass, control characters and spaces around them not counted', () => {
    const longest = {
      name: 'x'.repeat(LONGEST.name),
      message: ` ${'y'.repeat(LONGEST.message)}\u0000 `,
      noticeVersion: 'z'.repeat(LONGEST.noticeVersion),
    }
    expect(check(longest)).toMatchObject({ name: longest.name, message: 'y'.repeat(LONGEST.message) })
  })
})

describe('each problem', () => {
  const at = (path: string, code: Problem['code'], params?: Problem['params']) => ({ path: ['input', ...path.split('.')], code, params })
  test.each<[what: string, change: Partial<CallbackInput>, problem: object]>([
    ['no key', { idempotencyKey: '' }, at('idempotencyKey', 'required')],
    ['a key with a space', { idempotencyKey: 'a key' }, at('idempotencyKey', 'malformed')],
    ['a key with NUL', { idempotencyKey: 'key\u0000' }, at('idempotencyKey', 'malformed')],
    ['a key with an accent', { idempotencyKey: 'clé' }, at('idempotencyKey', 'malformed')],
    ['a key of 5,000 characters', { idempotencyKey: 'k'.repeat(5_000) }, at('idempotencyKey', 'too_long', { max: 200 })],
    ['a line that does not exist', { line: 'lige' }, at('line', 'unknown', { value: 'lige' })],
    ['no line', { line: '' }, at('line', 'unknown', { value: '' })],
    ['a line of 5,000 characters', { line: 'l'.repeat(5_000) }, at('line', 'unknown', { value: 'l'.repeat(60) })],
    ['a line that listens only', { line: '107' }, at('line', 'line_takes_no_callbacks', { number: '107' })],
    ['a line that ended, which names its successor', { line: 'replaced' }, at('line', 'line_not_in_service', { number: '1719' })],
    ['a line that ended, which names its fallback', { line: 'ended' }, at('line', 'line_not_in_service', { number: '1718' })],
    ['a line still to come, which names its fallback', { line: 'coming-instead' }, at('line', 'line_not_in_service', { number: '1718' })],
    ['a line still to come, in whose place there is nobody', { line: 'coming' }, at('line', 'line_not_in_service')],
    ['a line whose successor is still to come', { line: 'replaced-later' }, at('line', 'line_not_in_service', { number: '1718' })],
    ['no phone', { phone: '' }, at('phone', 'required')],
    ['a blank phone', { phone: ' \t ' }, at('phone', 'required')],
    ['a phone with letters', { phone: '0470123456x' }, at('phone', 'phone_malformed')],
    ['a phone of 5,000 characters', { phone: '0'.repeat(5_000) }, at('phone', 'phone_malformed')],
    ['a premium number', { phone: '0900 12 345' }, at('phone', 'phone_not_allowed')],
    ['a need that does not exist', { need: 'foood' }, at('need', 'unknown', { value: 'foood' })],
    ['a blank need', { need: ' ' }, at('need', 'unknown', { value: ' ' })],
    ['a service that does not exist', { service: 'colis' }, at('service', 'unknown', { value: 'colis' })],
    ['a question that does not exist', { faqEntry: '11' }, at('faqEntry', 'unknown', { value: '11' })],
    ['a postal code that does not exist', { postalCode: '0000' }, at('postalCode', 'unknown', { value: '0000' })],
    ['a name of 5,000 characters', { name: 'n'.repeat(5_000) }, at('name', 'too_long', { max: 100 })],
    ['a message a character too long', { message: 'm'.repeat(2_001) }, at('message', 'too_long', { max: 2_000 })],
    ['a wish of 5,000 characters', { safeContact: { note: 'w'.repeat(5_000) } }, at('safeContact.note', 'too_long', { max: 300 })],
    ['no notice', { noticeVersion: '' }, at('noticeVersion', 'required')],
    ['a notice that says something', { noticeVersion: 'je suis Ada' }, at('noticeVersion', 'malformed')],
    ['a blank notice', { noticeVersion: ' \u0000' }, at('noticeVersion', 'required')],
    ['a notice of 5,000 characters', { noticeVersion: 'v'.repeat(5_000) }, at('noticeVersion', 'too_long', { max: 40 })],
  ])('%s', (_what, change, problem) => {
    expect(problemsOf(change)).toEqual([problem])
  })
})

test('all problems come together', () => {
  const long = 'x'.repeat(5_000)
  const wrong = { need: 'a', service: 'b', faqEntry: 'c', postalCode: 'd', name: long, message: long, safeContact: { note: long } }
  const problems = problemsOf({ idempotencyKey: '', line: 'e', phone: '', noticeVersion: '', ...wrong })
  expect(problems.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`).sort()).toEqual([
    'faqEntry unknown',
    'idempotencyKey required',
    'line unknown',
    'message too_long',
    'name too_long',
    'need unknown',
    'noticeVersion required',
    'phone required',
    'postalCode unknown',
    'safeContact.note too_long',
    'service unknown',
  ])
})

test('a refusal repeats neither phone nor text', () => {
  const secret = problemsOf({ phone: '0475 98 76 54 x', message: `secret ${'s'.repeat(3_000)}`, name: `secret ${'s'.repeat(300)}` })
  expect(JSON.stringify(secret)).not.toMatch(/98 76|secret/)
  expect(new InvalidInput(secret).message).not.toMatch(/98 76|secret/)
})

test('whatever is typed, a request is checked or refused, never broken', () => {
  const text = fc.string({ unit: 'binary', maxLength: 3_000 })
  const optional = fc.option(text, { nil: undefined })
  const input = fc.record({
    idempotencyKey: fc.oneof(text, fc.constant('a-key')),
    line: fc.oneof(text, fc.constant('1718')),
    phone: fc.oneof(text, fc.constant('0470 12 34 56')),
    language: fc.constant('FR' as const),
    noticeVersion: fc.oneof(text, fc.constant('2026-1')),
    name: optional,
    message: optional,
    postalCode: optional,
    need: optional,
    safeContact: fc.option(fc.record({ note: optional })),
  })
  fc.assert(
    fc.property(input, (typed) => {
      try {
        const { name, message } = checkCallback(directory, typed, NOW)
        for (const kept of [name, message])
          expect(kept === null || (kept !== '' && kept === kept.trim() && !kept.includes('\u0000'))).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInput)
        expect((error as InvalidInput).problems.length).toBeGreaterThan(0)
      }
    }),
  )
})

describe('the canonical form of an input', () => {
  const field = fc.letrec<{ value: unknown; record: object }>((tie) => ({
    record: fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { maxKeys: 5 }),
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()), tie('record')),
  })).record

  const shuffled = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, one]) => [key, shuffled(one)]),
        )
      : value
  const without = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, without(one)]])))
      : value

  test('does not depend on the order of fields, nor on nulls', () => {
    fc.assert(
      fc.property(field, (input) => {
        expect(canonical(shuffled(input))).toBe(canonical(input))
        expect(canonical(without(input))).toBe(canonical(input))
      }),
    )
  })

  test('tells different inputs apart', () => {
    fc.assert(
      fc.property(field, field, (a, b) => {
        // Without nulls and with fields in order, JSON is one to one.
        if (canonical(a) === canonical(b)) expect(without(a)).toEqual(without(b))
      }),
    )
    expect(canonical({ a: ['x', 'y'] })).not.toBe(canonical({ a: ['y', 'x'] }))
    expect(canonical({ phone: '0470' })).not.toBe(canonical({ phone: '0471' }))
    expect(canonical({ name: '' })).not.toBe(canonical({}))
    expect(canonical({ safeContact: { sms: false } })).not.toBe(canonical({ safeContact: {} }))
  })
})
