import type { ContentKind, OrganizationKind } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Problem, ProblemCode } from '../../errors.ts'
import { mailAddress, webAddress } from '../../service/rules/addresses.ts'
import { lengthOf } from '../../strings/written.ts'
import { unknownCode } from '../../taxonomy/rules.ts'
import { type AreaDocument, type ContentDocument, type Localized, type PhoneDocument, TAGS, type Tag } from './documents.ts'

/** How another record stands that a document names. */
export type RecordState = 'PUBLISHED' | 'DRAFT' | 'RETIRED'

/** What must be known beside a document to judge it. */
export type Known = {
  directory: Pick<Snapshot, 'needsByCode' | 'audiencesByCode' | 'communesByNis' | 'communes'>
  /** Null: there is no such record. */
  stateOf(kind: ContentKind, slug: string): RecordState | null
  /** The line that is called while another is closed, as published. */
  fallbackOf(slug: string): string | null
  /** The slug belongs to another record of the kind. */
  slugTaken: boolean
  /** The slug under which the record was published: it stays so for good. */
  publishedSlug: string | null
}

/**
 * What is wrong with a document. `shape`: what no document may be, so that it is not even saved. `open`: what a draft may lack and what is
 * published may not.
 */
export type Findings = { shape: Problem[]; open: Problem[] }

type Params = Problem['params']

/** Collects what is wrong, and has the checks that records of several kinds share. Paths are those of the document. */
export class Checks implements Findings {
  readonly shape: Problem[] = []
  readonly open: Problem[] = []
  constructor(
    readonly document: ContentDocument,
    readonly known: Known,
  ) {}

  refuse(path: readonly string[], code: ProblemCode, params?: Params): void {
    this.shape.push({ path: [...path], code, ...(params ? { params } : {}) })
  }

  lack(path: readonly string[], code: ProblemCode, params?: Params): void {
    this.open.push({ path: [...path], code, ...(params ? { params } : {}) })
  }

  slug(slug: string): void {
    if (!SLUG.test(slug)) this.refuse(['slug'], 'slug_malformed')
    else if (this.known.slugTaken) this.refuse(['slug'], 'slug_taken', { value: slug })
    else if (this.known.publishedSlug !== null && this.known.publishedSlug !== slug) this.refuse(['slug'], 'slug_fixed')
  }

  /** Texts of each language: none too long, and in its first language whatever a reader cannot do without. */
  texts(longest: Readonly<Record<string, number>>, needed: readonly string[]): void {
    const { texts, language } = this.document
    for (const tag of TAGS) {
      const text = texts[tag] as Record<string, string | null> | undefined
      if (!text) continue
      for (const [name, max] of Object.entries(longest)) this.length(['texts', tag, name], text[name] ?? null, max)
      // A translation without its title would be shown without one.
      const [title] = needed
      if (title && !text[title] && tag !== language.toLowerCase()) this.lack(['texts', tag, title], 'required')
    }
    const first = texts[language.toLowerCase() as Tag] as Record<string, string | null> | undefined
    for (const name of needed) if (!first?.[name]) this.lack(['texts', language.toLowerCase(), name], 'required')
  }

  length(path: readonly string[], text: string | null, max: number): void {
    if (text !== null && lengthOf(text) > max) this.refuse(path, 'too_long', { max })
  }

  /** A short text in some languages, which must be there in the first one. */
  label(path: readonly string[], texts: Localized, { needed, longest = LONGEST.label }: { needed: boolean; longest?: number }): void {
    for (const [tag, text] of Object.entries(texts)) this.length([...path, tag], text, longest)
    const first = this.document.language.toLowerCase() as Tag
    if (needed && !texts[first]) this.lack([...path, first], 'required')
  }

  list(path: string, values: readonly unknown[], max: number = LONGEST.list): void {
    if (values.length > max) this.refuse([path], 'too_many', { max })
  }

  needs(codes: readonly string[]): void {
    this.list('needs', codes)
    this.each('needs', codes, (code) => this.known.directory.needsByCode.has(code))
    if (codes.length === 0) this.lack(['needs'], 'required')
  }

  audiences(codes: readonly string[]): void {
    this.list('audiences', codes)
    this.each('audiences', codes, (code) => this.known.directory.audiencesByCode.has(code))
  }

  private each(name: string, codes: readonly string[], exists: (code: string) => boolean): void {
    for (const [index, code] of codes.entries()) {
      if (!exists(code)) this.shape.push(unknownCode([name, String(index)], code))
      else if (codes.indexOf(code) !== index) this.refuse([name, String(index)], 'listed_twice', { value: code })
    }
  }

  commune(path: readonly string[], nisCode: string): void {
    if (nisCode === '') this.lack(path, 'required')
    else if (!this.known.directory.communesByNis.has(nisCode)) this.shape.push(unknownCode([...path], nisCode))
  }

  areas(areas: readonly AreaDocument[]): void {
    this.list('areas', areas, LONGEST.areas)
    for (const [index, { kind, code }] of areas.entries()) {
      const path = ['areas', String(index), 'code']
      if (code === '') this.lack(path, 'required')
      else if (!areaExists(this.known.directory, { kind, code })) this.shape.push(unknownCode(path, code))
      else if (areas.findIndex((one) => one.kind === kind && one.code === code) !== index) this.refuse(path, 'area_twice')
    }
  }

  phones(phones: readonly PhoneDocument[]): void {
    this.list('phones', phones)
    for (const [index, { number, label }] of phones.entries()) {
      const path = ['phones', String(index)]
      this.number([...path, 'number'], number)
      if (number !== '' && phones.findIndex((one) => digits(one.number) === digits(number)) !== index)
        this.lack([...path, 'number'], 'listed_twice', { value: number })
      this.label([...path, 'label'], label, { needed: false })
    }
  }

  /** As one reads it aloud: digits with what people write between them. Short numbers are numbers as well. */
  number(path: readonly string[], number: string): void {
    if (number === '') this.lack(path, 'required')
    else if (!/^\+?\d[\d\s./()-]{1,24}$/.test(number)) this.refuse(path, 'number_unknown_shape', { value: number.slice(0, 60) })
    else if (PREMIUM.test(digits(number))) this.lack(path, 'number_premium')
  }

  url(url: string | null): void {
    this.length(['url'], url, LONGEST.url)
    if (url !== null && (webAddress(url) === undefined || !/^https?:\/\/[^/\s]+\.[^/\s]+/.test(url))) this.refuse(['url'], 'url_malformed')
  }

  email(email: string | null): void {
    if (email !== null && (lengthOf(email) > LONGEST.email || mailAddress(email) === undefined)) this.refuse(['email'], 'email_malformed')
  }

  range(path: readonly string[], value: number | null, min: number, max: number): void {
    if (value !== null && (!Number.isFinite(value) || value < min || value > max)) this.refuse(path, 'out_of_range', { min, max })
  }

  /** The first and the last day on which something holds. */
  validity(path: readonly string[], { validFrom, validTo }: { validFrom: string | null; validTo: string | null }): void {
    if (validFrom !== null && validTo !== null && validTo < validFrom) this.lack([...path, 'validTo'], 'valid_range_reversed')
  }

  /** Another record that the document names. A draft may name another draft; what is published may not lead nowhere. */
  reference(kind: ContentKind, slug: string | null, path: readonly string[]): void {
    if (slug === null) return
    const state = this.known.stateOf(kind, slug)
    if (state === null) this.shape.push(unknownCode([...path], slug))
    else if (state === 'RETIRED') this.lack(path, 'target_retired', { value: slug })
    else if (state === 'DRAFT') this.lack(path, 'target_unpublished', { value: slug })
  }

  references(kind: ContentKind, slugs: readonly string[], name: string): void {
    this.list(name, slugs)
    for (const [index, slug] of slugs.entries()) {
      const path = [name, String(index)]
      if (slugs.indexOf(slug) !== index) this.refuse(path, 'listed_twice', { value: slug })
      else this.reference(kind, slug, path)
    }
  }

  source(source: string | null): void {
    this.length(['source'], source, LONGEST.source)
    if (source === null) this.lack(['source'], 'required')
  }
}

/** Letters, digits and single hyphens: the last part of the addresses of our pages, for good. */
const SLUG = /^(?=.{2,80}$)[a-z\d]+(-[a-z\d]+)*$/

/** Belgian numbers for which the caller pays more than the call (090x), with or without the country's code. */
const PREMIUM = /^(0|32|0032)90\d{6}$/

const digits = (number: string): string => number.replace(/\D/g, '')

/** Characters and entries at most. A whole record in four languages must go through the door (`http/bounds.ts`). */
export const LONGEST = {
  title: 200,
  label: 300,
  text: 4_000,
  script: 6_000,
  source: 1_000,
  url: 500,
  email: 254,
  street: 200,
  list: 50,
  areas: 600,
  hours: 60,
} as const

export function areaExists({ communesByNis, communes }: Known['directory'], { kind, code }: AreaDocument): boolean {
  switch (kind) {
    case 'COMMUNE':
      return communesByNis.has(code)
    case 'PROVINCE':
      return communes.some(({ province }) => province === code)
    case 'REGION':
      return communes.some(({ region }) => region === code)
    case 'COUNTRY':
      return code === 'BE'
  }
}

/** Bodies that stand for one commune. */
export const OF_A_COMMUNE: readonly OrganizationKind[] = ['COMMUNE', 'CPAS']
