import { builder } from '../../graphql/builder.ts'
import { CommuneType } from '../../place/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { demandOfViewer } from '../actions/demand.ts'
import { type Delay, type Demand, type Fate, FEWEST_IN_SHARE, type Return, RETURNS, type Said } from '../rules/demand.ts'
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
    NOT_HELPED: { description: 'Nobody can help her with it, what there is is not for her, or she did not want it any more.' },
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
  description: 'How long people waited, in minutes of opening hours, to the nearest five.',
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

const ReturnEnum = builder.enumType('DemandReturn', {
  description: 'Why a case that a partner was given ended without an outcome.',
  values: {
    REFUSED: { description: 'The partner did not take it.' },
    FAILED: { description: 'The partner took it, and gave it up.' },
    MOVED_ON: { description: 'It went to another partner.' },
    TAKEN_BACK: { description: 'The line took it back.' },
    WITHDRAWN: { description: 'The person did not agree any more, or had her data erased.' },
  } satisfies Record<Return, object>,
})

const ReturnCountType = builder.objectRef<{ key: Return; count: Count }>('DemandReturnCount').implement({
  description: 'How many cases ended so.',
  fields: (t) => ({
    reason: t.expose('key', { type: ReturnEnum, description: 'Why.' }),
    count: t.field({ type: CountType, description: 'How many.', resolve: ({ count }) => count }),
  }),
})

const SaidType = builder.objectRef<Said>('DemandSaid').implement({
  description: 'What people said once a partner had come to an outcome, in per cent, to the nearest ten.',
  fields: (t) => ({
    contacted: t.exposeInt('contacted', { description: 'So many were contacted.' }),
    useful: t.exposeInt('useful', {
      nullable: true,
      description: `For so many it was useful, of those who said whether it was; null when fewer than ${FEWEST_IN_SHARE} did.`,
    }),
    stillNeeded: t.exposeInt('stillNeeded', { description: 'So many still needed help.' }),
  }),
})

const PartnersType = builder.objectRef<Demand['partners']>('DemandPartners').implement({
  description: 'What partners made of the cases they were given. A request may have had several, one after the other.',
  fields: (t) => ({
    answer: t.field({
      type: DelayType,
      nullable: true,
      description: `How long a partner took to say whether it takes a case; null where fewer than ${FEWEST_IN_SHARE} were answered.`,
      resolve: ({ answer }) => answer,
    }),
    outcome: t.field({
      type: DelayType,
      nullable: true,
      description: `From when it was given a case, until it had come to an outcome; null where fewer than ${FEWEST_IN_SHARE} had.`,
      resolve: ({ outcome }) => outcome,
    }),
    returned: t.field({ type: CountType, description: 'Cases that ended without an outcome.', resolve: ({ returned }) => returned.total }),
    returns: t.field({
      type: [ReturnCountType],
      description: 'Why these ended; nothing is said where they are few. What is nought is not in it.',
      resolve: ({ returned }) => RETURNS.flatMap((reason) => returned.counts.filter(({ key }) => key === reason)),
    }),
    said: t.field({
      type: SaidType,
      nullable: true,
      description: `What the people said; null where fewer than ${FEWEST_IN_SHARE} did, and where it is hidden with how many a partner came to an end.`,
      resolve: ({ said }) => said,
    }),
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
      description: 'How long they waited for the first call; null where fewer than twenty were called. Who was not is not counted.',
      resolve: ({ delay }) => delay,
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
    partners: t.field({ type: PartnersType, description: 'What partners made of it.', resolve: ({ demand }) => demand.partners }),
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
      'Who asked twice while one was open counts once. Such questions are answered one at a time: whoever asks several at once may be asked to wait.',
    args: {
      from: t.arg({ type: 'Date', required: true, description: 'First day, in Belgium.' }),
      to: t.arg({ type: 'Date', required: true, description: 'Last day; three years later at most.' }),
      by: t.arg({ type: DemandByEnum, description: 'Also row by row, by this.' }),
    },
    resolve: async (_root, { by, ...period }, context) => ({ demand: await demandOfViewer(context, period), by: by ?? null }),
  }),
)
