import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { fullDay, languageName } from '../../service/rules/formats.ts'
import { areaName, daysLabel, timesLabel } from '../../service/rules/wording.ts'
import type { ContentField } from '../../strings/content/fr.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Change } from './compare.ts'
import {
  type AreaDocument,
  type CapacityDocument,
  type ExceptionDocument,
  type HoursDocument,
  type Localized,
  languageOf,
  type MenuEntryDocument,
  type PhoneDocument,
  TAGS,
  type Tag,
} from './documents.ts'
import { ruleSentences, shown } from './sentences.ts'

/** A change in words, for a person. */
export type Worded = { path: readonly string[]; label: string; before: string | null; after: string | null }

type Wording = { directory: Snapshot; languages: readonly LanguageCode[] }

/** What a change is called, and both values as a person reads them; null where there was or is nothing. */
export function wordChange({ path, before, after }: Change, wording: Wording): Worded {
  const { languages } = wording
  const { fields } = stringsFor(languages).content
  const [first = '', second, third, fourth] = path
  const named = (name: string): string => fields[name as ContentField] ?? name
  const inLanguage = (tag: string) => languageName(languageOf(tag as Tag), languages[0] ?? 'FR')
  const value = (field: string) => (one: unknown) => said(field, one, wording)
  if (first === 'texts') {
    const field = third === 'eligibility' ? 'eligibilityText' : (third ?? '')
    const told = (one: unknown) => (typeof one === 'string' ? one : null)
    return { path, label: `${named(field)} (${inLanguage(second ?? '')})`, before: told(before), after: told(after) }
  }
  if (second === undefined) return { path, label: named(first), before: value(first)(before), after: value(first)(after) }
  const entry = `${named(first)} · ${entryName(first, second, wording)}`
  if (third === undefined) return { path, label: entry, before: summary(first, before, wording), after: summary(first, after, wording) }
  if (isTag(third)) return { path, label: `${entry} (${inLanguage(third)})`, before: text(before), after: text(after) }
  if (fourth !== undefined)
    return { path, label: `${entry}, ${named(third)} (${inLanguage(fourth)})`, before: text(before), after: text(after) }
  return { path, label: `${entry}, ${named(third)}`, before: value(third)(before), after: value(third)(after) }
}

const isTag = (name: string): boolean => (TAGS as readonly string[]).includes(name)
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What one entry of a list is known by, for a person. */
const entryName = (list: string, key: string, wording: Wording): string => {
  const [kind = '', code = ''] = key.split(' ')
  return list === 'areas' ? area({ kind: kind as AreaDocument['kind'], code }, wording) : key
}

const area = ({ kind, code }: AreaDocument, { directory, languages }: Wording): string =>
  areaName({ kind, code, commune: kind === 'COMMUNE' ? (directory.communesByNis.get(code) ?? null) : null }, languages)

/** Values that are codes: what they stand for. */
const CODES: Readonly<Record<string, (code: string, wording: Wording) => string | undefined>> = {
  needs: (code, { directory, languages }) => {
    const need = directory.needsByCode.get(code)
    return need && choose(need.texts, languages).text.label
  },
  audiences: (code, { directory, languages }) => {
    const audience = directory.audiencesByCode.get(code)
    return audience && choose(audience.texts, languages).text.label
  },
  languages: (code, { languages }) => languageName(code as LanguageCode, languages[0] ?? 'FR'),
  language: (code, { languages }) => languageName(code as LanguageCode, languages[0] ?? 'FR'),
  organization: organizationName,
  keeper: organizationName,
  partner: organizationName,
  service: serviceName,
  services: serviceName,
  fallback: lineName,
  successor: lineName,
  transferTo: lineName,
  related: (slug, { directory, languages }) => {
    const entry = directory.faqEntriesBySlug.get(slug)
    return entry && choose(entry.texts, languages).text.question
  },
  commune: (nis, { directory, languages }) => {
    const commune = directory.communesByNis.get(nis)
    return commune && choose(commune.texts, languages).text.name
  },
  days: (day, { languages }) => stringsFor(languages).content.words.days[day],
}

function organizationName(slug: string, { directory, languages }: Wording): string | undefined {
  const organization = directory.organizationsBySlug.get(slug)
  return organization && choose(organization.texts, languages).text.name
}

function serviceName(slug: string, { directory, languages }: Wording): string | undefined {
  const service = directory.servicesBySlug.get(slug)
  return service && choose(service.texts, languages).text.name
}

function lineName(slug: string, { directory, languages }: Wording): string | undefined {
  const line = directory.linesBySlug.get(slug)
  return line && choose(line.texts, languages).text.name
}

/** Values with a name of their own in every language. */
const NAMED = new Set(['status', 'organizationKind', 'urgency', 'lineKind', 'kind', 'kinds'])
const DAY = /^\d{4}-\d{2}-\d{2}(T|$)/

/** One value of a record as a person reads it; null where there is none. */
function said(field: string, value: unknown, wording: Wording): string | null {
  const { content } = stringsFor(wording.languages)
  if (value === null || value === undefined) return null
  if (field === 'eligibility') return ruleSentences(value as Rule, wording.directory, wording.languages).join(' ')
  if (typeof value === 'boolean') return value ? content.words.yes : content.words.no
  if (Array.isArray(value)) return value.map((one) => said(field, one, wording) ?? '').join(', ') || null
  if (typeof value === 'object') return summary(field, value, wording)
  if (typeof value !== 'string') return String(value)
  if (NAMED.has(field)) return content.values[value] ?? value
  if (field !== 'number' && DAY.test(value))
    return fullDay(wording.languages[0] ?? 'FR').format(Date.parse(`${value.slice(0, 10)}T12:00:00Z`))
  return CODES[field]?.(value, wording) ?? value
}

/** One entry of a list in a line. */
function summary(list: string, value: unknown, wording: Wording): string | null {
  if (value === null || value === undefined) return null
  const { languages } = wording
  const spaced = (...parts: (string | null)[]) => parts.filter(Boolean).join(', ')
  const span = (from: string | null, to: string | null) =>
    [from, to].some(Boolean) ? `${said('validFrom', from, wording) ?? ''} – ${said('validTo', to, wording) ?? ''}`.trim() : null
  switch (list) {
    case 'phones': {
      const { number, label, languages: spoken } = value as PhoneDocument
      return spaced(number, shown(label, languages), said('languages', spoken, wording))
    }
    case 'hours': {
      const { days, opens, closes, validFrom, validTo } = value as HoursDocument
      return spaced(daysLabel(days, languages), timesLabel({ opensAt: opens, closesAt: closes }, languages), span(validFrom, validTo))
    }
    case 'exceptions': {
      const { firstDay, lastDay, opens, closes, reason } = value as ExceptionDocument
      const times =
        opens && closes ? timesLabel({ opensAt: opens, closesAt: closes }, languages) : stringsFor(languages).content.words.closed
      return spaced(span(firstDay, lastDay), times, shown(reason, languages))
    }
    case 'areas':
      return area(value as AreaDocument, wording)
    case 'capacities': {
      const { unit, available, maximum } = value as CapacityDocument
      return spaced(unit, maximum === null ? String(available) : `${available} / ${maximum}`)
    }
    case 'menu': {
      const { key, label, service, transferTo, partner, validFrom, validTo } = value as MenuEntryDocument
      const target = said('service', service, wording) ?? said('transferTo', transferTo, wording) ?? said('partner', partner, wording)
      return spaced(`${key}`, shown(label, languages), target, span(validFrom, validTo))
    }
    default:
      return shown(value as Localized, languages)
  }
}
