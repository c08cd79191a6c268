import { randomUUID } from 'node:crypto'
import { type CallbackInput, keyProblem } from '../../callback/rules/request.ts'
import type { Context } from '../../context.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Line, Need } from '../../directory/snapshot.ts'
import { emergencyLines } from '../../line/rules.ts'
import { dayIn, validOn } from '../../service/rules/calendar.ts'
import { tidyText } from '../../strings/written.ts'
import { inLanguage, languageOf, type Reader } from '../layout.ts'
import { NOTICE_VERSION } from '../strings/callback/fr.ts'

/** The page on which one asks to be called, and the one on which one follows that request. */
export const CALLBACK_PATH = '/embed/callback'
export const FOLLOW_PATH = '/embed/callback/follow'

/** What the form holds, by name: all that is read of what was sent. */
const FIELDS = [
  'key',
  'notice',
  'line',
  'need',
  'service',
  'faqEntry',
  'safe',
  'voicemail',
  'sms',
  'sayWhoCalls',
  'note',
  'phone',
  'email',
  'language',
  'name',
  'postalCode',
  'slot',
  'message',
  'website',
] as const
export type FieldName = (typeof FIELDS)[number]
export type Fields = Record<FieldName, string>

/** Those that an address may name: codes, and nothing about a person. */
const IN_ADDRESS = ['line', 'need', 'service', 'faqEntry', 'safe'] as const
const LANGUAGES: ReadonlySet<string> = new Set(['FR', 'DE', 'NL', 'EN'])
/** The value of "as soon as possible". */
export const ASAP = 'asap'

/** A request as far as it is filled in. */
export type Wanted = {
  /** The site the page was made for; null when it stands alone. */
  site: string | null
  /** What the address names, as far as it exists: it is not asked for. */
  named: Partial<Record<(typeof IN_ADDRESS)[number], string>>
  fields: Fields
  /** The lines that call back at present. */
  lines: readonly Line[]
  line: Line | null
  need: Need | null
  /** Whom to call first for this need. */
  emergency: readonly Line[]
  /** They come before the form until the person says that she is safe. */
  gated: boolean
  channels: Context['channels']
}

/**
 * What was sent, or only asked for (`body` null). Codes that do not exist are as if they had not been given: a link of last year still leads
 * to a form. What is unknown in a text that a person typed is told later, when it is checked.
 */
export function readWanted(query: URLSearchParams, body: URLSearchParams | null, reader: Reader, channels: Context['channels']): Wanted {
  const { directory, now } = reader
  const today = dayIn(now)
  const lines = directory.lines.filter((line) => line.acceptsCallbacks && validOn(line, today))
  const inAddress = new Set<string>(IN_ADDRESS)
  const given = (name: FieldName) => (body?.get(name) || (inAddress.has(name) && query.get(name)) || '') as string
  // Browsers send the ends of lines as two characters, which nobody typed.
  const fields = Object.fromEntries(FIELDS.map((name) => [name, tidyText(given(name).replace(/\r\n?/g, '\n'))])) as Fields

  const known = { need: directory.needsByCode, service: directory.servicesBySlug, faqEntry: directory.faqEntriesBySlug }
  const exists = (name: string, value: string) =>
    name === 'line' ? lines.some(({ slug }) => slug === value) : name === 'safe' || known[name as 'need'].has(value)
  for (const name of IN_ADDRESS) if (!exists(name, fields[name])) fields[name] = ''
  if (lines.length === 1) fields.line = lines[0]?.slug as string
  if (keyProblem(fields.key)) fields.key = randomUUID()
  if (!/^\d{4}-\d\d-\d\d(\.\d+)?$/.test(fields.notice)) fields.notice = NOTICE_VERSION
  if (!LANGUAGES.has(fields.language)) fields.language = ''
  if (!channels.includes('EMAIL')) fields.email = ''

  const line = lines.find(({ slug }) => slug === fields.line) ?? null
  const need = directory.needsByCode.get(fields.need) ?? null
  const emergency = need ? emergencyLines(directory, need, today) : []
  const named = IN_ADDRESS.flatMap((name) => (query.get(name) && exists(name, query.get(name) as string) ? [[name, query.get(name)]] : []))
  return {
    site: query.get('site') || null,
    named: Object.fromEntries(named),
    fields,
    lines,
    line,
    need,
    emergency,
    gated: need?.urgency === 'DANGER' && emergency.length > 0 && fields.safe === '',
    channels,
  }
}

/** The same as the API takes it. Of a wish about text messages nothing is known where it was not asked. */
export function inputOf({ fields, channels }: Wanted, reader: Reader): CallbackInput {
  const { key, notice, voicemail, sms, sayWhoCalls, note, safe: _, slot, language, ...others } = fields
  return {
    ...others,
    idempotencyKey: key,
    noticeVersion: notice,
    language: (language || languageOf(reader)) as LanguageCode,
    slot: slot === ASAP ? null : slot,
    safeContact: {
      voicemail: voicemail !== '',
      sms: channels.includes('SMS') ? sms !== '' : null,
      sayWhoCalls: sayWhoCalls !== '',
      note,
    },
  }
}

/** An address of these pages; only codes stand in it. */
export function addressOf(path: string, parts: Record<string, string | null | undefined>, reader: Reader): string {
  const address = pathOf(path, parts)
  return reader.chosen ? inLanguage(address, languageOf(reader)) : address
}

/** The same without a language. */
export function pathOf(path: string, parts: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value)
  return query.size > 0 ? `${path}?${query}` : path
}
