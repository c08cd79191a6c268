import type { ContentKind } from '../../schema/generated/workshop.ts'
import type { Path } from './content.ts'
import type { Words } from './strings/fr.ts'

/** A part of a form: few values at a time. `texts.…` are in the language the record was first written in. */
export interface Section {
  name: keyof Words['sections']
  fields: readonly string[]
}

const ORIGIN = ['language', 'slug'] as const

/** The form of each kind, in the order in which a newcomer would tell it. */
export const SECTIONS: Readonly<Record<ContentKind, readonly Section[]>> = {
  SERVICE: [
    { name: 'basic', fields: ['texts.name', 'texts.description', 'organization', 'needs', 'texts.alert'] },
    { name: 'who', fields: ['texts.eligibility', 'audiences', 'minimumAge', 'maximumAge', 'eligibility', 'languages'] },
    { name: 'when', fields: ['hours', 'exceptions'] },
    { name: 'where', fields: ['virtual', 'locations', 'areas'] },
    { name: 'how', fields: ['texts.applicationProcess', 'texts.fees', 'requiredDocuments', 'phones', 'email', 'url', 'capacities'] },
    { name: 'check', fields: ['status', 'source', 'assuredDate', 'reviewedAt', 'checkFailedOn', ...ORIGIN] },
  ],
  QUESTION: [
    { name: 'basic', fields: ['texts.question', 'texts.answer', 'organization', 'needs', 'urgency'] },
    { name: 'links', fields: ['services', 'related'] },
    { name: 'check', fields: ['source', 'reviewedAt', ...ORIGIN] },
  ],
  LINE: [
    {
      name: 'basic',
      fields: ['texts.name', 'number', 'lineKind', 'organization', 'texts.description', 'needs', 'languages', 'texts.alert'],
    },
    { name: 'menu', fields: ['menu'] },
    { name: 'when', fields: ['hours', 'exceptions', 'fallback', 'validFrom', 'validTo'] },
    { name: 'where', fields: ['areas'] },
    { name: 'call', fields: ['acceptsCallbacks', 'callsPerHour', 'slotNoticeMinutes', 'slotDaysAhead', 'texts.script'] },
    { name: 'check', fields: ['source', 'assuredDate', 'reviewedAt', 'successor', 'texts.closingMessage', ...ORIGIN] },
  ],
  ORGANIZATION: [
    { name: 'basic', fields: ['texts.name', 'organizationKind', 'texts.description', 'commune'] },
    { name: 'contact', fields: ['phones', 'email', 'url'] },
    { name: 'check', fields: ['source', 'assuredDate', 'reviewedAt', 'keeper', ...ORIGIN] },
  ],
  LOCATION: [
    { name: 'basic', fields: ['texts.name', 'street', 'postalCode', 'commune', 'organization'] },
    { name: 'check', fields: ['latitude', 'longitude', ...ORIGIN] },
  ],
  CLOSING_DAY: [{ name: 'basic', fields: ['texts.name', 'day', 'kinds', 'organization', 'areas', 'language'] }],
}

/** What must be there before a record is published; of the rest the form says that it may stay empty. */
export const NEEDED: Readonly<Record<ContentKind, readonly string[]>> = {
  SERVICE: ['texts.name', 'texts.description', 'organization', 'needs', 'status', 'source', 'language'],
  QUESTION: ['texts.question', 'texts.answer', 'organization', 'needs', 'urgency', 'source', 'language'],
  LINE: ['texts.name', 'number', 'lineKind', 'organization', 'languages', 'source', 'language'],
  ORGANIZATION: ['texts.name', 'organizationKind', 'source', 'language'],
  LOCATION: ['texts.name', 'commune', 'language'],
  CLOSING_DAY: ['texts.name', 'day', 'language'],
}

/** Whether a value at this path stands in that field. */
export const isIn = (field: string, path: Path): boolean => {
  const [first, , third] = path
  return field === (first === 'texts' ? `texts.${third ?? ''}` : first)
}

/** In which part of the form a value is; the first one when it is in none. */
export const sectionOf = (kind: ContentKind, path: Path): number =>
  Math.max(
    0,
    SECTIONS[kind].findIndex(({ fields }) => fields.some((field) => isIn(field, path))),
  )
