import { fold } from '../../directory/words.ts'
import { tidyText } from '../../strings/written.ts'
import { type ContentDocument, type Localized, TAGS } from './documents.ts'

/**
 * A document as it is stored, of one as somebody filled it in: no spaces around texts, no text that is empty, no language without any text, and
 * the lists whose order means nothing in the order in which the tables give them back.
 */
export function tidyDocument<D extends ContentDocument>(document: D): D {
  const tidied = tidy(document) as D
  const texts = Object.fromEntries(
    TAGS.flatMap((tag) => {
      const text = tidied.texts[tag]
      if (!text) return []
      const { changedAt: _, ...words } = text
      return Object.values(words).some((word) => word !== null) ? [[tag, text]] : []
    }),
  )
  return { ...tidied, ...inOrder(tidied), texts }
}

function tidy(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    const text = tidyText(value)
    return text === '' && !MUST_BE.has(key) ? null : text
  }
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? tidyText(one) : tidy(one)))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, tidy(inner, name)] as const)
  return Object.fromEntries(isLocalized(value) ? entries.filter(([, text]) => text !== null) : entries)
}

/** Values that every record of their kind has: when somebody leaves one empty it is told what is wrong with it. */
const MUST_BE = new Set(['slug', 'number', 'unit', 'code', 'day', 'opens', 'closes', 'commune', 'changedAt', 'audience'])

const isLocalized = (value: object): value is Localized => {
  const keys = Object.keys(value)
  return keys.every((key) => (TAGS as readonly string[]).includes(key)) && Object.values(value).every((one) => typeof one === 'string')
}

function inOrder(document: ContentDocument): Partial<ContentDocument> {
  const by =
    <T>(...keys: ((one: T) => string | number)[]) =>
    (a: T, b: T) => {
      for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1
      return 0
    }
  if (document.kind !== 'SERVICE' && document.kind !== 'LINE') return {}
  const exceptions = [...document.exceptions].sort(
    by(
      ({ firstDay }) => firstDay,
      ({ lastDay }) => lastDay,
      ({ opens }) => opens ?? '~',
    ),
  )
  if (document.kind === 'LINE') {
    const menu = [...document.menu].sort(
      by(
        ({ key }) => key,
        ({ validFrom }) => validFrom ?? '',
      ),
    )
    return { exceptions, menu }
  }
  const capacities = [...document.capacities].sort(by(({ unit }) => unit))
  return { exceptions, capacities, locations: [...new Set(document.locations)].sort() }
}

/** A slug from a title, for a record that was given none: "Aide à l’énergie" is aide-a-l-energie. */
export const slugFrom = (title: string): string =>
  fold(title)
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 70)
    .replace(/-+$/, '')
