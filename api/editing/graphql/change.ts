import type { Context } from '../../context.ts'
import type { ContentKind } from '../../db/generated/enums.ts'
import { Conflict, InvalidInput, NotFound, type Problem } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { InputProblem, resultOf } from '../../graphql/errors.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { contentRecord, type RecordView } from '../actions/list.ts'
import { confirmContent, discardDraft, publishContent, revertContent } from '../actions/publish.ts'
import { retireContent, returnContent } from '../actions/retire.ts'
import { saveContent } from '../actions/save.ts'
import { settleCorrection } from '../actions/settle.ts'
import { tagsOf } from '../rules/documents.ts'
import { checkRule } from '../rules/eligibility.ts'
import { ruleSentences } from '../rules/sentences.ts'
import { KINDS } from './contents.ts'
import { ContentRecordType } from './record.ts'

/** The record as it is after a change. @throws NotFound */
async function shown(context: Context, id: string): Promise<RecordView> {
  const record = await contentRecord(context, id)
  if (!record) throw new NotFound('record')
  return record
}

const errorsOf = (field: string) => ({ types: [NotFound, InvalidInput, Conflict], union: resultOf(field) })

for (const kind of Object.keys(KINDS) as ContentKind[]) {
  const { name, shape, read } = KINDS[kind]
  const field = `save${name}`
  const input = builder.inputType(`Save${name}Input`, {
    description: 'All that the record says: what is not named is taken away.',
    fields: (t) => ({
      id: t.id({ description: 'Of the record; absent: a new one.' }),
      version: t.int({ description: 'Number of the version it was made from; a new record has none.' }),
      content: t.field({ type: shape.input as never, required: true, description: 'What it says.' }),
    }),
  })
  builder.mutationField(field, (t) =>
    t.field({
      type: ContentRecordType,
      description:
        'Saves a draft, which only editors of the record see. It may lack what is published may not (`ContentRecord.problems`). A record that has ' +
        'changed meanwhile is a Conflict, which says who changed what.',
      args: { input: t.arg({ type: input, required: true, description: 'The record.' }) },
      errors: errorsOf(field),
      resolve: async (_root, { input: sent }, context) => {
        const { id, version, content } = sent as { id?: string | null; version?: number | null; content: object }
        return shown(context, await saveContent(context, { id, version, content: read(content) }))
      },
    }),
  )
}

const MEANT = {
  id: 'Of the record.',
  version: 'Number of its newest version, as it was seen.',
}

const PublishContentInput = builder.inputType('PublishContentInput', {
  description: 'Which version is published.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
  }),
})
const DiscardDraftInput = builder.inputType('DiscardDraftInput', {
  description: 'Which draft is given up.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
  }),
})
const ReturnContentInput = builder.inputType('ReturnContentInput', {
  description: 'Which record is brought back.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
  }),
})
const RetireContentInput = builder.inputType('RetireContentInput', {
  description: 'Which record is taken away from the public.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
    successor: t.string({ description: 'Of a line: slug of the one that takes over; needed while requests to be called back are open.' }),
  }),
})
const RevertContentInput = builder.inputType('RevertContentInput', {
  description: 'Which earlier version is taken up again.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
    to: t.int({ required: true, description: 'Number of the earlier version.' }),
  }),
})
const ConfirmContentInput = builder.inputType('ConfirmContentInput', {
  description: 'What was checked.',
  fields: (t) => ({
    id: t.id({ required: true, description: MEANT.id }),
    version: t.int({ required: true, description: MEANT.version }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'Translations that were read against the first text; absent: none was.' }),
  }),
})
const SettleCorrectionInput = builder.inputType('SettleCorrectionInput', {
  description: 'What came of a suggested correction.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Of the correction.' }),
    accepted: t.boolean({ required: true, description: 'True: it was right, and the record says so now. False: it was not.' }),
  }),
})

builder.mutationFields((t) => ({
  publishContent: t.field({
    type: ContentRecordType,
    description: 'Publishes the newest version: the public sees it within a second. What stands in the way is told, all of it.',
    args: { input: t.arg({ type: PublishContentInput, required: true, description: 'Which.' }) },
    errors: errorsOf('publishContent'),
    resolve: async (_root, { input }, context) => shown(context, await publishContent(context, input)),
  }),
  discardDraft: t.field({
    type: ContentRecordType,
    description: 'Gives up what was saved since the record was published; a record that never was is retired. Its versions stay.',
    args: { input: t.arg({ type: DiscardDraftInput, required: true, description: 'Which.' }) },
    errors: errorsOf('discardDraft'),
    resolve: async (_root, { input }, context) => shown(context, await discardDraft(context, input)),
  }),
  retireContent: t.field({
    type: ContentRecordType,
    description:
      'Takes a record away from the public. What others need to lead somewhere is not retired before they are changed; a line with open requests ' +
      'names the line that takes over, and its requests are worked on as before.',
    args: { input: t.arg({ type: RetireContentInput, required: true, description: 'Which.' }) },
    errors: errorsOf('retireContent'),
    resolve: async (_root, { input }, context) => shown(context, await retireContent(context, input)),
  }),
  returnContent: t.field({
    type: ContentRecordType,
    description: 'Brings a retired record back as it was published.',
    args: { input: t.arg({ type: ReturnContentInput, required: true, description: 'Which.' }) },
    errors: errorsOf('returnContent'),
    resolve: async (_root, { input }, context) => shown(context, await returnContent(context, input)),
  }),
  revertContent: t.field({
    type: ContentRecordType,
    description: 'Takes an earlier version up again, as a draft.',
    args: { input: t.arg({ type: RevertContentInput, required: true, description: 'Which.' }) },
    errors: errorsOf('revertContent'),
    resolve: async (_root, { input }, context) => shown(context, await revertContent(context, input)),
  }),
  confirmContent: t.field({
    type: ContentRecordType,
    description:
      'Somebody has checked its facts, and translations if some are named: they are still right today. Published at once; a draft stays one.',
    args: { input: t.arg({ type: ConfirmContentInput, required: true, description: 'What was checked.' }) },
    errors: errorsOf('confirmContent'),
    resolve: async (_root, { input }, context) => shown(context, await confirmContent(context, input)),
  }),
  settleCorrection: t.field({
    type: ContentRecordType,
    description: 'Says what came of a correction that a visitor suggested. Answers the record that it is about.',
    args: { input: t.arg({ type: SettleCorrectionInput, required: true, description: 'Which, and whether it was right.' }) },
    errors: { types: [NotFound], union: resultOf('settleCorrection') },
    resolve: async (_root, { input }, context) => shown(context, await settleCorrection(context, input)),
  }),
}))

/** As many as one reads at once. */
const MOST_PROBLEMS = 20

const RuleReadingType = builder.objectRef<{ sentences: string[]; problems: Problem[] }>('RuleReading').implement({
  description: 'An eligibility rule as a person reads it.',
  fields: (t) => ({
    sentences: t.exposeStringList('sentences', { description: 'One for each thing that it asks; none while its form is wrong.' }),
    problems: t.field({
      type: [InputProblem],
      description: 'What is wrong with it; paths within the rule.',
      resolve: ({ problems }) => problems,
    }),
  }),
})

builder.queryField('ruleSentences', (t) =>
  t.field({
    type: RuleReadingType,
    nullable: true,
    description: 'Reads an eligibility rule that is being written: what it says, in the language asked for, and what is wrong with it.',
    args: {
      rule: t.arg({ type: 'EligibilityRule', required: true, description: 'The rule.' }),
      minimumAge: t.arg.int({ description: 'The lowest age that the service takes besides.' }),
      maximumAge: t.arg.int({ description: 'The highest one.' }),
      language: t.arg({ type: LanguageCodeEnum, description: 'The language the record is written in; absent: the one asked for.' }),
    },
    complexity: 20,
    resolve: (_root, { rule, minimumAge, maximumAge, language }, { directory, languages }) => {
      const [first = 'fr'] = tagsOf(language ? [language] : languages)
      const limits = { minimumAge: minimumAge ?? null, maximumAge: maximumAge ?? null }
      const { shape, open } = checkRule(rule, { directory, limits, first })
      const sentences = shape.length > 0 ? [] : ruleSentences(rule as Rule, directory, languages)
      return { sentences, problems: [...shape, ...open].slice(0, MOST_PROBLEMS) }
    },
  }),
)
