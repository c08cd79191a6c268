import { LanguageCodeEnum } from '../graphql/enums.ts'
import { builder } from '../graphql/builder.ts'
import { reasonSentence } from './rules/reasons.ts'
import type { Reason, Verdict } from './rules/eligibility.ts'

/** What a verdict weighs beside a plain field, 1: the rule, and the lists, which GraphQL reads anew for every service (1 µs a value). */
export const eligibilityWeight = ({ situation }: { situation: object }): number =>
  5 + Math.ceil(Object.values(situation).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0) / 5)

/** The eligibility part of the service's GraphQL face. */
export const SituationInputType = builder.inputType('SituationInput', {
  description:
    'What a person told about herself. Everything is optional: what is not told never excludes. Lists have 50 values at most; an empty text ' +
    'or list tells nothing.',
  fields: (t) => ({
    needs: t.stringList({ description: 'Codes of needs. Eligibility checks that they exist and asks nothing more of them.' }),
    audiences: t.stringList({
      description:
        'Codes of the audiences she recognizes herself in; there may be others. Whether she is among `seniors` follows from `age` when told.',
    }),
    age: t.int({ description: 'In years, 0 to 130.' }),
    postalCode: t.string({ description: 'Where she lives.' }),
    nisCode: t.string({ description: 'Where she lives, as a NIS code.' }),
    text: t.string({ description: 'In her own words. Eligibility does not read them.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'All the languages she speaks.' }),
    openNow: t.boolean({
      description:
        'She wants what is open now: what is known to be closed is left out, what has no published hours comes last. Eligibility does not depend on it.',
    }),
  }),
})

const EligibilityVerdictEnum = builder.enumType('EligibilityVerdict', {
  description: 'Three-valued: not knowing is not a no.',
  values: {
    ELIGIBLE: { description: 'Everything told fits.' },
    NOT_ELIGIBLE: { description: 'Something told does not fit.' },
    TO_BE_ASSESSED: { description: 'Something is not known, or the service decides itself.' },
  },
})

export const EligibilityType = builder.objectRef<{ verdict: Verdict; reasons: Reason[] }>('Eligibility').implement({
  description: 'Whether a person may use a service, and why.',
  fields: (t) => ({
    verdict: t.field({ type: EligibilityVerdictEnum, description: 'The answer.', resolve: ({ verdict }) => verdict }),
    reasons: t.stringList({
      description: 'Sentences, in the language asked for: what fits, what does not, or what is still to be known.',
      resolve: ({ reasons }, _args, { directory, languages }) => [
        ...new Set(reasons.map((reason) => reasonSentence(reason, directory, languages))),
      ],
    }),
  }),
})
