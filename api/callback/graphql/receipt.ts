import { builder } from '../../graphql/builder.ts'
import { CallbackStatusEnum } from '../../graphql/enums.ts'
import { LineType } from '../../line/graphql.ts'
import { estimate } from '../actions/slots.ts'
import type { Receipt } from '../rules/receipt.ts'
import { idOfSlot } from '../rules/slots.ts'
import { CallbackEstimateType, CallbackSlotType } from './slots.ts'

/** A public face of the stored request: it shows nothing of what the person wrote, and staff see other types. */
export const CallbackReceipt = builder.objectRef<Receipt>('CallbackReceipt').implement({
  description: 'What a person keeps of her request. It repeats nothing she wrote.',
  fields: (t) => ({
    reference: t.exposeString('reference', {
      description: 'To write down and read aloud: unambiguous characters, the last one a check character ("7KM-4QX-9TQ").',
    }),
    status: t.expose('status', { type: CallbackStatusEnum, description: 'Where the request stands.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was received.' }),
    line: t.field({
      type: LineType,
      description: 'Who will call back.',
      resolve: ({ lineId }, _args, { directory }) => {
        const line = directory.linesById.get(lineId)
        if (!line) throw new Error('a request for a line that is not published')
        return line
      },
    }),
    slot: t.field({
      type: CallbackSlotType,
      nullable: true,
      description: 'When she chose to be called; null: as soon as possible.',
      resolve: ({ slot, lineId }, _args, { directory }) => {
        const line = directory.linesById.get(lineId)
        return slot && line ? { ...slot, id: idOfSlot(line, slot.startsAt), available: false } : null
      },
    }),
    expected: t.field({
      type: CallbackEstimateType,
      nullable: true,
      description: 'When her turn comes, for a request without a slot that nobody has taken yet; null when nothing honest can be said.',
      resolve: (receipt, _args, context) => {
        const line = context.directory.linesById.get(receipt.lineId)
        return line && receipt.status === 'NEW' && !receipt.slot ? estimate(context, line, receipt) : null
      },
    }),
    masked: t.exposeBoolean('masked', {
      description:
        'A Belgian national register number or an IBAN stood in what she wrote. It was taken out before storing: tell her that nobody here ' +
        'needs it.',
    }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What came of it, once closed.' }),
  }),
})
