import type { Made } from './data/make.ts'
import { type Random, randomFrom } from './data/random.ts'
import { fill } from './data/texts.ts'
import { SEARCHES } from './data/words.ts'

/** What is asked: the same text for every peer. */
export type Question = 'list' | 'slug' | 'findAid'

/** Twenty services with what a page of results shows: about 8 KB of JSON. */
const LIST = `query Services($first: Int, $after: String, $filter: ServiceFilter) {
  services(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        slug
        name
        language
        organization { name }
        phones { number }
        needs { label }
        schedules { byday opensAt closesAt }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

/** One service with what its own page shows. */
const SLUG = `query Service($slug: String!) {
  service(slug: $slug) {
    slug
    name
    language
    status
    description
    applicationProcess
    feesDescription
    eligibilityDescription
    alert
    url
    email
    minimumAge
    maximumAge
    virtual
    languages
    organization { slug name description phones { number description } }
    phones { number description languages }
    needs { code label }
    audiences { code label }
    schedules { byday opensAt closesAt openOnHolidays }
    serviceAreas { kind code }
  }
}`

/** A person's situation, and what helps. */
const FIND_AID = `query FindAid($situation: SituationInput!, $first: Int) {
  findAid(situation: $situation, first: $first) {
    urgency
    emergencyPhones { number }
    commune { nisCode name }
    matches {
      service { slug name language organization { name } phones { number } }
      eligibility { verdict reasons }
    }
    faqEntries { slug question }
    line { slug name number }
  }
}`

export const TEXTS: Record<Question, string> = { list: LIST, slug: SLUG, findAid: FIND_AID }
const NAMES: Record<Question, string> = { list: 'Services', slug: 'Service', findAid: 'FindAid' }

export type Filter = { needs?: string[]; languages?: string[]; nisCode?: string }
export type Variables = {
  first?: number
  after?: string
  filter?: Filter
  slug?: string
  situation?: Record<string, unknown>
}

/** One request: its variables, and the language wanted. */
export type Ask = { variables: Variables; language: string }

/** What everybody asks first: the first page, the first service. */
export const plainAsk = (question: 'list' | 'slug', { services }: Made): Ask =>
  question === 'list' ? { variables: { first: 20 }, language: 'fr' } : { variables: { slug: services[0]?.slug ?? '' }, language: 'fr' }

/** Different requests, the same ones for the same data. */
export function variedAsks(question: Question, made: Made, count: number): Ask[] {
  const random = randomFrom(count)
  const variables = { list: listVariables, slug: slugVariables, findAid: situationVariables }[question]
  return Array.from({ length: count }, () => {
    const language = random.pick(['fr', 'fr', 'de', 'nl', 'en'])
    return { variables: variables(random, made, language), language }
  })
}

/** A quarter each: somewhere in the whole list, by commune, by needs, by needs and language. */
function listVariables(random: Random, { services, reference }: Made): Variables {
  const needs = random
    .some(
      reference.needs.filter(({ parent }) => parent === null),
      random.between(2, 4),
    )
    .map(({ code }) => code)
  switch (random.between(0, 3)) {
    case 0: {
      // A cursor is the record's key.
      const { slug } = random.pick(services.filter(({ listed }) => listed))
      return { first: 20, after: Buffer.from(slug).toString('base64url') }
    }
    case 1:
      return { first: 20, filter: { nisCode: random.pick(reference.communes).nis } }
    case 2:
      return { first: 20, filter: { needs } }
    default:
      return { first: 20, filter: { needs, languages: [random.pick(['FR', 'DE', 'NL'])] } }
  }
}

const slugVariables = (random: Random, { services }: Made): Variables => ({ slug: random.pick(services).slug })

/** People tell more or less: the need nearly always, words in half of the cases. */
function situationVariables(random: Random, { reference }: Made, language: string): Variables {
  const commune = random.pick(reference.communes.filter(({ region }) => region !== 'flandre'))
  const words = fill(random, random.pick(SEARCHES), { place: commune.names, body: '' })[language as 'fr']
  return {
    first: 10,
    situation: {
      ...(random.chance(0.85) ? { needs: random.some(reference.needs, random.between(1, 3)).map(({ code }) => code) } : {}),
      ...(random.chance(0.5) ? { audiences: random.some(reference.audiences, random.between(1, 2)).map(({ code }) => code) } : {}),
      ...(random.chance(0.6) ? { age: random.between(16, 95) } : {}),
      ...(random.chance(0.9) ? { nisCode: commune.nis } : {}),
      ...(random.chance(0.5) ? { text: words } : {}),
      ...(random.chance(0.3) ? { languages: [language.toUpperCase()] } : {}),
    },
  }
}

/** The request's body. */
export const bodyOf = (question: Question, { variables }: Ask): string =>
  JSON.stringify({ query: TEXTS[question], operationName: NAMES[question], variables })

/** Headers that every request has. No compression: peers do not all compress, and what is compared is the work before it. */
export const headersOf = ({ language }: Ask): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  'accept-language': language,
})
