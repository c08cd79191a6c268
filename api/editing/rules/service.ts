import { checkRule } from './eligibility.ts'
import { Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { ServiceDocument, Tag } from './documents.ts'
import { checkHours } from './hours.ts'

const OLDEST = 130
const MOST_PLACES = 1_000_000

/** What is wrong with a service. */
export function checkService(document: ServiceDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  const { minimumAge, maximumAge, eligibility } = document
  checks.slug(document.slug)
  checks.texts(
    {
      name: LONGEST.title,
      description: LONGEST.text,
      applicationProcess: LONGEST.text,
      fees: LONGEST.text,
      eligibility: LONGEST.text,
      alert: LONGEST.text,
    },
    ['name', 'description'],
  )
  checks.reference('ORGANIZATION', document.organization, ['organization'])
  checks.url(document.url)
  checks.email(document.email)
  checks.range(['minimumAge'], minimumAge, 0, OLDEST)
  checks.range(['maximumAge'], maximumAge, 0, OLDEST)
  if (minimumAge !== null && maximumAge !== null && minimumAge > maximumAge) checks.lack(['maximumAge'], 'age_reversed')
  checks.range(['position'], document.position, 0, MOST_PLACES)
  checks.needs(document.needs)
  checks.audiences(document.audiences)
  checks.areas(document.areas)
  checks.references('LOCATION', document.locations, 'locations')
  checks.phones(document.phones)
  checkHours(checks, document.hours, document.exceptions)
  const ways = [document.url, document.email, ...document.phones, ...document.locations]
  const told = Object.values(document.texts).some(({ applicationProcess }) => applicationProcess !== null)
  if (ways.every((way) => way === null) && !told) checks.lack(['phones'], 'contact_needed')
  checks.list('capacities', document.capacities)
  for (const [index, { unit, available, maximum }] of document.capacities.entries()) {
    const path = ['capacities', String(index)]
    if (unit === '') checks.refuse([...path, 'unit'], 'required')
    checks.length([...path, 'unit'], unit, LONGEST.label)
    checks.range([...path, 'available'], available, 0, MOST_PLACES)
    checks.range([...path, 'maximum'], maximum, 0, MOST_PLACES)
    if (maximum !== null && available > maximum) checks.lack([...path, 'available'], 'capacity_over', { max: maximum })
    if (document.capacities.findIndex((one) => one.unit === unit) !== index)
      checks.refuse([...path, 'unit'], 'listed_twice', { value: unit })
  }
  checks.list('requiredDocuments', document.requiredDocuments)
  for (const [index, texts] of document.requiredDocuments.entries())
    checks.label(['requiredDocuments', String(index)], texts, { needed: true })
  checks.source(document.source)
  if (eligibility !== null) {
    const first = document.language.toLowerCase() as Tag
    const found = checkRule(eligibility, { directory: known.directory, limits: { minimumAge, maximumAge }, first })
    for (const { path, code, params } of found.shape) checks.refuse(['eligibility', ...path], code, params)
    for (const { path, code, params } of found.open) checks.lack(['eligibility', ...path], code, params)
  }
  return checks
}
