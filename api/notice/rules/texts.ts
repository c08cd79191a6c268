import { onDayLabel, slotLabel } from '../../callback/rules/labels.ts'
import { stringsFor } from '../../strings/strings.ts'
import { isOneSms, toGsm } from './gsm.ts'
import type { Notice } from './notice.ts'

/**
 * A notice as an e-mail: plain text, no picture, no address to click on, which would be followed and counted. Its subject shows on a locked
 * telephone.
 */
export function mailOf(notice: Notice): { subject: string; text: string } {
  const { kind, reference, language, tried = [], services = [] } = notice
  const { mail } = stringsFor([language]).notices
  const last = tried.at(-1)
  const waits = kind === 'requested' || kind === 'rescheduled'
  const facts = [
    mail.reference(reference),
    ...(waits ? [mail.call(whenOf(notice))] : []),
    ...(kind === 'unreachable' && last ? [mail.tried(tried.length, onDayLabel(last, [language]))] : []),
    ...services.map(({ name, phone }) => `– ${name}${phone === null ? '' : `, ${phone}`}`),
  ]
  const onwards = waits ? [mail.follow] : kind === 'unreachable' ? [mail.again] : []
  const paragraphs = [mail.hello, mail.told[kind], facts.join('\n'), ...onwards, mail.notYou, mail.automatic]
  return { subject: mail.subject(reference), text: `${paragraphs.join('\n\n')}\n` }
}

/** A notice as one text message. */
export function smsOf(notice: Notice): string {
  const { kind, reference, language, tried = [], services = [] } = notice
  const { sms } = stringsFor([language]).notices
  const last = tried.at(-1)
  if (kind === 'oriented') return listOf(services, (list) => toGsm(sms.oriented(reference, list)))
  return toGsm(sms[kind](reference, kind === 'unreachable' && last ? onDayLabel(last, [language]) : whenOf(notice)))
}

/** How much of a name is worth its room in a text message, in characters, the fullest first. */
const NAMES = [60, 30, 20, 12]

/** As many services as one message holds, the first ones first, with their names cut before one is left out. */
function listOf(services: NonNullable<Notice['services']>, say: (list: string) => string): string {
  for (let count = services.length; count > 0; count--)
    for (const longest of NAMES) {
      const parts = services.slice(0, count).map(({ name, phone }) => [cut(plainOf(name), longest), phone].filter(Boolean).join(' '))
      const text = say(parts.join('; '))
      if (isOneSms(text)) return text
    }
  return say('')
}

/** Without letters that would make two messages of it. */
const plainOf = (name: string): string => [...toGsm(name)].filter(isOneSms).join('')

const cut = (name: string, longest: number): string => (name.length <= longest ? name : `${name.slice(0, longest - 1).trimEnd()}.`)

/** Without "today", which may be read tomorrow. */
const whenOf = ({ slot, language }: Notice): string =>
  slot ? slotLabel(slot, [language]) : stringsFor([language]).notices.asSoonAsPossible
