import { choose } from '../directory/language.ts'
import type { Commune } from '../directory/snapshot.ts'
import { InvalidInput } from '../errors.ts'
import { builder } from '../graphql/builder.ts'
import { DEFAULT_PAGE, LONGEST_PAGE } from '../graphql/connection.ts'
import { LanguageCodeEnum } from '../graphql/enums.ts'
import { stringsFor } from '../strings/strings.ts'
import { findCommunes } from './rules.ts'

export const CommuneType = builder.objectRef<Commune>('Commune').implement({
  description: 'A Belgian municipality.',
  fields: (t) => ({
    nisCode: t.exposeString('nisCode', { description: 'Five digits, the identity of the commune in every Belgian register.' }),
    name: t.string({
      description: 'The name in the language asked for, where the commune has one in it.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name,
    }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language `name` is in.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
    }),
    postalCodes: t.stringList({
      description: 'Every postal code of which a part lies in the commune, in ascending order.',
      resolve: ({ postalCodes }) => [...postalCodes],
    }),
    province: t.string({
      nullable: true,
      description: 'The province, in the language asked for; null in Brussels.',
      resolve: ({ province }, _args, { languages }) => province && (stringsFor(languages).areas.provinces[province] ?? province),
    }),
    region: t.string({
      description: 'The region, in the language asked for.',
      resolve: ({ region }, _args, { languages }) => stringsFor(languages).areas.regions[region] ?? region,
    }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'Languages in which one may address the commune: official ones first, then those with facilities.',
      resolve: ({ officialLanguages, facilityLanguages }) => [...officialLanguages, ...facilityLanguages],
    }),
  }),
})

builder.queryField('communes', (t) =>
  t.field({
    type: [CommuneType],
    description:
      'Communes by postal code or by the beginning of a name, in any language; accents and case are ignored, and names of localities count. ' +
      'A postal code is no proof of where a person lives, and 1040, 1050 and 1060 belong to two communes each.',
    args: {
      search: t.arg.string({ required: true, description: 'A postal code or name, or the beginning of one; or a whole NIS code.' }),
      first: t.arg.int({ description: `How many at most, from 0 to ${LONGEST_PAGE}; ${DEFAULT_PAGE} when absent.` }),
    },
    resolve: (_root, { search, first }, { directory }) => {
      const size = first ?? DEFAULT_PAGE
      if (size < 0 || size > LONGEST_PAGE)
        throw new InvalidInput([{ path: ['first'], code: 'out_of_range', params: { min: 0, max: LONGEST_PAGE } }])
      return findCommunes(directory, search).slice(0, size)
    },
  }),
)
