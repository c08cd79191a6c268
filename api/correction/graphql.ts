import type * as enums from '../db/generated/enums.ts'
import { InvalidInput, TooManyRequests } from '../errors.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum } from '../graphql/enums.ts'
import { resultOf } from '../graphql/errors.ts'
import { type Receipt, suggestCorrection } from './actions.ts'
import { LONGEST_MESSAGE } from './rules.ts'

export const CorrectionTopicEnum = builder.enumType('CorrectionTopic', {
  description: 'What a visitor says is wrong with a record.',
  values: {
    CONTACT: { description: 'Number, address or e-mail.' },
    HOURS: { description: 'Opening hours.' },
    CONDITIONS: { description: 'Who may use it, or what it costs.' },
    GONE: { description: 'It no longer exists.' },
    TEXT: { description: 'The text is wrong, unclear or badly translated.' },
    OTHER: { description: 'Something else.' },
  } satisfies Record<enums.CorrectionTopic, { description: string }>,
})

const SuggestCorrectionInput = builder.inputType('SuggestCorrectionInput', {
  description: 'What is wrong with one service or one question: exactly one of the two is named.',
  fields: (t) => ({
    service: t.string({ description: 'Slug of the service.' }),
    faqEntry: t.string({ description: 'Slug of the question.' }),
    topic: t.field({ type: CorrectionTopicEnum, required: true, description: 'What it is about.' }),
    message: t.string({ description: `What is wrong, in the visitor’s words, ${LONGEST_MESSAGE} characters at most. Optional.` }),
    language: t.field({ type: LanguageCodeEnum, description: 'The language of the message; that of the request when absent.' }),
  }),
})

const CorrectionReceiptType = builder.objectRef<Receipt>('CorrectionReceipt').implement({
  description: 'An editor will read it. It repeats nothing of what was written.',
  fields: (t) => ({
    received: t.boolean({ description: 'True: it is stored.', resolve: () => true }),
    suggestedAt: t.field({
      type: 'DateTime',
      description: 'When it was received, the first time.',
      resolve: ({ suggestedAt }) => suggestedAt,
    }),
    masked: t.boolean({
      description:
        'A Belgian national register number or an IBAN stood in the message. It was taken out before storing: tell the person that nobody here ' +
        'needs it.',
      resolve: ({ masked }) => masked,
    }),
  }),
})

builder.mutationField('suggestCorrection', (t) =>
  t.field({
    type: CorrectionReceiptType,
    description:
      'Reports what is wrong with a service or a question. The same report within an hour counts once. Name the partner site in the header ' +
      '`Passerelle-Site`. A request without an `Origin`, which no page of a site sent, is allowed less.',
    args: { input: t.arg({ type: SuggestCorrectionInput, required: true, description: 'The report.' }) },
    errors: { types: [InvalidInput, TooManyRequests], union: resultOf('suggestCorrection') },
    resolve: (_root, { input }, context) => suggestCorrection(context, input),
  }),
)
