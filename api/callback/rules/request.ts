import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Line, Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput, type Problem, type ProblemCode, SlotTaken } from '../../errors.ts'
import { lineInstead } from '../../line/rules.ts'
import { dayIn, validOn } from '../../service/rules/calendar.ts'
import { maskIdentifiers } from '../../strings/identifiers.ts'
import { lengthOf, tidyText } from '../../strings/written.ts'
import { unknownCode } from '../../taxonomy/rules.ts'
import { readPhone } from './phone.ts'
import { isSlotOf, type Slot, slotById } from './slots.ts'

/** What a person sends to be called back, as it arrives. */
export type CallbackInput = {
  idempotencyKey: string
  line: string
  need?: string | null
  service?: string | null
  faqEntry?: string | null
  phone: string
  name?: string | null
  language: LanguageCode
  postalCode?: string | null
  message?: string | null
  safeContact?: { voicemail?: boolean | null; sms?: boolean | null; sayWhoCalls?: boolean | null; note?: string | null } | null
  noticeVersion: string
  /** Id of the slot chosen; absent: as soon as possible. */
  slot?: string | null
  /** Where news of the request may be sent. */
  email?: string | null
  /** The solved proof of work, once one was asked for. */
  challenge?: string | null
  /** A field that people do not see: whoever fills it in is a program. */
  website?: string | null
}

/**
 * The same, checked: texts trimmed, empty ones null, the phone in E.164, codes resolved, register and account numbers taken out of the texts.
 */
export type CheckedCallback = {
  line: Line
  need: string | null
  service: string | null
  faqEntry: string | null
  phone: string
  name: string | null
  language: LanguageCode
  postalCode: string | null
  message: string | null
  safeContact: { voicemail: boolean | null; sms: boolean | null; sayWhoCalls: boolean | null; note: string | null }
  noticeVersion: string
  slot: Slot | null
  email: string | null
  /** A register number or an account number was taken out. */
  masked: boolean
}

/** Longest texts, in characters: a message is what one says in two minutes; nobody's name or wish is longer. */
export const LONGEST = { idempotencyKey: 200, phone: 40, name: 100, message: 2_000, note: 300, noticeVersion: 40, email: 254 } as const

/**
 * Checks a request against the directory at the present moment. A line that is not in service that day is refused, with whom to call instead,
 * if there is somebody.
 * @throws InvalidInput with every problem of the input, paths below `input`
 */
export function checkCallback(directory: Snapshot, input: CallbackInput, now: Date): CheckedCallback {
  const problems: Problem[] = []
  let masked = false
  const refuse = (path: string[], code: ProblemCode, params?: Problem['params']) =>
    problems.push({ path: ['input', ...path], code, params })

  const text = (value: string | null | undefined, path: string[], longest: number): string | null => {
    const tidy = tidyText(value ?? '')
    if (lengthOf(tidy) > longest) refuse(path, 'too_long', { max: longest })
    const { text: without, masked: found } = maskIdentifiers(tidy)
    masked ||= found
    return without === '' ? null : without
  }
  const known = <T>(value: string | null | undefined, records: ReadonlyMap<string, T>, name: string): string | null => {
    if (value == null || value === '') return null
    if (!records.has(value)) problems.push(unknownCode(['input', name], value))
    return value
  }

  const unusable = keyProblem(input.idempotencyKey)
  if (unusable) refuse(['idempotencyKey'], unusable, unusable === 'too_long' ? { max: LONGEST.idempotencyKey } : undefined)

  const line = directory.linesBySlug.get(input.line)
  if (!line) problems.push(unknownCode(['input', 'line'], input.line))
  else if (!line.acceptsCallbacks) refuse(['line'], 'line_takes_no_callbacks', { number: line.number })
  else if (!validOn(line, dayIn(now))) {
    const instead = lineInstead(line, now)
    refuse(['line'], 'line_not_in_service', instead ? { number: instead.number } : undefined)
  }

  let phone = ''
  if (input.phone.trim() === '') refuse(['phone'], 'required')
  else if (input.phone.length > LONGEST.phone) refuse(['phone'], 'phone_malformed')
  else {
    const reading = readPhone(input.phone)
    if ('e164' in reading) phone = reading.e164
    else refuse(['phone'], reading.problem)
  }

  const email = input.email?.trim() || null
  if (email !== null && !isEmail(email)) refuse(['email'], 'email_malformed')

  const wanted = input.slot || null
  const slot = line && wanted !== null ? slotById(line, wanted, now) : null
  const isGone = wanted !== null && slot === null && line !== undefined && isSlotOf(line, wanted)
  if (wanted !== null && slot === null && !isGone) refuse(['slot'], 'slot_not_offered')

  const wishes = input.safeContact ?? {}
  const checked = {
    need: known(input.need, directory.needsByCode, 'need'),
    service: known(input.service, directory.servicesBySlug, 'service'),
    faqEntry: known(input.faqEntry, directory.faqEntriesBySlug, 'faqEntry'),
    phone,
    name: text(input.name, ['name'], LONGEST.name),
    language: input.language,
    postalCode: known(input.postalCode?.trim(), directory.communesByPostalCode, 'postalCode'),
    message: text(input.message, ['message'], LONGEST.message),
    safeContact: {
      voicemail: wishes.voicemail ?? null,
      sms: wishes.sms ?? null,
      sayWhoCalls: wishes.sayWhoCalls ?? null,
      note: text(wishes.note, ['safeContact', 'note'], LONGEST.note),
    },
    noticeVersion: text(input.noticeVersion, ['noticeVersion'], LONGEST.noticeVersion) ?? '',
  }
  if (checked.noticeVersion === '') refuse(['noticeVersion'], 'required')
  // It is kept after all else is erased: it must not be able to hold what somebody wrote.
  else if (!/^[\w.-]+$/.test(checked.noticeVersion)) refuse(['noticeVersion'], 'malformed')
  if (!line || problems.length > 0) throw new InvalidInput(problems)
  // It was offered when she chose it. The actions know which others have a place left.
  if (isGone) throw new SlotTaken([])
  return { ...checked, line, slot, email, masked }
}

/** Enough to send to: one @, a host with a dot, no spaces, nothing that separates or hides addresses in a header (RFC 5322, 3.2.3). */
export const isEmail = (text: string): boolean =>
  text.length <= LONGEST.email && /^[^\s@<>()[\],;:"\\\p{C}]{1,64}@[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}$/u.test(text)

/** Why an idempotency key cannot be used: it has 1 to 200 visible ASCII characters. Null when it can. */
export function keyProblem(key: string): ProblemCode | null {
  if (key === '') return 'required'
  if (key.length > LONGEST.idempotencyKey) return 'too_long'
  return /^[\x21-\x7e]+$/.test(key) ? null : 'malformed'
}

/** The same input gives the same text, whatever the order of its fields; null and absent are the same. */
export const canonical = (input: unknown): string => JSON.stringify(sorted(input))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, field]) => field != null)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]))
}
