import { Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { QuestionDocument } from './documents.ts'

const MOST_PLACES = 1_000_000

/** What is wrong with a question and its answer. */
export function checkQuestion(document: QuestionDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  checks.slug(document.slug)
  checks.texts({ question: LONGEST.label, answer: LONGEST.text }, ['question', 'answer'])
  checks.reference('ORGANIZATION', document.organization, ['organization'])
  checks.range(['position'], document.position, 0, MOST_PLACES)
  checks.needs(document.needs)
  checks.references('SERVICE', document.services, 'services')
  checks.references('QUESTION', document.related, 'related')
  const own = document.related.indexOf(document.slug)
  if (own !== -1) checks.lack(['related', String(own)], 'leads_to_itself')
  checks.source(document.source)
  return checks
}
