import { slotLabel } from '../../callback/rules/labels.ts'
import { stringsFor } from '../../strings/strings.ts'
import { toGsm } from './gsm.ts'
import type { Notice } from './notice.ts'

/**
 * A notice as an e-mail: plain text, no picture, no address to click on, which would be followed and counted. Its subject shows on a locked
 * telephone.
 */
export function mailOf(notice: Notice): { subject: string; text: string } {
  const { kind, reference, language } = notice
  const { mail } = stringsFor([language]).notices
  const isOver = kind === 'cancelled'
  const facts = [mail.reference(reference), ...(isOver ? [] : [mail.call(whenOf(notice))])]
  const paragraphs = [mail.hello, mail.told[kind], facts.join('\n'), ...(isOver ? [] : [mail.follow]), mail.notYou, mail.automatic]
  return { subject: mail.subject(reference), text: `${paragraphs.join('\n\n')}\n` }
}

/** A notice as one text message. */
export function smsOf(notice: Notice): string {
  const { sms } = stringsFor([notice.language]).notices
  return toGsm(sms[notice.kind](notice.reference, whenOf(notice)))
}

/** Without "today", which may be read tomorrow. */
const whenOf = ({ slot, language }: Notice): string =>
  slot ? slotLabel(slot, [language]) : stringsFor([language]).notices.asSoonAsPossible
