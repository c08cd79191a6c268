import type { RequestCallbackMutationVariables } from '../../schema/generated/callback.ts'

export type Input = RequestCallbackMutationVariables['input']
/** What the person decides; the key and the version of the notice are added when it is sent. */
export type Wish = Omit<Input, 'idempotencyKey' | 'noticeVersion'>

/** Something to correct: the field's id and what the server says about it; without a text, the field is missing. */
export interface Problem {
  id?: string
  text?: string
}

/** The fields a problem of the server may point at, in the order of the page. */
const FIELDS = ['need', 'line', 'note', 'phone', 'email', 'language', 'name', 'postalCode', 'slot', 'message']

/** Spaces and signs away; what holds letters is left for the server to refuse, so that nothing else is dialled by accident. */
export const tidyPhone = (typed = ''): string => (/[a-z]/i.test(typed) ? typed : typed.replace('(0)', '').replace(/[^\d+]/g, ''))

/** What was typed and ticked, by name, without what was left empty. */
export const typed = (form: EventTarget | null): Record<string, string | undefined> => {
  const entries = [...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value).trim()])
  return Object.fromEntries(entries.filter(([, value]) => value))
}

/**
 * Reads the form.
 * @param known what the page, the finder or the choice of a time already said
 * @param asksSms whether she was asked about text messages: without the question, there is no answer
 */
export function readWish(form: EventTarget | null, known: Partial<Wish>, asksSms: boolean): Wish {
  const { line = '', language, phone, voicemail, sms, sayWhoCalls, note, day: _, ...others } = typed(form)
  return {
    line,
    ...others,
    ...known,
    language: language as Input['language'],
    phone: tidyPhone(phone),
    safeContact: { voicemail: !!voicemail, sms: asksSms ? !!sms : undefined, sayWhoCalls: !!sayWhoCalls, note },
  }
}

/** Those of the fields that were left empty. Whether the rest is right, the server says. */
export const missing = (values: Record<string, unknown>, ids: string[], prefix = ''): Problem[] =>
  ids.filter((id) => !values[id]).map((id) => ({ id: prefix + id }))

/** The server's problems, each at the field its path names, in the order of the page. */
export const problemsFrom = (problems: readonly { path: readonly string[]; message: string }[]): Problem[] =>
  problems
    .map(({ path, message }) => ({ id: FIELDS.find((field) => path.includes(field)), text: message }))
    .sort((a, b) => FIELDS.indexOf(a.id ?? '') - FIELDS.indexOf(b.id ?? ''))

/** A random key for one request, 128 bits. Not `randomUUID`, which is missing where the page is not a secure context. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')
