import { choose } from '../directory/language.ts'
import type { Capacity, Location, Service, ServiceArea, ServiceTexts } from '../directory/snapshot.ts'
import type { Texts } from '../directory/language.ts'
import { builder } from '../graphql/builder.ts'
import { refuseInAddress } from '../graphql/by-post.ts'
import { pageOf } from '../graphql/connection.ts'
import { AreaKindEnum, LanguageCodeEnum, ServiceStatusEnum } from '../graphql/enums.ts'
import { checkedFields, lastModifiedField } from '../graphql/provenance.ts'
import { OrganizationType, PhoneType } from '../organization/graphql.ts'
import { CommuneType } from '../place/graphql.ts'
import { AudienceType, NeedType } from '../taxonomy/graphql.ts'
import { FreshnessType } from './freshness.ts'
import { OpeningStatusType, openingWeight, ScheduleExceptionType, ScheduleType } from './opening.ts'
import { dayIn } from './rules/calendar.ts'
import { isFull } from './rules/capacity.ts'
import { assess } from './rules/eligibility.ts'
import { findServices, isNotOver } from './rules/filter.ts'
import { freshnessOf, isOutdated } from './rules/freshness.ts'
import { serviceOpening } from './rules/hours.ts'
import { factsOf } from './rules/situation.ts'
import { areaName } from './rules/wording.ts'
import { EligibilityType, eligibilityWeight, SituationInputType } from './situation.ts'

export const ServiceAreaType = builder.objectRef<ServiceArea>('ServiceArea').implement({
  description: 'Where a service is offered (HSDS service_area). Coverage comes before distance.',
  fields: (t) => ({
    kind: t.field({ type: AreaKindEnum, description: 'How wide it is.', resolve: ({ kind }) => kind }),
    code: t.exposeString('code', { description: 'NIS code of the commune, slug of the province or region, or BE.' }),
    name: t.string({
      description: 'In the language asked for.',
      resolve: (area, _args, { languages }) => areaName(area, languages),
    }),
  }),
})

export const LocationType = builder.objectRef<Location>('Location').implement({
  description: 'A place one can go to (HSDS location with its physical address).',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
    name: t.string({ description: 'Its name.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name }),
    street: t.exposeString('street', { nullable: true, description: 'Street and number, when known.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Postal code, when known.' }),
    commune: t.field({ type: CommuneType, description: 'In which commune it is.', resolve: ({ commune }) => commune }),
    latitude: t.exposeFloat('latitude', { nullable: true, description: 'WGS 84, degrees.' }),
    longitude: t.exposeFloat('longitude', { nullable: true, description: 'WGS 84, degrees.' }),
  }),
})

export const RequiredDocumentType = builder.objectRef<{ texts: Texts<{ document: string }> }>('RequiredDocument').implement({
  description: 'Something to bring (HSDS required_document).',
  fields: (t) => ({
    document: t.string({
      description: 'What it is.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.document,
    }),
  }),
})

const ServiceCapacityType = builder.objectRef<Capacity>('ServiceCapacity').implement({
  description: 'How many places are left of what is counted (HSDS service_capacity).',
  fields: (t) => ({
    unit: t.exposeString('unit', { description: 'What is counted: bed, place, appointment …' }),
    available: t.exposeInt('available', { description: 'How many are free.' }),
    maximum: t.exposeInt('maximum', { nullable: true, description: 'How many there are, when known.' }),
    updated: t.field({ type: 'DateTime', description: 'When they were last counted.', resolve: ({ updated }) => updated }),
  }),
})

export const ServiceType = builder.objectRef<Service>('Service').implement({
  description: 'An aid that an organization gives (HSDS service).',
  fields: (t) => {
    const text = (key: Exclude<keyof ServiceTexts, 'name' | 'lastModified'>, description: string) =>
      t.string({
        nullable: true,
        description,
        resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text[key],
      })
    return {
      id: t.exposeID('id', { description: 'UUID.' }),
      slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
      name: t.string({
        description: 'What people call it.',
        resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name,
      }),
      description: text('description', 'What it is and what one gets.'),
      language: t.field({
        type: LanguageCodeEnum,
        description: 'The language the texts are in: a fallback is visible here, mark it with `lang` in HTML.',
        resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
      }),
      status: t.field({ type: ServiceStatusEnum, description: 'Whether it is given at present.', resolve: ({ status }) => status }),
      url: t.exposeString('url', { nullable: true, description: 'Where to read more.' }),
      email: t.exposeString('email', { nullable: true, description: 'Where to write.' }),
      applicationProcess: text('applicationProcess', 'How to ask for it.'),
      feesDescription: text('feesDescription', 'What it costs.'),
      eligibilityDescription: text('eligibilityDescription', 'Who may use it, in plain words.'),
      alert: text('alert', 'A warning to show beside the name.'),
      minimumAge: t.exposeInt('minimumAge', { nullable: true, description: 'In years, included.' }),
      maximumAge: t.exposeInt('maximumAge', { nullable: true, description: 'In years, included.' }),
      virtual: t.exposeBoolean('virtual', {
        description:
          'Given by phone or online: nobody has to go anywhere. Made for people of its `serviceAreas`; if these are a province or region, people ' +
          'of others may ask too, and find it last in their lists.',
      }),
      organization: t.field({ type: OrganizationType, description: 'Who gives it.', resolve: ({ organization }) => organization }),
      phones: t.field({ type: [PhoneType], description: 'Numbers to call, most useful first.', resolve: ({ phones }) => [...phones] }),
      schedules: t.field({
        type: [ScheduleType],
        description: 'Opening hours; empty when unknown.',
        resolve: ({ schedules }) => [...schedules],
      }),
      scheduleExceptions: t.field({
        type: [ScheduleExceptionType],
        description: 'Days on which these hours do not hold.',
        resolve: ({ exceptions }) => [...exceptions],
      }),
      capacities: t.field({
        type: [ServiceCapacityType],
        description: 'Places left, where places are counted; else empty.',
        resolve: ({ capacities }) => [...capacities],
      }),
      full: t.boolean({ description: 'No place is left, where places are counted.', resolve: isFull }),
      languages: t.field({
        type: [LanguageCodeEnum],
        description: 'Languages in which one is helped.',
        resolve: ({ languages }) => [...languages],
      }),
      serviceAreas: t.field({
        type: [ServiceAreaType],
        description: 'Where it is offered.',
        resolve: ({ serviceAreas }) => [...serviceAreas],
      }),
      locations: t.field({ type: [LocationType], description: 'Where to go, if anywhere.', resolve: ({ locations }) => [...locations] }),
      requiredDocuments: t.field({
        type: [RequiredDocumentType],
        description: 'What to bring.',
        resolve: ({ requiredDocuments }) => [...requiredDocuments],
      }),
      needs: t.field({ type: [NeedType], description: 'What it helps with, main need first.', resolve: ({ needs }) => [...needs] }),
      audiences: t.field({ type: [AudienceType], description: 'Whom it is made for.', resolve: ({ audiences }) => [...audiences] }),
      openingStatus: t.field({
        type: OpeningStatusType,
        description: 'Whether it is open: by its hours while its status is ACTIVE, otherwise closed at any moment.',
        args: { at: t.arg({ type: 'DateTime', description: 'At this moment; now when absent.' }) },
        complexity: openingWeight,
        resolve: (service, { at }, { now }) => ({ opening: serviceOpening(service, at ?? now), at: at ?? now }),
      }),
      eligibility: t.field({
        type: EligibilityType,
        description:
          'Whether a person may use it, from its area, ages and rule. By GET a situation with words, an age or audiences is refused ' +
          '(`POST_REQUIRED`).',
        args: { situation: t.arg({ type: SituationInputType, required: true, description: 'What the person told.' }) },
        complexity: eligibilityWeight,
        resolve: (service, { situation }, context) => {
          refuseInAddress(context, situation)
          return assess(service, factsOf(context.directory, situation))
        },
      }),
      ...checkedFields(t),
      lastModified: lastModifiedField(t),
      freshness: t.field({
        type: FreshnessType,
        description: 'How far it can be trusted today.',
        resolve: (service, _args, { now }) => freshnessOf(service, dayIn(now)),
      }),
      checkFailedOn: t.field({
        type: 'Date',
        nullable: true,
        description:
          'Since this day it is known not to answer as described: it is in no list and no search, and answers by its slug, with a warning.',
        resolve: ({ checkFailedOn }) => checkFailedOn,
      }),
      translationOutdated: t.boolean({
        description: 'The text shown is a translation that was last edited before the text it translates.',
        resolve: ({ texts, organization }, _args, { languages }) =>
          isOutdated(editedOf(texts), choose(texts, languages).language, organization),
      }),
    }
  },
})

const editedOf = (texts: Texts<ServiceTexts>): Texts<Date> =>
  Object.fromEntries(Object.entries(texts).map(([language, { lastModified }]) => [language, lastModified]))

const ServiceEdge = builder.edgeObject({ type: ServiceType, name: 'ServiceEdge', description: 'A service in a page.' })
const ServiceConnection = builder.connectionObject(
  { type: ServiceType, name: 'ServiceConnection', description: 'A page of services.' },
  ServiceEdge,
)

const ServiceFilterInput = builder.inputType('ServiceFilter', {
  description:
    'Parts combine with AND; values of one list, 50 at most, with OR. An empty text or list asks nothing. A code that does not exist is ' +
    'INVALID_INPUT, never an empty list.',
  fields: (t) => ({
    search: t.string({
      description:
        'Words in any language, the first 30 different ones within 500 characters; accents, case and small typing errors are forgiven. ' +
        'Best matches come first, also with a place. By POST only: words in an address are refused (`POST_REQUIRED`).',
    }),
    needs: t.stringList({ description: 'Codes of needs; a need includes its sub-needs.' }),
    audiences: t.stringList({
      description: 'Codes of audiences the service is made for. Services for everyone have the audience `everyone`.',
    }),
    postalCode: t.string({
      description:
        'Offered in a commune of this postal code by its service areas, narrowest areas first without `search`. Phone and online services that ' +
        'are made for another province or region come last: anybody may ask them.',
    }),
    nisCode: t.string({
      description: 'Offered in this commune, likewise. With a postal code of another commune it is INVALID_INPUT.',
    }),
    organization: t.string({ description: 'Slug of the organization that gives it.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'Languages in which one is helped.' }),
    openNow: t.boolean({ description: 'True: only what is open at this moment, known hours only. False asks nothing.' }),
  }),
})

builder.queryFields((t) => ({
  service: t.field({
    type: ServiceType,
    nullable: true,
    description: 'One service, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (_root, { slug }, { directory }) => directory.servicesBySlug.get(slug) ?? null,
  }),
  services: t.connection(
    {
      type: ServiceType,
      description:
        'Services given at present or closed for a time: best matches first with a search, else narrowest areas first with a place; else ' +
        'in the editors’ order, those of single communes last. Stale ones come after fresh ones that are as near, or one place later in a ' +
        'search. Those that failed a check are left out.',
      args: { filter: t.arg({ type: ServiceFilterInput, description: 'Which ones; all when absent.' }) },
      resolve: (_root, { filter, ...page }, context) => {
        refuseInAddress(context, { search: filter?.search })
        return pageOf(findServices(context.directory, filter ?? {}, context.now), page, ({ slug }) => slug)
      },
    },
    ServiceConnection,
    ServiceEdge,
  ),
}))

builder.objectField(OrganizationType, 'services', (t) =>
  t.connection(
    {
      type: ServiceType,
      description: 'The services it gives, without those that ended or failed a check.',
      resolve: ({ services }, page) => pageOf(services.filter(isNotOver), page, ({ slug }) => slug),
    },
    ServiceConnection,
    ServiceEdge,
  ),
)
