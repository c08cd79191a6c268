import type { CitizenAnswer } from '../../db/generated/client.ts'
import { CallbackOutcomeEnum } from '../../desk/graphql/call.ts'
import { CallbackRequestType } from '../../desk/graphql/request.ts'
import { builder } from '../../graphql/builder.ts'
import { pageOfFound, wantedOf } from '../../graphql/connection.ts'
import { answerOf, keyOfChain, listChains } from '../actions/chains.ts'

const CitizenAnswerType = builder.objectRef<CitizenAnswer>('CitizenAnswer').implement({
  description: 'What the person said afterwards, of a partner’s help.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    contacted: t.exposeBoolean('contacted', { description: 'Somebody got in touch with her.' }),
    useful: t.exposeBoolean('useful', { nullable: true, description: 'It helped; null: she did not say.' }),
    stillNeeded: t.exposeBoolean('stillNeeded', { description: 'She still needed help: then the request was open again.' }),
  }),
})

builder.objectField(CallbackRequestType, 'answer', (t) =>
  t.field({
    type: CitizenAnswerType,
    nullable: true,
    description: 'What she said once a partner had told what came of it; null while she has not.',
    resolve: ({ id }, _args, context) => answerOf(context, id),
  }),
)

const ChainFilterInput = builder.inputType('ChainFilter', {
  description: 'Which requests; what is absent does not narrow them.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'Came on this day in Belgium or later.' }),
    to: t.field({ type: 'Date', description: 'Came on this day in Belgium or before.' }),
    needs: t.stringList({ description: 'Codes of needs; a need includes its sub-needs.' }),
    commune: t.string({ description: 'NIS code of the commune in which the postal code lies, or may lie.' }),
    faqEntry: t.string({ description: 'Slug of the question that did not help her enough.' }),
    outcome: t.field({ type: CallbackOutcomeEnum, description: 'What came of it.' }),
    escalated: t.boolean({ description: 'It was handed to a partner, or never was.' }),
  }),
})

builder.queryField('chains', (t) =>
  t.connection(
    {
      type: CallbackRequestType,
      nullable: true,
      description:
        'Whole chains, from a question to what came of it: requests of the lines that the viewer supervises, with `faqEntry`, `attempts`, ' +
        '`referrals`, `escalations`, `outcome` and `answer`. Those that came last first, without those that only add to another one, and with ' +
        'those whose data were erased. Forward only: `last` and `before` are not taken.',
      args: { filter: t.arg({ type: ChainFilterInput, description: 'Only these.' }) },
      resolve: async (_root, { filter, ...args }, context) => {
        const wanted = wantedOf(args)
        const { rows, total } = await listChains(context, filter ?? {}, wanted)
        return pageOfFound(rows, wanted, total, keyOfChain)
      },
    },
    { name: 'ChainConnection', description: 'A page of chains.' },
    { name: 'ChainEdge', description: 'A chain in a page.' },
  ),
)
