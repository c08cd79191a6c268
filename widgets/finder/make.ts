import type { Commune, Found, Line, Match, Question, Service, Start } from './found.ts'

// Records as the API gives them, for tests: each with what the test cares about on top.

export const makeLine = (line: Partial<Line> = {}): Line => ({
  slug: '1718',
  name: 'Numéro vert',
  number: '1718',
  language: 'FR',
  openingStatus: { label: 'Ouvert jusqu’à 17 h' },
  kind: 'SOCIAL',
  alert: null,
  languages: ['FR'],
  serviceAreas: [{ kind: 'REGION', code: 'wallonie' }],
  ...line,
})

export const makeNeed = (need: Partial<Start['needs'][number]> = {}): Start['needs'][number] => ({
  code: 'energy',
  label: 'Énergie et eau',
  language: 'FR',
  urgency: null,
  quickExit: false,
  emergencyLines: [],
  children: [],
  ...need,
})

export const makeService = (service: Partial<Service> = {}): Service => ({
  slug: 'fonds-social-chauffage',
  name: 'Fonds social chauffage',
  description: 'Ce fonds rembourse une partie de votre facture de chauffage. Il vaut pour le mazout et le propane.',
  language: 'FR',
  url: 'https://www.example.be/fonds',
  email: 'aide@example.be',
  applicationProcess: 'Apportez la facture au CPAS.',
  feesDescription: 'Gratuit.',
  eligibilityDescription: 'Les ménages à petits revenus.',
  alert: null,
  full: false,
  freshness: { warning: null, checkedOn: '2026-11-21' },
  needs: [{ code: 'energy' }],
  organization: { name: 'CPAS de votre commune', language: 'FR' },
  phones: [],
  openingStatus: { known: false, open: false, label: 'Horaires non communiqués' },
  schedules: [],
  serviceAreas: [{ kind: 'REGION' }],
  locations: [],
  requiredDocuments: [{ document: 'Carte d’identité' }],
  ...service,
})

export const makeMatch = (service: Partial<Service> = {}, eligibility: Partial<Match['eligibility']> = {}): Match => ({
  service: makeService(service),
  eligibility: { verdict: 'TO_BE_ASSESSED', reasons: ['Cela dépend de la commune où vous vivez.'], ...eligibility },
})

/** What `findAid` answers. */
export const makeFound = (matches: Match[] = [], found: Partial<Found> = {}): Found => ({
  urgency: 'INFO',
  emergencyLines: [],
  commune: null,
  needs: [],
  matchCount: matches.length,
  matches,
  faqEntries: [],
  line: null,
  ...found,
})

export const makeQuestion = (question: Partial<Question> = {}): Question => ({
  slug: 'cuve-mazout-vide',
  question: 'Ma cuve à mazout est vide.',
  answer: 'Demandez le fonds social chauffage.\n\nAppelez votre CPAS.',
  language: 'FR',
  answerLanguage: 'FR',
  source: 'bertogne.be',
  reviewedAt: '2026-11-21',
  freshness: { warning: null },
  ...question,
})

export const makeCommune = (commune: Partial<Commune> = {}): Omit<Commune, 'label'> => ({
  nisCode: '61031',
  name: 'Huy',
  postalCodes: ['4500'],
  ...commune,
})

export const makeEmergencyNeed = (): Start['needs'][number] =>
  makeNeed({
    code: 'violence',
    label: 'Violences',
    urgency: 'DANGER',
    quickExit: true,
    emergencyLines: [
      makeLine({ slug: '112', name: 'Secours', number: '112' }),
      makeLine({ slug: 'ecoute', name: 'Écoute', number: '0800 30 030' }),
    ],
  })
