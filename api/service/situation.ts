import { LanguageCodeEnum } from '../graphql/enums.ts'
import { builder } from '../graphql/builder.ts'
import { reasonSentence } from './rules/reasons.ts'
import type { Reason, Verdict } from './rules/eligibility.ts'

/** The eligibility part of the service's GraphQL face. */
export const SituationInputType = builder.inputType('SituationInput', {
  description: 'What a person told about herself. Everything is optional: what is not told never excludes.',
  fields: (t) => ({
    needs: t.stringList({ description: 'Codes of needs.' }),
    audiences: t.stringList({ description: 'Codes of the audiences she recognizes herself in.' }),
    age: t.int({ description: 'In years, 0 to 130.' }),
    postalCode: t.string({ description: 'Where she lives.' }),
    nisCode: t.string({ description: 'Where she lives, as a NIS code.' }),
    text: t.string({ description: 'In her own words.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'Languages she speaks.' }),
    openNow: t.boolean({ description: 'Only what is open now.' }),
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
