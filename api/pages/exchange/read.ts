import { ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { type BroughtFile, type ImportView, MOST_FILES } from '../../exchange/rules/door.ts'
import { unsuited } from '../../exchange/rules/suits.ts'
import type { Problems } from '../callback/form-parts.ts'
import { languageOf, type Reader } from '../layout.ts'
import { exchangeWords } from './words.ts'

export const EXCHANGE_PATH = '/edit/exchange'
export const TABLES_PATH = `${EXCHANGE_PATH}/tables`
export const pathOf = ({ id }: Pick<ImportView, 'id'>): string => `${EXCHANGE_PATH}/${id}`

/** What stands in the fields of the form, but for the files, which no page can fill in. */
export type Filled = { format: ImportFormat; texts: LanguageCode; source: string; publish: boolean }

/** In characters: with all else it must fit into the address to which one comes back after signing in. */
export const LONGEST_SOURCE = 160

const oneOf = <T extends string>(all: Readonly<Record<string, T>>, value: string | null, other: T): T =>
  Object.values(all).find((one) => one === value) ?? other

/** What was sent, or what the address says: whoever comes back to the form finds it as she left it. */
export const readFilled = (sent: URLSearchParams, reader: Reader): Filled => ({
  format: oneOf(ImportFormat, sent.get('format'), 'QUESTIONS'),
  texts: oneOf(LanguageCode, sent.get('texts'), languageOf(reader)),
  source: (sent.get('source') ?? '').trim().slice(0, LONGEST_SOURCE),
  publish: sent.get('publish') === 'true',
})

/** The form with these values in it. `ended`: since a session was over when it was sent. */
export function formPath({ format, texts, source, publish }: Filled, ended = false): string {
  const values = { format, texts, source, publish: publish ? 'true' : '', ended: ended ? 'true' : '' }
  const query = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/[!'()*~]/g, inHex)}`)
  return `${EXCHANGE_PATH}?${query.join('&')}`
}
/** What `encodeURIComponent` leaves as it is, and no address to which one is led may have (`access/rules/next.ts`). */
const inHex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

export const filledOf = ({ format, language, source, publish }: ImportView): Filled => ({
  format,
  texts: language,
  source: source ?? '',
  publish,
})

/** A form as it was sent: its texts, and its files. */
export type SentForm = { fields: URLSearchParams; files: readonly BroughtFile[] }

export async function readForm(form: FormData): Promise<SentForm> {
  const fields = new URLSearchParams()
  const files: Promise<BroughtFile>[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.append(name, value)
    // Without a choice, browsers send a file without a name.
    else if (value.name !== '' || value.size > 0)
      files.push(value.arrayBuffer().then((bytes) => ({ name: value.name, bytes: new Uint8Array(bytes) })))
  }
  return { fields, files: await Promise.all(files) }
}

/** What is wrong with the files as far as one sees without reading them, by the name of the field. */
export function problemsOf(files: readonly BroughtFile[], { format }: Filled, reader: Reader): Problems {
  const words = exchangeWords(reader)
  const told = (message: string) => new Map([['file', message]])
  if (files.length === 0) return told(words.noFile)
  if (files.length > MOST_FILES) return told(words.tooMany(MOST_FILES))
  const wrong = files.flatMap((file) => {
    const why = unsuited(format, file)
    return why ? [words.unsuited[why](file.name.slice(-60))] : []
  })
  return wrong[0] ? told(`${wrong[0]} ${words.fileAgain}`) : new Map()
}
