import type { ContentKind, LanguageCode } from '../../schema/generated/workshop.ts'

/**
 * A record as the forms change it: plain JSON, texts by language in lower case. Problems of the API name their values by the same paths.
 */
export type Tag = 'fr' | 'de' | 'nl' | 'en'
export type Doc = { readonly [key: string]: unknown }
export type Path = readonly string[]

export const TAGS: readonly Tag[] = ['fr', 'de', 'nl', 'en']
export const tagOf = (language: LanguageCode): Tag => language.toLowerCase() as Tag
export const codeOf = (tag: Tag): LanguageCode => tag.toUpperCase() as LanguageCode

/** The texts of each kind in the order in which they are written, the title first. */
export const TEXTS: Readonly<Record<ContentKind, readonly string[]>> = {
  SERVICE: ['name', 'description', 'alert', 'eligibility', 'applicationProcess', 'fees'],
  QUESTION: ['question', 'answer'],
  LINE: ['name', 'description', 'alert', 'closingMessage', 'script'],
  ORGANIZATION: ['name', 'description'],
  LOCATION: ['name'],
  CLOSING_DAY: ['name'],
}

/** What a document calls its subject, in the language it was first written in; empty as long as nobody wrote that. */
export function titleOf({ language = 'FR', texts }: Doc): string {
  const { name, question } = (at(texts, [tagOf(language as LanguageCode)]) ?? {}) as { name?: string; question?: string }
  return name || question || ''
}

/** Texts of more than one line. */
export const LONG: readonly string[] = [
  'description',
  'answer',
  'applicationProcess',
  'eligibility',
  'fees',
  'alert',
  'closingMessage',
  'script',
]

/** Short texts in some languages: as `{ fr: … }` here, as a list on the wire. */
const LOCALIZED: readonly string[] = ['label', 'reason', 'document']
/** What the API requires to be a text: an empty one stands for nothing there. */
const REQUIRED: readonly string[] = ['number', 'unit', 'code', 'day', 'firstDay', 'lastDay', 'updated']

const isObject = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the API sent, as a document. One name has one type in a query: where two kinds differ, one has another name there (`placeOrganization`). */
export function fromWire(content: object): Doc {
  const { requiredDocuments, ...rest } = read(content, '') as Doc
  if (!Array.isArray(requiredDocuments)) return rest
  return { ...rest, requiredDocuments: requiredDocuments.map(({ document }: { document: unknown }) => document) }
}

function read(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    if (LOCALIZED.includes(name)) return Object.fromEntries(value.map(({ language, text }) => [tagOf(language), text]))
    if (name === 'texts') return Object.fromEntries(value.map(({ language, __typename: _, ...texts }) => [tagOf(language), texts]))
    return value.map((one) => read(one, ''))
  }
  // A rule has its own grammar.
  if (!isObject(value)) return value
  const known = Object.entries(value).filter(([key]) => key !== '__typename')
  return Object.fromEntries(
    known.map(([key, inner]) => {
      const own = key.replace(/^(?:place|day|org)([A-Z])/, (_, first: string) => first.toLowerCase())
      return [own, own === 'eligibility' ? inner : read(inner, own)]
    }),
  )
}

/** A document as the API takes it. */
export function toInput(doc: Doc): Record<string, unknown> {
  const papers = doc.requiredDocuments as readonly unknown[] | undefined
  return written(papers ? { ...doc, requiredDocuments: papers.map((document) => ({ document })) } : doc, '') as Record<string, unknown>
}

function written(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => written(one, ''))
  if (!isObject(value)) return value ?? (REQUIRED.includes(name) ? '' : null)
  if (LOCALIZED.includes(name)) return Object.entries(value).map(([tag, text]) => ({ language: codeOf(tag as Tag), text: text ?? '' }))
  if (name === 'texts') return Object.entries(value).map(([tag, texts]) => ({ language: codeOf(tag as Tag), ...(texts as Doc) }))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'eligibility' ? inner : written(inner, key)]))
}

/** The value at a path; undefined where there is none. */
export function at(value: unknown, path: Path): unknown {
  let found = value
  for (const step of path) found = (found as Doc | undefined | null)?.[step]
  return found
}

/** The same with another value at a path; `undefined` takes it away. What is on the way is made. */
export function put<T>(value: T, path: Path, next: unknown): T {
  const [step, ...rest] = path
  if (step === undefined) return next as T
  if (Array.isArray(value)) {
    const index = Number(step)
    if (rest.length === 0 && next === undefined) return value.filter((_, one) => one !== index) as T
    const list = [...value]
    list[index] = put(list[index], rest, next)
    return list as T
  }
  const { [step]: before, ...others } = (value ?? {}) as Record<string, unknown>
  if (rest.length === 0 && next === undefined) return others as T
  // In its place: the order of what a document says stays.
  return { ...(value ?? {}), [step]: put(before, rest, next) } as T
}

const ORDERED = (_: string, value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(
            ([, inner]) => inner !== null && inner !== '' && inner !== undefined && !(isObject(inner) && Object.keys(inner).length === 0),
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value

/** Whether two values say the same: nothing, null and an empty text are one. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? '', ORDERED) === JSON.stringify(b ?? '', ORDERED)

/** The parts of two documents that somebody may choose between: each text of each language, and each other value as a whole. */
export function partsOf(...docs: readonly Doc[]): Path[] {
  const names = new Set(docs.flatMap((doc) => Object.keys(doc)))
  names.delete('texts')
  const texts = TAGS.flatMap((tag) => {
    const own = new Set(docs.flatMap((doc) => Object.keys((at(doc, ['texts', tag]) as Doc | undefined) ?? {})))
    return [...own].map((name) => ['texts', tag, name])
  })
  return [...texts, ...[...names].map((name) => [name])]
}

/**
 * What two editors made of one version. What only one of them changed is taken; what both changed differently is for a person to choose: until then
 * it is as in `mine`.
 */
export function merge(base: Doc, mine: Doc, theirs: Doc): { merged: Doc; clashes: Path[] } {
  let merged = theirs
  const clashes: Path[] = []
  for (const path of partsOf(base, mine, theirs)) {
    const [before, own, other] = [at(base, path), at(mine, path), at(theirs, path)]
    if (isSame(own, before) || isSame(own, other)) continue
    if (!isSame(other, before)) clashes.push(path)
    merged = put(merged, path, own)
  }
  return { merged, clashes }
}

/** Every short text within the lists and the rule of a document, by its path without the language. */
export function shortTexts(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => shortTexts(one, [...path, String(index)]))
  if (!isObject(value)) return []
  const names = Object.keys(value).filter((name) => !(path.length === 0 && name === 'texts'))
  if (path.length > 0 && names.length > 0 && names.every((name) => TAGS.includes(name as Tag))) return [path]
  return names.flatMap((name) => shortTexts(value[name], [...path, name]))
}

/** What a new record begins with. */
export function emptyDoc(kind: ContentKind, organization: string, language: LanguageCode): Doc {
  const common = { language, texts: { [tagOf(language)]: {} } }
  const checked = { source: null, reviewedAt: null }
  const opened = { areas: [], hours: [], exceptions: [], needs: [], languages: [language] }
  switch (kind) {
    case 'SERVICE':
      return {
        ...common,
        ...checked,
        ...opened,
        assuredDate: null,
        organization,
        status: 'ACTIVE',
        virtual: false,
        eligibility: null,
        audiences: [],
        locations: [],
        phones: [],
        capacities: [],
        requiredDocuments: [],
      }
    case 'QUESTION':
      return { ...common, ...checked, organization, urgency: 'INFO', needs: [], services: [], related: [] }
    case 'LINE':
      return {
        ...common,
        ...checked,
        ...opened,
        assuredDate: null,
        organization,
        lineKind: 'SOCIAL',
        acceptsCallbacks: false,
        number: '',
        menu: [],
      }
    case 'ORGANIZATION':
      return { ...common, ...checked, assuredDate: null, organizationKind: 'ASSOCIATION', phones: [] }
    case 'LOCATION':
      return { ...common, organization, commune: '' }
    case 'CLOSING_DAY':
      return { ...common, day: '', kinds: [], areas: [], organization }
  }
}

/** A code made of words: `en-quarantaine`. */
export const slugFrom = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'condition'
