import { choose } from '../directory/language.ts'
import type { Organization, Phone } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { pageOf } from '../graphql/connection.ts'
import { LanguageCodeEnum, OrganizationKindEnum } from '../graphql/enums.ts'
import { checkedFields, lastModifiedField } from '../graphql/provenance.ts'
import { CommuneType } from '../place/graphql.ts'
import { findOrganizations, telephoneUri } from './rules.ts'

export const PhoneType = builder.objectRef<Phone>('Phone').implement({
  description: 'A telephone number (HSDS phone).',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    number: t.exposeString('number', { description: 'As one reads it aloud. Short numbers (1718, 112) have no international form.' }),
    uri: t.string({ description: 'For a link: `tel:1718`.', resolve: ({ number }) => telephoneUri(number) }),
    description: t.string({
      nullable: true,
      description: 'What this number is for, if the record says so.',
      resolve: ({ texts }, _args, { languages }) => (Object.keys(texts).length > 0 ? choose(texts, languages).text.description : null),
    }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'Languages spoken at this number; empty when unknown.',
      resolve: ({ languages }) => [...languages],
    }),
  }),
})

export const OrganizationType = builder.objectRef<Organization>('Organization').implement({
  description: 'A body that gives services (HSDS organization).',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
    kind: t.field({ type: OrganizationKindEnum, description: 'What sort of body it is.', resolve: ({ kind }) => kind }),
    name: t.string({ description: 'Its name.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name }),
    description: t.string({
      nullable: true,
      description: 'What it does, in a sentence or two.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.description,
    }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language the texts are in.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
    }),
    url: t.exposeString('url', { nullable: true, description: 'Its website.' }),
    email: t.exposeString('email', { nullable: true, description: 'Its public e-mail address.' }),
    commune: t.field({
      type: CommuneType,
      nullable: true,
      description: 'For a commune or its CPAS: which commune.',
      resolve: ({ commune }) => commune,
    }),
    phones: t.field({ type: [PhoneType], description: 'Its numbers, most useful first.', resolve: ({ phones }) => [...phones] }),
    ...checkedFields(t),
    lastModified: lastModifiedField(t),
  }),
})

builder.objectField(CommuneType, 'cpas', (t) =>
  t.field({
    type: OrganizationType,
    nullable: true,
    description:
      'The public welfare centre of the commune (Wallonia only at present). It is probably the competent one for somebody who really lives ' +
      'here now; there are exceptions (students, people in hospital, without a home), so say "probably".',
    resolve: ({ cpas }) => cpas,
  }),
)

const OrganizationFilterInput = builder.inputType('OrganizationFilter', {
  description: 'Parts combine with AND; absent parts and empty texts ask nothing.',
  fields: (t) => ({
    search: t.string({ description: 'Beginnings of words of the name or description, all of them; accents and case are ignored.' }),
    kind: t.field({ type: OrganizationKindEnum, description: 'Of this sort.' }),
    postalCode: t.string({ description: 'Of a commune with this postal code. Unknown codes are INVALID_INPUT.' }),
    nisCode: t.string({ description: 'Of this commune. Unknown codes are INVALID_INPUT.' }),
  }),
})

builder.queryFields((t) => ({
  organization: t.field({
    type: OrganizationType,
    nullable: true,
    description: 'One organization, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (_root, { slug }, { directory }) => directory.organizationsBySlug.get(slug) ?? null,
  }),
  organizations: t.connection(
    {
      type: OrganizationType,
      description: 'Organizations, by slug.',
      args: { filter: t.arg({ type: OrganizationFilterInput, description: 'Which ones; all when absent.' }) },
      resolve: (_root, { filter, ...page }, { directory }) => pageOf(findOrganizations(directory, filter ?? {}), page, ({ slug }) => slug),
    },
    { name: 'OrganizationConnection', description: 'A page of organizations.' },
    { name: 'OrganizationEdge', description: 'An organization in a page.' },
  ),
}))
