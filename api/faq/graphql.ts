import { choose } from '../directory/language.ts'
import { given } from '../directory/search.ts'
import type { FaqEntry } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { refuseInAddress } from '../graphql/by-post.ts'
import { pageOf } from '../graphql/connection.ts'
import { LanguageCodeEnum, UrgencyEnum } from '../graphql/enums.ts'
import { lastModifiedField } from '../graphql/provenance.ts'
import { OrganizationType } from '../organization/graphql.ts'
import { ServiceType } from '../service/graphql.ts'
import { FreshnessType } from '../service/freshness.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { isNotOver } from '../service/rules/filter.ts'
import { demoteStale, freshnessOf, isOutdated, staleLast } from '../service/rules/freshness.ts'
import { NeedType } from '../taxonomy/graphql.ts'
import { findFaqEntries } from './rules.ts'

const FaqEntryRef = builder.objectRef<FaqEntry>('FaqEntry')
export const FaqEntryType = FaqEntryRef.implement({
  description: 'A question people ask, its answer, and the aids it leads to.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
    question: t.string({
      description: 'As a person asks it.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.question,
    }),
    answer: t.string({
      description: 'In plain words; paragraphs are separated by an empty line.',
      resolve: ({ answers }, _args, { languages }) => choose(answers, languages).text.answer,
    }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language `question` is in.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
    }),
    answerLanguage: t.field({
      type: LanguageCodeEnum,
      description: 'The language `answer` is in: a question may be translated before its answer is. Mark it with `lang` in HTML.',
      resolve: ({ answers }, _args, { languages }) => choose(answers, languages).language,
    }),
    needs: t.field({ type: [NeedType], description: 'What it is about, main need first.', resolve: ({ needs }) => [...needs] }),
    urgency: t.field({ type: UrgencyEnum, description: 'How pressing the situation behind it is.', resolve: ({ urgency }) => urgency }),
    services: t.field({
      type: [ServiceType],
      description: 'The aids the answer leads to, best first, without those that ended or failed a check.',
      resolve: ({ services }) => services.filter(isNotOver),
    }),
    related: t.field({ type: [FaqEntryRef], description: 'Questions that often go with it.', resolve: ({ related }) => [...related] }),
    owner: t.field({ type: OrganizationType, description: 'Who answers for the text.', resolve: ({ owner }) => owner }),
    source: t.exposeString('source', { nullable: true, description: 'What the answer rests on.' }),
    reviewedAt: t.field({
      type: 'Date',
      nullable: true,
      description: 'When the answer was last read against its source.',
      resolve: ({ reviewedAt }) => reviewedAt,
    }),
    lastModified: lastModifiedField(t),
    freshness: t.field({
      type: FreshnessType,
      description: 'How far the answer can be trusted today, by `reviewedAt`.',
      resolve: (entry, _args, { now }) => freshnessOf(entry, dayIn(now)),
    }),
    translationOutdated: t.boolean({
      description: 'The answer shown is a translation that was last edited before the text it translates.',
      resolve: ({ answers, edited, owner }, _args, { languages }) => isOutdated(edited, choose(answers, languages).language, owner),
    }),
  }),
})

const FaqEntryEdge = builder.edgeObject({ type: FaqEntryType, name: 'FaqEntryEdge', description: 'A question in a page.' })
const FaqEntryConnection = builder.connectionObject(
  { type: FaqEntryType, name: 'FaqEntryConnection', description: 'A page of questions.' },
  FaqEntryEdge,
)

const FaqFilterInput = builder.inputType('FaqFilter', {
  description:
    'Parts combine with AND; values of one list, 50 at most, with OR. An empty text or list asks nothing. A code that does not exist is ' +
    'INVALID_INPUT.',
  fields: (t) => ({
    search: t.string({
      description:
        'Words in any language; accents, case and small typing errors are forgiven. Best matches come first. By POST only: words in an ' +
        'address are refused (`POST_REQUIRED`).',
    }),
    needs: t.stringList({ description: 'Codes of needs; a need includes its sub-needs.' }),
    service: t.string({ description: 'Slug of a service the answer leads to.' }),
  }),
})

builder.queryFields((t) => ({
  faqEntry: t.field({
    type: FaqEntryType,
    nullable: true,
    description: 'One question with its answer, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (_root, { slug }, { directory }) => directory.faqEntriesBySlug.get(slug) ?? null,
  }),
  faqEntries: t.connection(
    {
      type: FaqEntryType,
      description: 'Questions, in the editors’ order or best matches first; stale ones later.',
      args: { filter: t.arg({ type: FaqFilterInput, description: 'Which ones; all when absent.' }) },
      resolve: (_root, { filter, ...page }, context) => {
        refuseInAddress(context, { search: filter?.search })
        const { directory, now } = context
        const freshFirst = given(filter?.search) ? demoteStale : staleLast
        return pageOf(freshFirst(findFaqEntries(directory, filter ?? {}), dayIn(now)), page, ({ slug }) => slug)
      },
    },
    FaqEntryConnection,
    FaqEntryEdge,
  ),
}))

builder.objectField(ServiceType, 'faqEntries', (t) =>
  t.connection(
    {
      type: FaqEntryType,
      description: 'Questions whose answer leads to this service.',
      resolve: ({ faqEntries }, page) => pageOf(faqEntries, page, ({ slug }) => slug),
    },
    FaqEntryConnection,
    FaqEntryEdge,
  ),
)
