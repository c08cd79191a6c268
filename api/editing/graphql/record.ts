import { CorrectionTopicEnum } from '../../correction/graphql.ts'
import type * as enums from '../../db/generated/enums.ts'
import { Conflict } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { pageOf } from '../../graphql/connection.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { InputProblem } from '../../graphql/errors.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { contentCounts, contentRecord, contentRecords, type RecordView } from '../actions/list.ts'
import {
  type CorrectionView,
  correctionsOf,
  linksOf,
  newestOf,
  problemsOf,
  publishedOf,
  type RevisionView,
  revisionChanges,
  revisionContent,
  revisionsOf,
  usedBy,
} from '../actions/record.ts'
import { languageOf, TAGS } from '../rules/documents.ts'
import { type CheckedLink, isDead } from '../rules/links.ts'
import { ruleSentences } from '../rules/sentences.ts'
import {
  behindLanguages,
  type Concern,
  type ContentState,
  concernsOf,
  languagesIn,
  missingLanguages,
  stateOf,
  titleFor,
} from '../rules/summary.ts'
import { type Worded, wordChange } from '../rules/wording.ts'
import { ContentUnion, shownContent } from './contents.ts'

const described = <T extends string>(name: string, description: string, values: Record<T, string>) =>
  builder.enumType(name, {
    description,
    values: Object.fromEntries(Object.entries<string>(values).map(([value, said]) => [value, { description: said }])) as Record<
      T,
      { description: string }
    >,
  })

export const ContentKindEnum = described<enums.ContentKind>('ContentKind', 'What editors change.', {
  ORGANIZATION: 'An organization.',
  LOCATION: 'A place one can go to.',
  SERVICE: 'A service.',
  QUESTION: 'A question with its answer.',
  LINE: 'A phone line with its menu; emergency numbers as well.',
  CLOSING_DAY: 'A day on which bodies close beside the legal holidays.',
})
const ContentStateEnum = described<ContentState>('ContentState', 'How far a record is.', {
  DRAFT: 'It was never published.',
  PUBLISHED: 'The public sees its newest version.',
  CHANGED: 'It is published, and a newer version waits.',
  RETIRED: 'It is no longer shown.',
})
const ContentConcernEnum = described<Concern>('ContentConcern', 'Why somebody should look at a record.', {
  STALE: 'Nobody has checked it for two years, or a check failed.',
  MISSING_TRANSLATION: 'It has no text in one of the four languages.',
  BEHIND_TRANSLATION: 'A translation is older than the text that it translates.',
  DRAFT: 'A version waits to be published.',
  REPORTED: 'Visitors suggested a correction.',
  DEAD_LINK: 'Its web address no longer answers.',
})
const ContentActionEnum = described<enums.ContentAction>('ContentAction', 'What a version came of.', {
  SAVED: 'It was saved as a draft.',
  PUBLISHED: 'It was published.',
  RETIRED: 'It was taken away from the public, or a draft was given up.',
  RETURNED: 'It was brought back.',
  REVERTED: 'An earlier version was taken up again.',
  IMPORTED: 'It came from outside: the content of the start, or a file.',
})

export const ContentChangeType = builder.objectRef<Worded>('ContentChange').implement({
  description: 'One value that is not what it was.',
  fields: (t) => ({
    path: t.stringList({ description: 'The way to it within the content.', resolve: ({ path }) => [...path] }),
    label: t.exposeString('label', { description: 'What it is called, in the language asked for.' }),
    before: t.exposeString('before', { nullable: true, description: 'What it was, as a person reads it; null: there was nothing.' }),
    after: t.exposeString('after', { nullable: true, description: 'What it is; null: it is gone.' }),
  }),
})

const ContentRevisionType = builder.objectRef<RevisionView>('ContentRevision').implement({
  description: 'A version of a record.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts up from 1.' }),
    action: t.expose('action', { type: ContentActionEnum, description: 'What it came of.' }),
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When; null where that is not known.' }),
    by: t.exposeString('by', { nullable: true, description: 'What who made it was called then; null: the content of the start.' }),
    revertedTo: t.exposeInt('revertedTo', { nullable: true, description: 'The earlier version that was taken up again.' }),
    content: t.field({
      type: ContentUnion,
      description: 'What it says.',
      resolve: async (revision, _args, context) => shownContent(await revisionContent(context, revision)) as never,
    }),
    changes: t.field({
      type: [ContentChangeType],
      description: 'What is different from an earlier version.',
      args: { since: t.arg.int({ description: 'Number of that version; absent: the one before.' }) },
      complexity: 30,
      resolve: async (revision, { since }, context) =>
        (await revisionChanges(context, revision, since ?? null)).map((change) => wordChange(change, context)),
    }),
  }),
})

const CorrectionType = builder.objectRef<CorrectionView>('Correction').implement({
  description: 'What a visitor says is wrong with a record.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'For `settleCorrection`.' }),
    topic: t.expose('topic', { type: CorrectionTopicEnum, description: 'What it is about.' }),
    message: t.exposeString('message', { nullable: true, description: 'In the visitor’s words, if there are any.' }),
    language: t.expose('language', { type: LanguageCodeEnum, description: 'The language of the message.' }),
    suggestedAt: t.expose('suggestedAt', { type: 'DateTime', description: 'When.' }),
  }),
})

const CheckedLinkType = builder.objectRef<CheckedLink>('CheckedLink').implement({
  description: 'Whether an address that a record names still answers.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Which.' }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: 'When it was last tried.' }),
    status: t.exposeInt('status', { nullable: true, description: 'The status of the answer; null: there was none.' }),
    failingSince: t.expose('failingSince', { type: 'DateTime', nullable: true, description: 'Since when it fails; null: it answers.' }),
    dead: t.boolean({
      description: 'It has failed so often, and for so long, that somebody should look. Nothing is taken away by that.',
      resolve: (link, _args, { now }) => isDead(link, now),
    }),
  }),
})

const ContentTextType = builder.objectRef<{ language: enums.LanguageCode; changedAt: string }>('ContentText').implement({
  description: 'How fresh the texts of a record are in one language.',
  fields: (t) => ({
    language: t.expose('language', { type: LanguageCodeEnum, description: 'Which.' }),
    changedAt: t.field({
      type: 'DateTime',
      description: 'When one of them last changed, or somebody confirmed that they are right.',
      resolve: ({ changedAt }) => new Date(changedAt),
    }),
  }),
})

export const ContentRecordType = builder.objectRef<RecordView>('ContentRecord')
ContentRecordType.implement({
  description:
    'A record as its editors have it. To an editor of others it is what the public sees: her versions, drafts and reports are not told.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID, for good.' }),
    kind: t.expose('kind', { type: ContentKindEnum, description: 'What it is.' }),
    slug: t.exposeString('slug', { nullable: true, description: 'The last part of its address; closing days have none.' }),
    title: t.string({
      description: 'What it is called, in the language asked for or the first in which it has a title.',
      resolve: (record, _args, { languages }) => titleFor(record, languages),
    }),
    organization: t.field({
      type: OrganizationType,
      nullable: true,
      description: 'Whose it is; null when it is nobody’s, or the organization is not published.',
      resolve: ({ organizationId }, _args, { directory }) => directory.organizations.find(({ id }) => id === organizationId) ?? null,
    }),
    state: t.field({ type: ContentStateEnum, description: 'How far it is.', resolve: (record) => stateOf(record) }),
    version: t.exposeInt('version', { description: 'Number of its newest version: every change names the one it was made from.' }),
    publishedVersion: t.exposeInt('publishedVersion', { nullable: true, description: 'Number of the version that the public sees.' }),
    language: t.expose('language', { type: LanguageCodeEnum, description: 'The language it was first written in.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'In which it has a title.', resolve: languagesIn }),
    missing: t.field({ type: [LanguageCodeEnum], description: 'In which its texts are missing.', resolve: missingLanguages }),
    behind: t.field({
      type: [LanguageCodeEnum],
      description: 'In which its text is older than the one that it translates.',
      resolve: behindLanguages,
    }),
    texts: t.field({
      type: [ContentTextType],
      description: 'Each language in which it has a text, with how fresh that is.',
      resolve: ({ texts }) => TAGS.flatMap((tag) => (texts[tag] ? [{ language: languageOf(tag), changedAt: texts[tag].changedAt }] : [])),
    }),
    concerns: t.field({
      type: [ContentConcernEnum],
      description: 'Why somebody should look at it.',
      resolve: (record, _args, { now }) => concernsOf(record, dayIn(now)),
    }),
    changedAt: t.expose('changedAt', { type: 'DateTime', nullable: true, description: 'When its newest version was made.' }),
    changedBy: t.exposeString('changedBy', { nullable: true, description: 'By whom; null: the content of the start.' }),
    mayEdit: t.exposeBoolean('mayEdit', { description: 'The viewer may change it.' }),
    content: t.field({
      type: ContentUnion,
      description: 'What its newest version says.',
      resolve: async (record, _args, context) => shownContent(await newestOf(context, record)) as never,
    }),
    published: t.field({
      type: ContentUnion,
      nullable: true,
      description: 'What the public sees; null when it was never published.',
      resolve: async (record, _args, context) => {
        const document = await publishedOf(context, record)
        return document && (shownContent(document) as never)
      },
    }),
    problems: t.field({
      type: [InputProblem],
      description: 'What stands in the way of publishing its newest version; paths below `content`.',
      complexity: 30,
      resolve: (record, _args, context) => problemsOf(context, record),
    }),
    sentences: t.stringList({
      description: 'Who may use a service, as sentences; of other kinds none.',
      resolve: async (record, _args, context) => {
        const document = await newestOf(context, record)
        return document.kind === 'SERVICE' ? ruleSentences(document.eligibility, context.directory, context.languages) : []
      },
    }),
    corrections: t.field({
      type: [CorrectionType],
      description: 'What visitors suggested and nobody has settled yet, the oldest first.',
      resolve: (record, _args, context) => correctionsOf(context, record),
    }),
    links: t.field({
      type: [CheckedLinkType],
      description: 'The web addresses it names, as far as they were checked.',
      resolve: (record, _args, context) => linksOf(context, record),
    }),
    usedBy: t.field({
      type: [ContentRecordType],
      description: 'Published records that name it, the first 20.',
      complexity: 60,
      resolve: (record, _args, context) => usedBy(context, record),
    }),
    revisions: t.connection(
      {
        type: ContentRevisionType,
        description: 'Its versions, the newest first.',
        resolve: async (record, args, context) => pageOf(await revisionsOf(context, record), args, ({ number }) => String(number)),
      },
      { name: 'ContentRevisionConnection', description: 'A page of versions.' },
      { name: 'ContentRevisionEdge', description: 'One version in a page.' },
    ),
  }),
})

const ContentFilterInput = builder.inputType('ContentFilter', {
  description:
    'Which records; parts combine with AND, values of one list with OR. What is retired is shown to who asks for it by `states`.',
  fields: (t) => ({
    kinds: t.field({ type: [ContentKindEnum], description: 'Of these kinds.' }),
    concerns: t.field({ type: [ContentConcernEnum], description: 'That somebody should look at for one of these reasons.' }),
    states: t.field({ type: [ContentStateEnum], description: 'That are so far; absent: all but retired ones.' }),
    organization: t.string({ description: 'Slug of the organization whose they are.' }),
    search: t.string({ description: 'Words in their titles or slugs.' }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'With concerns about translations: those of this language. Else: whose text in it is missing or behind.',
    }),
  }),
})

const ContentCountType = builder.objectRef<{ kind: enums.ContentKind; concern: Concern | null; count: number }>('ContentCount').implement({
  description: 'How many records somebody should look at.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ContentKindEnum, description: 'Of which kind.' }),
    concern: t.expose('concern', { type: ContentConcernEnum, nullable: true, description: 'For which reason; null: all of the kind.' }),
    count: t.exposeInt('count', { description: 'So many.' }),
  }),
})

builder.queryFields((t) => ({
  contentRecords: t.connection(
    {
      type: ContentRecordType,
      nullable: true,
      description: 'The records that the viewer may change, by title in the language asked for.',
      args: { filter: t.arg({ type: ContentFilterInput, description: 'Only these.' }) },
      resolve: async (_root, { filter, ...args }, context) => pageOf(await contentRecords(context, filter ?? {}), args, ({ id }) => id),
    },
    { name: 'ContentRecordConnection', description: 'A page of records.' },
    { name: 'ContentRecordEdge', description: 'One record in a page.' },
  ),
  contentRecord: t.field({
    type: ContentRecordType,
    nullable: true,
    description: 'One record; of others than the viewer’s what the public sees. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, context) => contentRecord(context, id),
  }),
  contentCounts: t.field({
    type: [ContentCountType],
    nullable: true,
    description: 'How many records the viewer may change, by kind, and how many of them somebody should look at.',
    complexity: 100,
    resolve: (_root, _args, context) => contentCounts(context),
  }),
}))

builder.objectFields(Conflict, (t) => ({
  changedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'Of a record that has changed meanwhile: when. Null otherwise.',
    resolve: ({ changed }) => changed?.at ?? null,
  }),
  changed: t.field({
    type: [ContentChangeType],
    description: 'Of a record that has changed meanwhile: what is different from the version that was seen. Empty otherwise.',
    resolve: ({ changed }, _args, context) => (changed?.changes ?? []).map((change) => wordChange(change, context)),
  }),
}))
