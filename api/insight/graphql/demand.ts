import { UnmetReasonEnum } from '../../aid/graphql.ts'
import type { UnmetReason } from '../../db/generated/enums.ts'
import { builder } from '../../graphql/builder.ts'
import { CommuneType } from '../../place/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { demandOfViewer } from '../actions/demand.ts'
import type { Delay, Demand, Fate } from '../rules/demand.ts'
import type { Count } from '../rules/publication.ts'
import { type By, hiddenIn, type Row, rowsOf, totalOf } from '../rules/rows.ts'
import { FEWEST, type Shown } from '../rules/suppress.ts'

const DemandByEnum = builder.enumType('DemandBy', {
  description:
    'By what demand is counted. Weeks are not crossed with communes: of such a table, beside the others, it could not be proved that nobody can ' +
    'compute what is hidden.',
  values: {
    NEED: { description: 'By need, sub-needs included.' },
    WEEK: { description: 'By the week in which people asked.' },
    COMMUNE: { description: 'By commune.' },
    NEED_AND_WEEK: { description: 'By need and week.' },
    NEED_AND_COMMUNE: { description: 'By need and commune.' },
  } satisfies Record<By, object>,
})

const ShownEnum = builder.enumType('DemandShown', {
  description: 'How a number is shown.',
  values: {
    EXACT: { description: 'As it is.' },
    FEW: { description: `As 1 to ${FEWEST - 1}.` },
    WITHHELD: { description: 'Not at all: others could be computed from it, or it is a sum of which a part is not shown.' },
  } satisfies Record<Shown, object>,
})

const FateEnum = builder.enumType('DemandFate', {
  description: 'What became of a request; each has one of these.',
  values: {
    WAITING: { description: 'Nobody has spoken with her yet.' },
    UNDER_WAY: { description: 'Somebody spoke with her; it is not finished.' },
    WITH_PARTNER: { description: 'A partner has it.' },
    RESOLVED: { description: 'She has what she needed.' },
    PARTLY: { description: 'She has some of it.' },
    REFERRED_ON: { description: 'She was led to who can help.' },
    PARTNER_HELPED: { description: 'A partner helped: she has what she needed or some of it, or was led on.' },
    PARTNER_NOT_HELPED: { description: 'A partner ended it otherwise.' },
    NO_HELP_AVAILABLE: { description: 'Nobody can help her with it.' },
    NOT_ELIGIBLE: { description: 'What there is is not for her.' },
    DECLINED_BY_PERSON: { description: 'She did not want it any more.' },
    NOT_REACHED: { description: 'Nobody reached her.' },
    WITHDRAWN: { description: 'She withdrew it.' },
    OTHER: { description: 'It ended otherwise.' },
  } satisfies Record<Fate, object>,
})

const CountType = builder.objectRef<Count>('DemandCount').implement({
  description: 'A number of people, or how it is hidden.',
  fields: (t) => ({
    value: t.exposeInt('value', { nullable: true, description: 'The number; null when it is not shown.' }),
    shown: t.expose('shown', { type: ShownEnum, description: 'How it is shown.' }),
    label: t.string({
      description: 'As one writes it: `17`, `<5`, or `…` for what is withheld.',
      resolve: ({ shown, value }) => (shown === 'EXACT' ? String(value) : shown === 'FEW' ? `<${FEWEST}` : '…'),
    }),
  }),
})

const DelayType = builder.objectRef<Delay>('DemandDelay').implement({
  description: 'How long people waited for the first call, in minutes of opening hours, to the nearest five.',
  fields: (t) => ({
    median: t.exposeInt('median', { description: 'Half of them waited so long at most.' }),
    ninetieth: t.exposeInt('ninetieth', { description: 'Nine tenths of them waited so long at most.' }),
  }),
})

const FateCountType = builder.objectRef<{ fate: Fate; count: Count }>('DemandFateCount').implement({
  description: 'How many requests became this.',
  fields: (t) => ({
    fate: t.expose('fate', { type: FateEnum, description: 'What.' }),
    count: t.field({ type: CountType, description: 'How many.', resolve: ({ count }) => count }),
  }),
})

const UnmetCountType = builder.objectRef<{ reason: UnmetReason; count: Count }>('DemandUnmetCount').implement({
  description: 'How often nobody was helped, for this reason.',
  fields: (t) => ({
    reason: t.expose('reason', { type: UnmetReasonEnum, description: 'Why.' }),
    count: t.field({ type: CountType, description: 'How often.', resolve: ({ count }) => count }),
  }),
})

const RowType = builder.objectRef<Row>('DemandRow').implement({
  description: 'The demand of a need, a week or a commune, or of two of them. What is null is not counted by this, or cannot be shown.',
  fields: (t) => ({
    need: t.field({
      type: NeedType,
      nullable: true,
      description: 'The need; null in a row that is not of one: see `others`, and where it was not told.',
      resolve: ({ need }, _args, { directory }) => (need ? (directory.needsByCode.get(need) ?? null) : null),
    }),
    others: t.exposeBoolean('others', { description: 'The row is of all needs together that have no row of their own.' }),
    week: t.expose('week', { type: 'Date', nullable: true, description: 'The Monday of the week.' }),
    commune: t.field({
      type: CommuneType,
      nullable: true,
      description: 'The commune; null in a row that is not of one, and where it is not known.',
      resolve: ({ commune }, _args, { directory }) => (commune ? (directory.communesByNis.get(commune) ?? null) : null),
    }),
    requests: t.field({ type: CountType, nullable: true, description: 'Requests to be called back.', resolve: ({ requests }) => requests }),
    reached: t.field({
      type: CountType,
      nullable: true,
      description: 'Of these, with how many somebody spoke: all but those that wait, were not reached, or were withdrawn.',
      resolve: ({ reached }) => reached,
    }),
    escalated: t.field({
      type: CountType,
      nullable: true,
      description: 'Of these, how many a partner has or has ended. Those that came back to the line are not among them.',
      resolve: ({ escalated }) => escalated,
    }),
    fates: t.field({
      type: [FateCountType],
      nullable: true,
      description: 'What became of them.',
      resolve: ({ fates }) => fates && [...fates],
    }),
    delay: t.field({
      type: DelayType,
      nullable: true,
      description: 'How long they waited; null where fewer than twenty were called.',
      resolve: ({ delay }) => delay,
    }),
    unmet: t.field({
      type: [UnmetCountType],
      nullable: true,
      description: 'How often nobody was helped with it, in searches and calls of everybody, by reason.',
      resolve: ({ unmet }) => unmet && [...unmet],
    }),
  }),
})

const DemandType = builder.objectRef<{ demand: Demand; by: By | null }>('Demand').implement({
  description:
    `The demand of a period, without anything that leads to a person: numbers from 1 to ${FEWEST - 1} are hidden, and so many others that none of ` +
    'these can be computed from all that can be asked of the same period. Two periods that overlap can be subtracted: publish one of them.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'First day, in Belgium.', resolve: ({ demand }) => demand.from }),
    to: t.field({ type: 'Date', description: 'Last day.', resolve: ({ demand }) => demand.to }),
    total: t.field({ type: RowType, description: 'All of it.', resolve: ({ demand }) => totalOf(demand) }),
    rows: t.field({
      type: [RowType],
      description: 'By what was asked for; none without `by`, and where there are few requests in all. What is nought for sure has no row.',
      resolve: ({ demand, by }) => (by === null ? [] : rowsOf(demand, by)),
    }),
    suppressed: t.int({ description: 'How many numbers of these rows are not shown.', resolve: ({ demand, by }) => hiddenIn(demand, by) }),
  }),
})

builder.queryField('demand', (t) =>
  t.field({
    type: DemandType,
    nullable: true,
    description:
      'Who asked for what, where and when, and what became of it: of the lines that the viewer supervises. Requests whose data were erased count. ' +
      'Who asked twice while one was open counts once.',
    args: {
      from: t.arg({ type: 'Date', required: true, description: 'First day, in Belgium.' }),
      to: t.arg({ type: 'Date', required: true, description: 'Last day; three years later at most.' }),
      by: t.arg({ type: DemandByEnum, description: 'Also row by row, by this.' }),
    },
    resolve: async (_root, { by, ...period }, context) => ({ demand: await demandOfViewer(context, period), by: by ?? null }),
  }),
)
