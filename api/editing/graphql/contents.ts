import type { ContentKind } from '../../db/generated/enums.ts'
import { builder } from '../../graphql/builder.ts'
import {
  AreaKindEnum,
  LanguageCodeEnum,
  LineKindEnum,
  MenuEntryKindEnum,
  OrganizationKindEnum,
  ServiceStatusEnum,
  UrgencyEnum,
} from '../../graphql/enums.ts'
import type { Draft } from '../actions/save.ts'
import type { ContentDocument } from '../rules/documents.ts'
import { byLanguage, type Field, type Fields, type Shape, shape } from './shapes.ts'

builder.scalarType('EligibilityRule', {
  description:
    'Who may use a service, as JSON. One of: {"all": [rules]}, {"any": [rules]}, {"not": rule}, {"age": {"min": 18, "max": 25}}, {"audience": code}, ' +
    '{"commune": [NIS codes]}, {"language": "DE"}, {"condition": {"code": "in-quarantine", "texts": {"fr": "être en quarantaine"}}}, ' +
    '{"assessed": {"fr": "après analyse de la situation"}}. `ruleSentences` says what is wrong with one.',
  serialize: (value) => value,
  parseValue: (value) => value,
})

/** Fields that several parts have. */
const text = (description: string, more: Partial<Field> = {}): Field => ({ of: 'String', description, ...more })
const enumOf = (ref: unknown, description: string, more: Partial<Field> = {}): Field => ({ of: ref as Field['of'], description, ...more })
const languages = (description: string) => enumOf(LanguageCodeEnum, description, { list: true })
const FIRST: Fields = {
  language: enumOf(LanguageCodeEnum, 'The language it was first written in; absent: as it is, or the first there is a text in.', {
    made: true,
  }),
}
const SLUG: Fields = {
  slug: text('The last part of its address, for good once it is published; absent: as it is, or made from the title.', { made: true }),
}
const POSITION: Fields = {
  position: { of: 'Int', made: true, description: 'Its place among its like in lists; absent: as it is, or after the others.' },
}
const CHECKED: Fields = {
  source: text('Where the content comes from.'),
  assuredDate: { of: 'Date', description: 'When somebody last checked the facts.' },
  reviewedAt: { of: 'Date', description: 'When the texts were last read against their source.' },
}
const VALID: Fields = {
  validFrom: { of: 'Date', description: 'First day; null: always until then.' },
  validTo: { of: 'Date', description: 'Last day; null: without end.' },
}
const codes = (description: string) => text(description, { list: true })

const Phone = shape('PhoneContent', 'A telephone number.', {
  number: text('As one reads it aloud.', { required: true }),
  languages: languages('In which one is answered; none: not known.'),
  label: { of: 'Localized', description: 'What it is for.' },
})
const Hours = shape('HoursContent', 'Weekly opening hours in Europe/Brussels.', {
  days: text('MO TU WE TH FR SA SU.', { list: true }),
  opens: text('HH:MM.', { required: true }),
  closes: text('HH:MM; not after `opens` means the next day.', { required: true }),
  ...VALID,
  openOnHolidays: { of: 'Boolean', otherwise: false, description: 'These hours hold on legal holidays too.' },
})
const Exception = shape('ExceptionContent', 'Days on which the weekly hours do not hold: closed when it has no times.', {
  firstDay: { of: 'Date', required: true, description: 'Included.' },
  lastDay: { of: 'Date', required: true, description: 'Included.' },
  opens: text('HH:MM.'),
  closes: text('HH:MM; not after `opens` means the next day.'),
  reason: { of: 'Localized', description: 'Why, as in "inventory".' },
})
const Area = shape('AreaContent', 'Where something is offered.', {
  kind: enumOf(AreaKindEnum, 'How wide it is.', { required: true }),
  code: text('NIS code of the commune, slug of the province or region, or BE.', { required: true }),
})
const Capacity = shape('CapacityContent', 'How many places there are.', {
  unit: text('What is counted: bed, place, appointment …', { required: true }),
  available: { of: 'Int', required: true, description: 'Free ones.' },
  maximum: { of: 'Int', description: 'In all.' },
  updated: { of: 'DateTime', required: true, description: 'When they were counted.' },
})
const MenuEntry = shape('MenuEntryContent', 'What happens when a caller presses a key.', {
  key: { of: 'Int', required: true, description: 'The key; the menu is read in their order.' },
  kind: enumOf(MenuEntryKindEnum, 'What happens.', { required: true }),
  service: text('Slug of the service behind it.'),
  transferTo: text('Slug of the line the call goes on to.'),
  partner: text('Slug of the organization that answers.'),
  ...VALID,
  label: { of: 'Localized', description: 'What the caller hears.' },
})
const Paper = shape('RequiredDocumentContent', 'A document to bring.', {
  document: { of: 'Localized', description: 'What it is called.' },
})

const BOTH_HOURS: Fields = {
  hours: { of: Hours, list: true, description: 'Weekly hours.' },
  exceptions: { of: Exception, list: true, description: 'Days on which they do not hold.' },
}
const AREAS: Fields = { areas: { of: Area, list: true, description: 'Where it is offered; none: everywhere.' } }

type Kind = { shape: Shape; read(input: object): Draft }

/** The two types of a kind of record, its texts by language among them. */
function contentOf(kind: ContentKind, name: string, description: string, fields: Fields, texts: Fields): Kind {
  const Texts = shape(`${name}Texts`, `What is said of it in one language: ${description.charAt(0).toLowerCase()}${description.slice(1)}`, {
    language: enumOf(LanguageCodeEnum, 'Which.', { required: true }),
    ...texts,
  })
  const made = shape(`${name}Content`, description, {
    ...FIRST,
    ...fields,
    texts: { of: Texts, list: true, description: 'One for each language.' },
  })
  return {
    shape: made,
    read(input) {
      const { texts: all, ...rest } = made.read(input as Record<string, unknown>)
      const byTag = (all as { language: string }[]).map(({ language, ...said }) => [language.toLowerCase(), { ...said, changedAt: '' }])
      return { ...unwrapped(rest), kind, texts: Object.fromEntries(byTag) } as unknown as Draft
    },
  }
}

/** Documents to bring are short texts themselves. */
const unwrapped = ({ requiredDocuments, ...rest }: Record<string, unknown>) =>
  requiredDocuments === undefined
    ? rest
    : { ...rest, requiredDocuments: (requiredDocuments as { document: object }[]).map(({ document }) => document) }

/** A document as the types above show it. */
export function shownContent(document: ContentDocument): Record<string, unknown> {
  const texts = byLanguage(document.texts as Record<string, object>).map(([language, said]) => ({ language, ...said }))
  const papers = 'requiredDocuments' in document ? { requiredDocuments: document.requiredDocuments.map((one) => ({ document: one })) } : {}
  return { ...document, ...papers, texts }
}

export const KINDS: Readonly<Record<ContentKind, Kind & { name: string }>> = {
  ORGANIZATION: {
    name: 'Organization',
    ...contentOf(
      'ORGANIZATION',
      'Organization',
      'An organization.',
      {
        ...SLUG,
        organizationKind: enumOf(OrganizationKindEnum, 'What sort of body it is.', { required: true }),
        url: text('Its website.'),
        email: text('Its e-mail address.'),
        commune: text('NIS code; of a commune or its CPAS.'),
        keeper: text('Slug of the organization whose editors look after its records, beside its own; of a new one: the editor’s.'),
        ...CHECKED,
        phones: { of: Phone, list: true, description: 'Its telephones.' },
      },
      { name: text('Its name.'), description: text('What it is.') },
    ),
  },
  LOCATION: {
    name: 'Location',
    ...contentOf(
      'LOCATION',
      'Location',
      'A place one can go to.',
      {
        ...SLUG,
        organization: text('Slug of the organization whose place it is.'),
        street: text('Street and number.'),
        postalCode: text('Postal code.'),
        commune: text('NIS code.', { required: true }),
        latitude: { of: 'Float', description: 'WGS 84.' },
        longitude: { of: 'Float', description: 'WGS 84.' },
      },
      { name: text('What it is called.') },
    ),
  },
  SERVICE: {
    name: 'Service',
    ...contentOf(
      'SERVICE',
      'Service',
      'A service.',
      {
        ...SLUG,
        organization: text('Slug of the organization that gives it.', { required: true }),
        status: enumOf(ServiceStatusEnum, 'Whether it is given at present.', { required: true }),
        url: text('Its page.'),
        email: text('Its e-mail address.'),
        minimumAge: { of: 'Int', description: 'In years.' },
        maximumAge: { of: 'Int', description: 'In years.' },
        virtual: { of: 'Boolean', otherwise: false, description: 'Given by phone or online.' },
        eligibility: { of: 'EligibilityRule', description: 'Who may use it; null: everybody.' },
        languages: languages('In which one is helped.'),
        ...POSITION,
        checkFailedOn: { of: 'Date', description: 'Since then it is known not to answer as described, and in no list.' },
        ...CHECKED,
        needs: codes('Codes of needs, the main one first.'),
        audiences: codes('Codes of audiences it is made for.'),
        ...AREAS,
        locations: codes('Slugs of the places where it is given.'),
        phones: { of: Phone, list: true, description: 'Its telephones.' },
        ...BOTH_HOURS,
        capacities: { of: Capacity, list: true, description: 'How many places it has.' },
        requiredDocuments: { of: Paper, list: true, description: 'What to bring.' },
      },
      {
        name: text('Its name.'),
        description: text('What it is.'),
        applicationProcess: text('How one applies.'),
        fees: text('What it costs.'),
        eligibility: text('Whom it is for, in words.'),
        alert: text('What people should know first.'),
      },
    ),
  },
  QUESTION: {
    name: 'Question',
    ...contentOf(
      'QUESTION',
      'Question',
      'A question with its answer.',
      {
        ...SLUG,
        organization: text('Slug of the organization that answers for it.', { required: true }),
        urgency: enumOf(UrgencyEnum, 'How pressing it is.', { required: true }),
        ...POSITION,
        source: CHECKED.source as Field,
        reviewedAt: CHECKED.reviewedAt as Field,
        needs: codes('Codes of needs, the main one first.'),
        services: codes('Slugs of the services it leads to.'),
        related: codes('Slugs of related questions.'),
      },
      { question: text('As people ask it.'), answer: text('The answer; a question may be translated before it.') },
    ),
  },
  LINE: {
    name: 'Line',
    ...contentOf(
      'LINE',
      'Line',
      'A phone line with its menu.',
      {
        ...SLUG,
        number: text('As one reads it aloud.', { required: true }),
        lineKind: enumOf(LineKindEnum, 'What it is for; emergency numbers are lines.', { required: true }),
        organization: text('Slug of the organization whose line it is.', { required: true }),
        languages: languages('In which its agents speak.'),
        acceptsCallbacks: { of: 'Boolean', otherwise: false, description: 'People may ask it to call them back.' },
        callsPerHour: { of: 'Int', otherwise: 6, description: 'How many people its agents can call back in an hour; absent: 6.' },
        slotNoticeMinutes: {
          of: 'Int',
          otherwise: 60,
          description: 'A slot is offered until so many minutes before it begins; absent: 60.',
        },
        slotDaysAhead: { of: 'Int', otherwise: 13, description: 'Slots are offered for today and so many days more; absent: 13.' },
        ...POSITION,
        ...VALID,
        fallback: text('Slug of the line to call while this one is closed.'),
        successor: text('Slug of the line that takes over once this one has ended.'),
        ...CHECKED,
        needs: codes('Codes of needs it is for.'),
        ...AREAS,
        ...BOTH_HOURS,
        menu: { of: MenuEntry, list: true, description: 'By their keys.' },
      },
      {
        name: text('Its name.'),
        description: text('What it is.'),
        alert: text('What people should know first.'),
        closingMessage: text('What is said once it has ended.'),
        script: text('What an agent says and asks, paragraph by paragraph; for the staff only.'),
      },
    ),
  },
  CLOSING_DAY: {
    name: 'ClosingDay',
    ...contentOf(
      'CLOSING_DAY',
      'ClosingDay',
      'A day on which bodies close beside the legal holidays.',
      {
        day: text('MM-DD for every year, YYYY-MM-DD for one.', { required: true }),
        kinds: enumOf(OrganizationKindEnum, 'Which kinds of bodies close, without an organization.', { list: true }),
        areas: codes('NIS codes, slugs of provinces or regions: only bodies there; none: everywhere.'),
        organization: text('Slug of the one organization that closes.'),
      },
      { name: text('What the day is called.') },
    ),
  },
}

export const ContentUnion = builder.unionType('Content', {
  description: 'What a record says, by its kind.',
  types: Object.values(KINDS).map((one) => one.shape.output) as never,
  resolveType: (document) => `${KINDS[(document as ContentDocument).kind].name}Content`,
})
