import { isDeepStrictEqual } from 'node:util'
import type { ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import type { FaqEntry, Location, Organization, Service, Snapshot } from '../../directory/snapshot.ts'
import type { ContentDocument, QuestionDocument } from '../../editing/rules/documents.ts'
import { uuidOf } from '../../hsds/ids.ts'
import { organizationRecord } from '../../hsds/map/organization.ts'
import { locationRecord } from '../../hsds/map/places.ts'
import { serviceRecord } from '../../hsds/map/service.ts'
import { termsOf } from '../../hsds/map/taxonomy.ts'
import { WORDS } from '../../hsds/words.ts'
import { sourceLanguage } from '../../service/rules/freshness.ts'
import { openAreas } from '../rules/areas.ts'
import type { Entry, Note, ReadFiles, Said, SentFile } from '../rules/entry.ts'
import { readHsds, saidOf } from '../rules/hsds.ts'
import type { HsdsKind, HsdsParts } from '../rules/hsds-parts.ts'
import { readJson } from '../rules/json.ts'
import { type QuestionRow, readQuestions, saidOfQuestion } from '../rules/questions.ts'
import { readTables } from '../rules/tables.ts'
import type { Sent } from '../rules/values.ts'

export type ReadParts = {
  format: ImportFormat
  files: readonly SentFile[]
  directory: Snapshot
  /** The day in Belgium. */
  today: string
  language: LanguageCode
  source: string | null
  /** Slug of the organization for which somebody acts. */
  organization: string | null
}

/** What the files say, and what of it the directory says already. */
export type ReadImport = ReadFiles & {
  /**
   * The same values as the directory would tell them, by column; null when it does not publish the record.
   * @param draft told instead by the format that has drafts
   */
  oursOf(entry: Entry, record: { id: string; slug: string | null }, draft: ContentDocument | null): Map<string, unknown> | null
}

/** Reads files of a format. */
export function readImport(parts: ReadParts): ReadImport {
  return parts.format === 'QUESTIONS' ? questions(parts) : hsds(parts)
}

/** Only these values of an entry would change something. */
export const saidAnew = (said: readonly Said[], ours: Map<string, unknown> | null): Said[] =>
  said.filter(({ column, value }) => !ours || !isDeepStrictEqual(value, ours.get(column)))

function questions({ files, directory, language, source, organization }: ReadParts): ReadImport {
  return {
    ...readQuestions(files, { language, source, organization }),
    oursOf(_entry, { slug }, draft) {
      if (draft?.kind === 'QUESTION') return saidOfQuestion({ document: draft, version: 1 })
      const found = slug === null ? undefined : directory.faqEntriesBySlug.get(slug)
      return found ? saidOfQuestion({ document: questionOf(found), version: 1 } satisfies QuestionRow) : null
    },
  }
}

/** A published question as a document, but for its place among the others and the times of its texts. */
export function questionOf(entry: FaqEntry): QuestionDocument {
  const languages = Object.keys(entry.texts) as LanguageCode[]
  return {
    kind: 'QUESTION',
    language: sourceLanguage(entry.edited, entry.owner),
    slug: entry.slug,
    organization: entry.owner.slug,
    urgency: entry.urgency,
    position: 0,
    source: entry.source,
    reviewedAt: entry.reviewedAt,
    needs: entry.needs.map(({ code }) => code),
    services: entry.services.map(({ slug }) => slug),
    related: entry.related.map(({ slug }) => slug),
    texts: Object.fromEntries(
      languages.map((language) => [
        language.toLowerCase(),
        { question: entry.texts[language]?.question ?? null, answer: entry.answers[language]?.answer ?? null, changedAt: '' },
      ]),
    ),
  }
}

function hsds({ format, files, directory, today, language, source, organization }: ReadParts): ReadImport {
  const read = format === 'HSDS_CSV' ? readTables(files) : { ...readJson(files), leftOut: [] }
  const parts: HsdsParts = {
    areas: openAreas(directory),
    terms: termsIn(directory),
    units: unitsIn(directory),
    today,
    language,
    source,
    keeper: organization,
  }
  const found = readHsds(read.lists, parts)
  found.problems.unshift(...read.problems)
  const leftOut = read.leftOut.map(({ name, count }): Note => ({ code: 'left_out', value: name, count }))
  const recordOf = recordsIn(directory, language, today)
  return {
    entries: found.entries,
    problems: found.problems,
    notes: () => [...leftOut, ...found.notes()],
    oursOf({ kind, place }, { id }) {
      const record = recordOf(kind as HsdsKind, id)
      if (!record) return null
      const said = saidOf(kind as HsdsKind, record as Sent, { ...parts, note: () => {} }, place, [])
      return new Map(said.map(({ column, value }) => [column, value]))
    },
  }
}

/** The records of our own feed, by the ids of their rows. */
function recordsIn(directory: Snapshot, language: LanguageCode, today: string) {
  const by = <T extends { id: string }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]))
  const [services, organizations]: [Map<string, Service>, Map<string, Organization>] = [by(directory.services), by(directory.organizations)]
  const places = placesIn(directory)
  const languages = inOrder(language)
  return (kind: HsdsKind, id: string): object | null => {
    const [service, organization, place] = [services.get(id), organizations.get(id), places.get(id)]
    if (kind === 'SERVICE') return service ? serviceRecord(service, languages, today, true) : null
    if (kind === 'ORGANIZATION') return organization ? organizationRecord(organization, languages, true) : null
    return place ? locationRecord(place, languages, true) : null
  }
}

/** Places by the identifiers of the feed, which are made of their slugs. */
export const placesIn = ({ services }: Snapshot): Map<string, Location> =>
  new Map(services.flatMap(({ locations }) => locations.map((location) => [locationIdOf(location.slug), location] as const)))

/** The identifier of a place in the feed (`hsds/map/places.ts`). */
export const locationIdOf = (slug: string): string => uuidOf('location', slug)

/** A language, and those that a text falls back to. */
export const inOrder = (language: LanguageCode): LanguageCode[] => [
  language,
  ...(['FR', 'DE', 'NL', 'EN'] as const).filter((one) => one !== language),
]

function termsIn(directory: Snapshot): HsdsParts['terms'] {
  const of = (taxonomy: 'needs' | 'audiences') =>
    new Map(
      termsOf(directory)
        .filter((term) => term.taxonomy === taxonomy)
        .flatMap(({ id, record: { code } }) => [
          [id, code],
          [code, code],
        ]),
    )
  return { needs: of('needs'), audiences: of('audiences'), ids: new Set(termsOf(directory).map(({ id }) => id)) }
}

const unitsIn = ({ services }: Snapshot): Map<string, string> => {
  const codes = [...Object.keys(WORDS.FR.units), ...services.flatMap(({ capacities }) => capacities.map(({ unit }) => unit))]
  return new Map(codes.map((code) => [uuidOf('unit', code), code]))
}
