import type * as enums from '../db/generated/enums.ts'
import type { Line, Phone } from '../directory/snapshot.ts'
import { FaqEntryType } from '../faq/graphql.ts'
import { builder } from '../graphql/builder.ts'
import { refuseInAddress } from '../graphql/by-post.ts'
import { listWeight } from '../graphql/connection.ts'
import { UrgencyEnum } from '../graphql/enums.ts'
import { LineType } from '../line/graphql.ts'
import { PhoneType } from '../organization/graphql.ts'
import { CommuneType } from '../place/graphql.ts'
import { ServiceType } from '../service/graphql.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { EligibilityType, SituationInputType } from '../service/situation.ts'
import { NeedType } from '../taxonomy/graphql.ts'
import { type Finding, findAid, MOST_MATCHES } from './rules/find-aid.ts'
import type { Match } from './rules/rank.ts'

const DEFAULT_MATCHES = 20

export const UnmetReasonEnum = builder.enumType('UnmetReason', {
  description: 'Why nobody on the list helps.',
  values: {
    NOTHING_FOUND: { description: 'Nothing fits what was asked.' },
    OUT_OF_AREA: { description: 'What fits is offered in other communes only.' },
    NOT_ELIGIBLE: { description: 'What fits is not for this person, by what she told.' },
    FULL: { description: 'What fits has no place left.' },
    CLOSED: { description: 'What fits is closed for a time, or not open now when that was asked.' },
  } satisfies Record<keyof typeof enums.UnmetReason, { description: string }>,
})

const AidMatchType = builder.objectRef<Match>('AidMatch').implement({
  description: 'A service that may help, and whether this person may use it.',
  fields: (t) => ({
    service: t.field({ type: ServiceType, description: 'The service.', resolve: ({ service }) => service }),
    eligibility: t.field({
      type: EligibilityType,
      description: 'Whether she may use it, and why.',
      resolve: ({ eligibility }) => eligibility,
    }),
  }),
})

const AidFindingType = builder.objectRef<Finding>('AidFinding').implement({
  description: 'Who can help in a situation, in the order in which it should be shown.',
  fields: (t) => ({
    urgency: t.field({
      type: UrgencyEnum,
      description: 'How pressing it is, by the needs and by the words.',
      resolve: ({ urgency }) => urgency,
    }),
    emergencyPhones: t.field({
      type: [PhoneType],
      description: 'To be shown before anything else. Empty unless the urgency is DANGER or CRISIS.',
      resolve: ({ linesToCallFirst }) => linesToCallFirst.map(phoneOf),
    }),
    emergencyLines: t.field({
      type: [LineType],
      description: 'The lines behind `emergencyPhones`, in the same order, with their hours.',
      resolve: ({ linesToCallFirst }) => [...linesToCallFirst],
    }),
    commune: t.field({
      type: CommuneType,
      nullable: true,
      description: 'Where she lives, when what she told means one commune; a postal code may mean two.',
      resolve: ({ commune }) => commune,
    }),
    needs: t.field({
      type: [NeedType],
      description: 'What it is about: the needs chosen, else what the words are about.',
      resolve: ({ needs }) => [...needs],
    }),
    matches: t.field({
      type: [AidMatchType],
      description: 'Services, best first; those that are not for her come last. Offered where she lives, when that is known.',
      resolve: ({ matches }) => [...matches],
    }),
    matchCount: t.exposeInt('total', { description: 'How many services were weighed, of which `matches` are the first; 120 at most.' }),
    faqEntries: t.field({
      type: [FaqEntryType],
      description: 'Questions people ask about it, 5 at most.',
      resolve: ({ faqEntries }) => [...faqEntries],
    }),
    line: t.field({
      type: LineType,
      nullable: true,
      description: 'Whom to call for this: open now if one is, else the one that opens first.',
      resolve: ({ line }) => line,
    }),
    unmet: t.field({
      type: UnmetReasonEnum,
      nullable: true,
      description: 'Why nobody on the list helps; null when somebody may. It is counted by need and commune, without the person.',
      resolve: ({ unmet }) => unmet?.reason ?? null,
    }),
  }),
})

/** A line as the number to call: what it is, is its name. */
const phoneOf = ({ id, number, languages, texts }: Line): Phone => ({
  id,
  number,
  languages,
  texts: Object.fromEntries(Object.entries(texts).map(([language, { name }]) => [language, { description: name }])),
})

builder.queryField('findAid', (t) =>
  t.field({
    type: AidFindingType,
    description:
      'Who can help in a situation: emergency numbers first where there is danger, then services with a verdict and reasons, questions, and ' +
      'whom to call. Send it by POST: a GET with words, an age or audiences in it is refused (`POST_REQUIRED`).',
    args: {
      situation: t.arg({ type: SituationInputType, required: true, description: 'What the person told; everything is optional.' }),
      first: t.arg.int({ description: 'How many services, 0 to 100; 20 when absent.' }),
    },
    complexity: ({ situation, first }) => ({
      field: 3 * listWeight({ search: (situation as { text?: unknown }).text }),
      // A list counts five by itself (`graphql/builder.ts`).
      multiplier: Math.ceil(Math.min(Math.max(Number(first ?? DEFAULT_MATCHES), 1), MOST_MATCHES) / 5),
    }),
    resolve: (_root, { situation, first }, context) => {
      refuseInAddress(context, situation)
      const { directory, languages, now, unmet } = context
      const finding = findAid(directory, situation, { now, languages, first: first ?? DEFAULT_MATCHES })
      if (finding.unmet) unmet.note(finding.unmet, dayIn(now))
      return finding
    },
  }),
)
