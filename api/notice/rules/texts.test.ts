import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { isOneSms, toGsm } from './gsm.ts'
import { isMobile, type Notice, type NoticeKind, pointless, type Told } from './notice.ts'
import { mailOf, smsOf } from './texts.ts'

const LANGUAGES: LanguageCode[] = ['FR', 'DE', 'NL', 'EN']
const KINDS: NoticeKind[] = ['requested', 'rescheduled', 'cancelled', 'unreachable', 'oriented', 'taken_over', 'outcome_known']
const slot = { startsAt: new Date('2026-11-23T07:30:00Z'), endsAt: new Date('2026-11-23T12:00:00Z') }
const notice = (overrides: Partial<Notice> = {}): Notice => ({
  kind: 'requested',
  reference: '7KM-4QX-9TQ',
  slot,
  language: 'FR',
  ...overrides,
})

describe('an e-mail', () => {
  test('says the reference, the time, and how to go on', () => {
    expect(mailOf(notice())).toEqual({
      subject: 'Votre référence 7KM-4QX-9TQ',
      text: `Bonjour,

Votre demande est bien enregistrée.

Votre référence : 7KM-4QX-9TQ
Nous vous appelons lundi 23 novembre entre 8 h 30 et 13 h.

Pour suivre votre demande, changer de moment ou la retirer, retournez sur le site où vous l’avez faite. Il vous faudra cette référence et le numéro de téléphone que vous avez donné.

Vous n’avez rien demandé ? Ne tenez pas compte de ce message.

Ce message est envoyé automatiquement. N’y répondez pas : personne ne lirait votre réponse.
`,
    })
  })

  test.each<[LanguageCode, Notice['slot'], string]>([
    ['FR', null, 'Nous vous appelons dès que possible.'],
    ['DE', null, 'Wir rufen Sie so bald wie möglich an.'],
    ['DE', slot, 'Wir rufen Sie am Montag, 23. November, zwischen 8.30 und 13 Uhr an.'],
    ['NL', null, 'We bellen u zo snel mogelijk.'],
    ['NL', slot, 'We bellen u op maandag 23 november tussen 8.30 en 13 uur.'],
    ['EN', null, 'We will call you as soon as possible.'],
    ['EN', slot, 'We will call you on Monday 23 November between 8:30 and 13:00.'],
  ])('in %s says when', (language, when, sentence) => {
    expect(mailOf(notice({ language, slot: when })).text).toContain(`\n${sentence}\n`)
  })

  test.each(LANGUAGES)('of a request that is withdrawn promises no call, in %s', (language) => {
    const { text } = mailOf(notice({ kind: 'cancelled', language }))
    expect(text).not.toMatch(/23/)
    expect(text).toContain('7KM-4QX-9TQ')
  })

  test.each<[LanguageCode, string, RegExp]>([
    ['FR', 'Si vous en avez fait une autre pour ce numéro, elle reste.', /annul|appeler/i],
    ['DE', 'Wenn Sie für diese Nummer eine andere gestellt haben, bleibt sie.', /absag|rufen|Aktenzeichen/i],
    ['NL', 'Hebt u voor dit nummer nog een andere gedaan, dan blijft die.', /annul|bellen/i],
    ['EN', 'If you made another one for this number, it stays.', /cancel|\bcall\b/i],
  ])('of a request that is withdrawn says that another one stays, by mail and by text message, in %s', (language, stays, never) => {
    const withdrawn = notice({ kind: 'cancelled', language })
    for (const text of [mailOf(withdrawn).text, smsOf(withdrawn)]) {
      expect(text).toContain(stays)
      expect(text).not.toMatch(never)
    }
  })

  test.each<[LanguageCode, RegExp, RegExp]>([
    ['FR', /retirer/i, /annul/i],
    ['DE', /zurückziehen/i, /absag|stornier/i],
    ['NL', /intrekken/i, /annul/i],
    ['EN', /withdraw/i, /cancel/i],
  ])('has one word for withdrawing, by mail and by text message, in %s', (language, word, never) => {
    for (const kind of ['requested', 'rescheduled'] as const)
      for (const text of [mailOf(notice({ kind, language })).text, smsOf(notice({ kind, language }))]) {
        expect(text).toMatch(word)
        expect(text).not.toMatch(never)
      }
  })
})

/** With letters that telephones lack, and more than one message holds. */
const SERVICES = [
  { name: 'Médiation de dettes – Centre public d’action sociale de Liège ✓', phone: '04 222 00 00' },
  { name: 'Épicerie sociale « Le Petit Marché »', phone: '0800 12 345' },
  { name: 'Ohne Telefon', phone: null },
  { name: 'Restaurants du Cœur de la province de Liège et environs', phone: '+32 4 223 45 67' },
]

describe('a message with what was spoken of', () => {
  test('names the services and their numbers, and nothing else, by mail', () => {
    const { subject, text } = mailOf(notice({ kind: 'oriented', language: 'DE', services: SERVICES.slice(0, 3) }))
    expect(subject).toBe('Ihre Referenz 7KM-4QX-9TQ')
    expect(text).toContain('– Épicerie sociale « Le Petit Marché », 0800 12 345\n– Ohne Telefon\n')
    expect(text).not.toMatch(/23|rufen Sie/)
  })

  test('is one text message: names are cut before a service is left out', () => {
    const sms = (count: number) => smsOf(notice({ kind: 'oriented', services: SERVICES.slice(0, count) }))
    expect(sms(1)).toBe("Réf. 7KM-4QX-9TQ : Médiation de dettes - Centre public d'action sociale de Liè. 04 222 00 00")
    for (const { phone } of SERVICES) if (phone !== null) expect(sms(4)).toContain(phone)
    for (let count = 1; count <= 4; count++) expect(isOneSms(sms(count))).toBe(true)
    expect(isOneSms(smsOf(notice({ kind: 'oriented', services: [...SERVICES, ...SERVICES, ...SERVICES] })))).toBe(true)
  })
})

describe('that nobody reached her', () => {
  const tried = [new Date('2026-11-16T09:00:00Z'), new Date('2026-11-17T09:00:00Z')]
  test.each<[LanguageCode, string, string]>([
    ['FR', 'Nous avons appelé 2 fois, la dernière fois mardi 17 novembre.', 'Faites une nouvelle demande'],
    ['DE', 'Wir haben 2-mal angerufen, zuletzt am Dienstag, 17. November', 'Stellen Sie auf derselben Website eine neue Anfrage'],
    ['NL', 'We hebben 2 keer gebeld, de laatste keer op dinsdag 17 november.', 'Doe een nieuwe aanvraag'],
    ['EN', 'We called 2 times, the last time on Tuesday 17 November.', 'Make a new request'],
  ])('is told in %s, with when, and how to ask again', (language, when, again) => {
    const { text } = mailOf(notice({ kind: 'unreachable', language, tried }))
    expect(text).toContain(when)
    expect(text).toContain(again)
    expect(mailOf(notice({ kind: 'unreachable', language, tried: tried.slice(0, 1) })).text).not.toMatch(/\b2[ -]/)
    expect(isOneSms(smsOf(notice({ kind: 'unreachable', language, tried })))).toBe(true)
  })
})

describe('a text message', () => {
  test.each<[NoticeKind, LanguageCode, string]>([
    [
      'requested',
      'FR',
      'Réf. 7KM-4QX-9TQ : nous vous appelons lundi 23 novembre entre 8 h 30 et 13 h. Pour retirer la demande : le site, avec cette référence et votre numéro.',
    ],
    [
      'rescheduled',
      'DE',
      'Ref. 7KM-4QX-9TQ, neue Zeit: Wir rufen Sie am Montag, 23. November, zwischen 8.30 und 13 Uhr an. Zurückziehen: Website, mit Referenz und Nummer.',
    ],
    ['cancelled', 'NL', 'Ref. 7KM-4QX-9TQ: aanvraag ingetrokken. Hebt u voor dit nummer nog een andere gedaan, dan blijft die.'],
  ])('%s in %s', (kind, language, text) => {
    expect(smsOf(notice({ kind, language }))).toBe(text)
  })

  test('is one message on every day of the year, by day and by night, in every language', () => {
    let seen = 0
    for (const language of LANGUAGES)
      for (const kind of KINDS)
        for (let hours = 0; hours < 366 * 24; hours += 6) {
          const startsAt = new Date(Date.UTC(2028, 0, 1, hours, 45))
          const when = { startsAt, endsAt: new Date(startsAt.getTime() + 12.5 * 3_600_000) }
          const text = smsOf(notice({ kind, language, slot: when, tried: [startsAt], services: SERVICES }))
          if (!isOneSms(text)) expect({ text, length: text.length }).toBe('one message')
          seen++
        }
    expect(seen).toBe(4 * KINDS.length * 366 * 4)
    for (const language of LANGUAGES) for (const kind of KINDS) expect(isOneSms(smsOf(notice({ kind, language, slot: null })))).toBe(true)
  })

  test('has the letters of telephones', () => {
    expect(toGsm('août, dès, où, für, « été » l’an')).toBe("aout, dès, où, für, « été » l'an")
    expect(isOneSms(toGsm('« été »'))).toBe(false)
    expect(isOneSms('a'.repeat(160))).toBe(true)
    expect(isOneSms('a'.repeat(161))).toBe(false)
    expect(isOneSms('tête')).toBe(false)
  })
})

describe('a notice makes sense', () => {
  const now = new Date('2026-11-23T08:00:00Z')
  const told = (overrides: Partial<Told> = {}): Told => ({ status: 'NEW', reference: 'x', slot, superseded: false, ...overrides })

  test.each<[string, NoticeKind, Partial<Told>, string | null]>([
    ['that it was received, while it waits', 'requested', {}, null],
    ['while somebody is about to call', 'requested', { status: 'CLAIMED' }, null],
    ['as soon as possible', 'requested', { slot: null }, null],
    ['not once the time is over', 'requested', { slot: { ...slot, endsAt: now } }, 'over'],
    ['not once she was reached', 'requested', { status: 'REACHED' }, 'over'],
    ['not once it is closed', 'rescheduled', { status: 'CLOSED' }, 'over'],
    ['not once it is withdrawn', 'rescheduled', { status: 'CANCELLED' }, 'over'],
    ['not when something else is told of it', 'requested', { superseded: true }, 'superseded'],
    ['not once it is erased', 'requested', { reference: null }, 'erased'],
    ['that it is withdrawn, while it is', 'cancelled', { status: 'CANCELLED' }, null],
    ['that it is withdrawn, also when its time is over', 'cancelled', { status: 'CANCELLED', slot: { ...slot, endsAt: now } }, null],
    ['not that it is withdrawn when it goes on', 'cancelled', {}, 'over'],
    ['that nobody reached her', 'unreachable', { status: 'UNREACHABLE', slot: { ...slot, endsAt: now } }, null],
    [
      'not that nobody reached her, once she asked anew and it was erased',
      'unreachable',
      { status: 'UNREACHABLE', reference: null },
      'erased',
    ],
    ['what she was promised on the phone, also when it is closed', 'oriented', { status: 'CLOSED' }, null],
    ['not what was spoken of once she withdrew it', 'oriented', { status: 'CANCELLED' }, 'over'],
    ['that somebody takes it over, while she has it', 'taken_over', { status: 'ESCALATED' }, null],
    ['not that somebody takes it over, once she gave it back', 'taken_over', { status: 'REACHED' }, 'over'],
    ['that something came of it', 'outcome_known', { status: 'CLOSED' }, null],
    ['not that something came of it, once she needs help again', 'outcome_known', { status: 'REACHED' }, 'over'],
    ['not that it is withdrawn once it is erased', 'cancelled', { status: 'CANCELLED', reference: null }, 'erased'],
  ])('%s', (_what, kind, overrides, why) => {
    expect(pointless(kind, told(overrides), now)).toBe(why)
  })
})

test.each([
  ['+32470123456', true],
  ['+33612345678', true],
  ['+4915112345678', true],
  ['+31612345678', true],
  ['+352621123456', true],
  ['+3242220000', false],
  ['+3228001234', false],
  ['nonsense', false],
])('a text message reaches %s: %s', (number, reaches) => {
  expect(isMobile(number)).toBe(reaches)
})
