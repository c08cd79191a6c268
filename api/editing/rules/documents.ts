import type {
  AreaKind,
  ContentKind,
  LanguageCode,
  LineKind,
  MenuEntryKind,
  OrganizationKind,
  ServiceStatus,
  Urgency,
} from '../../db/generated/enums.ts'
import type { Rule } from '../../service/rules/eligibility.ts'

/**
 * A record as editors change it: one plain document, whatever tables it lies in. Others are named by slug, order is the order of the lists,
 * days are `YYYY-MM-DD`, times `HH:MM` in Europe/Brussels. A draft may lack what a published record may not (`check.ts`).
 */
export type Tag = 'fr' | 'de' | 'nl' | 'en'
export const TAGS: readonly Tag[] = ['fr', 'de', 'nl', 'en']
export const tagsOf = (languages: readonly LanguageCode[]): Tag[] => languages.map((language) => language.toLowerCase() as Tag)
export const languageOf = (tag: Tag): LanguageCode => tag.toUpperCase() as LanguageCode

/** A short text in some languages. */
export type Localized = Partial<Record<Tag, string>>

/** The texts of a record by language. `changedAt` (ISO 8601): when one of them, or a short text of that language, last changed, or as a
 * translation was confirmed. */
export type Written<T> = Partial<Record<Tag, T & { changedAt: string }>>

export type PhoneDocument = { number: string; languages: LanguageCode[]; label: Localized }
/** `days` as in iCalendar: MO TU WE TH FR SA SU. A closing time that is not after the opening time is on the next day. */
export type HoursDocument = {
  days: string[]
  opens: string
  closes: string
  validFrom: string | null
  validTo: string | null
  openOnHolidays: boolean
}
/** Closed when it has no times. */
export type ExceptionDocument = { firstDay: string; lastDay: string; opens: string | null; closes: string | null; reason: Localized }
export type AreaDocument = { kind: AreaKind; code: string }
/** `updated`: ISO 8601. */
export type CapacityDocument = { unit: string; available: number; maximum: number | null; updated: string }
export type MenuEntryDocument = {
  /** The key to press. */
  key: number
  kind: MenuEntryKind
  service: string | null
  transferTo: string | null
  partner: string | null
  validFrom: string | null
  validTo: string | null
  label: Localized
}

type Base<K extends ContentKind, T> = {
  kind: K
  /** The language it was first written in: others are translations of it. */
  language: LanguageCode
  texts: Written<T>
}
type Named = { slug: string }
/** Where it comes from, when somebody last checked the facts, and when the texts were last read against their source. */
type Checked = { source: string | null; assuredDate: string | null; reviewedAt: string | null }

export type OrganizationDocument = Base<'ORGANIZATION', { name: string | null; description: string | null }> &
  Named &
  Checked & {
    organizationKind: OrganizationKind
    url: string | null
    email: string | null
    /** NIS code; of a commune or its CPAS. */
    commune: string | null
    /** Whose editors look after its records, beside its own. */
    keeper: string | null
    phones: PhoneDocument[]
  }

export type LocationDocument = Base<'LOCATION', { name: string | null }> &
  Named & {
    organization: string | null
    street: string | null
    postalCode: string | null
    /** NIS code. */
    commune: string
    latitude: number | null
    longitude: number | null
  }

export type ServiceTextsDocument = {
  name: string | null
  description: string | null
  applicationProcess: string | null
  fees: string | null
  eligibility: string | null
  alert: string | null
}
export type ServiceDocument = Base<'SERVICE', ServiceTextsDocument> &
  Named &
  Checked & {
    organization: string
    status: ServiceStatus
    url: string | null
    email: string | null
    minimumAge: number | null
    maximumAge: number | null
    virtual: boolean
    eligibility: Rule | null
    languages: LanguageCode[]
    position: number
    checkFailedOn: string | null
    needs: string[]
    audiences: string[]
    areas: AreaDocument[]
    /** Slugs, in the order of the alphabet. */
    locations: string[]
    phones: PhoneDocument[]
    hours: HoursDocument[]
    exceptions: ExceptionDocument[]
    capacities: CapacityDocument[]
    requiredDocuments: Localized[]
  }

export type QuestionDocument = Base<'QUESTION', { question: string | null; answer: string | null }> &
  Named &
  Omit<Checked, 'assuredDate'> & {
    organization: string
    urgency: Urgency
    position: number
    needs: string[]
    services: string[]
    related: string[]
  }

export type LineTextsDocument = {
  name: string | null
  description: string | null
  alert: string | null
  closingMessage: string | null
  script: string | null
}
export type LineDocument = Base<'LINE', LineTextsDocument> &
  Named &
  Checked & {
    number: string
    lineKind: LineKind
    organization: string
    languages: LanguageCode[]
    acceptsCallbacks: boolean
    callsPerHour: number
    slotNoticeMinutes: number
    slotDaysAhead: number
    position: number
    validFrom: string | null
    validTo: string | null
    fallback: string | null
    successor: string | null
    needs: string[]
    areas: AreaDocument[]
    hours: HoursDocument[]
    exceptions: ExceptionDocument[]
    menu: MenuEntryDocument[]
  }

export type ClosingDayDocument = Base<'CLOSING_DAY', { name: string | null }> & {
  /** MM-DD for every year, YYYY-MM-DD for one. */
  day: string
  kinds: OrganizationKind[]
  /** NIS codes, slugs of provinces or regions. */
  areas: string[]
  organization: string | null
}

export type ContentDocument =
  | OrganizationDocument
  | LocationDocument
  | ServiceDocument
  | QuestionDocument
  | LineDocument
  | ClosingDayDocument

export type DocumentOf<K extends ContentKind> = Extract<ContentDocument, { kind: K }>

/** The slug of a document; closing days have none. */
export const slugOf = (document: ContentDocument): string | null => ('slug' in document ? document.slug : null)

/** The organization whose editors change the record: of an organization, who keeps it. */
export const ownerOf = (document: ContentDocument): string | null =>
  document.kind === 'ORGANIZATION' ? document.keeper : document.organization

/** What a record is called in one language; null where it has no such text. */
export function titleIn(document: ContentDocument, tag: Tag): string | null {
  const text = document.texts[tag]
  if (!text) return null
  return 'question' in text ? text.question : text.name
}

/** The same in the first of the languages in which it has one; a slug or a day where it has none at all. */
export function titleOf(document: ContentDocument, languages: readonly LanguageCode[]): string {
  for (const tag of tagsOf(languages)) {
    const title = titleIn(document, tag)
    if (title) return title
  }
  return slugOf(document) ?? ('day' in document ? document.day : '')
}

/** Every other record that a document names. */
export function referencesOf(document: ContentDocument): { kind: ContentKind; slug: string; path: string[] }[] {
  const found: { kind: ContentKind; slug: string | null; path: string[] }[] = []
  const add = (kind: ContentKind, slug: string | null, ...path: string[]) => found.push({ kind, slug, path })
  switch (document.kind) {
    case 'ORGANIZATION':
      add('ORGANIZATION', document.keeper, 'keeper')
      break
    case 'SERVICE':
      add('ORGANIZATION', document.organization, 'organization')
      for (const [index, slug] of document.locations.entries()) add('LOCATION', slug, 'locations', String(index))
      break
    case 'QUESTION':
      add('ORGANIZATION', document.organization, 'organization')
      for (const [index, slug] of document.services.entries()) add('SERVICE', slug, 'services', String(index))
      for (const [index, slug] of document.related.entries()) add('QUESTION', slug, 'related', String(index))
      break
    case 'LINE':
      add('ORGANIZATION', document.organization, 'organization')
      add('LINE', document.fallback, 'fallback')
      add('LINE', document.successor, 'successor')
      for (const [index, { service, transferTo, partner }] of document.menu.entries()) {
        add('SERVICE', service, 'menu', String(index), 'service')
        add('LINE', transferTo, 'menu', String(index), 'transferTo')
        add('ORGANIZATION', partner, 'menu', String(index), 'partner')
      }
      break
    case 'LOCATION':
    case 'CLOSING_DAY':
      add('ORGANIZATION', document.organization, 'organization')
  }
  return found.flatMap(({ slug, ...rest }) => (slug === null ? [] : [{ ...rest, slug }]))
}

/**
 * The same document without what it names and is not there, as a reader would see it; null when that is whose it is.
 * @param isThere whether a record is there to be shown
 */
export function withoutMissing<D extends ContentDocument>(document: D, isThere: (kind: ContentKind, slug: string) => boolean): D | null {
  const left = structuredClone(document) as D & Record<string, unknown>
  // From the end of each list, so that what is taken out moves nothing that is still to be.
  for (const { kind, slug, path } of referencesOf(document).reverse()) {
    if (isThere(kind, slug)) continue
    const [name, index, part] = path as [string, string?, string?]
    if (name === 'organization') return null
    if (index === undefined) Object.assign(left, { [name]: null })
    else if (part === undefined) (left[name] as unknown[]).splice(Number(index), 1)
    else
      (left[name] as Record<string, unknown>[])[Number(index)] = {
        ...(left[name] as Record<string, unknown>[])[Number(index)],
        [part]: null,
      }
  }
  return left
}
