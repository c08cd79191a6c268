import type { Case, CaseRow } from '../cases.ts'
import type { Offer, Preview } from '../handing.ts'
import type { Call, Row } from '../model.ts'

/** The moment of every test: a Monday in November, 10:00 in Belgium. */
export const NOW = '2026-11-23T09:00:00.000Z'

const line = { slug: 'liege-solidaire', name: 'Liège Solidaire', language: 'FR' as const }

export const makeRow = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  reference: `${id.toUpperCase()}-4QX-9TQ`,
  status: 'NEW',
  urgency: 'INFO',
  language: 'FR',
  requestedAt: '2026-11-23T08:12:00.000Z',
  callFrom: '2026-11-23T08:12:00.000Z',
  due: true,
  overdue: false,
  dueAt: '2026-11-23T12:12:00.000Z',
  waitingMinutes: 12,
  targetMinutes: 120,
  paused: false,
  mine: false,
  heldUntil: null,
  maskedPhone: '+32 4•• •• •• 56',
  line,
  need: { label: 'Alimentation', language: 'FR' },
  slot: null,
  holder: null,
  attempts: [],
  attemptsLeft: 5,
  escalations: [],
  ...more,
})

export const script =
  'Bonjour, ici Liège Solidaire. Vous avez demandé qu’on vous rappelle. Est-ce un bon moment ?\n' +
  'Écoutez d’abord. Y a-t-il un danger maintenant ? Alors le 112.\nCherchez une aide ensemble, puis dites ce qui suit.'

/** A call that the viewer holds. */
export const makeCall = (id = 'aaa', more: Partial<Call> = {}): Call => ({
  ...makeRow(id),
  status: 'CLAIMED',
  mine: true,
  heldSince: '2026-11-23T08:55:00.000Z',
  heldUntil: '2026-11-23T09:15:00.000Z',
  holder: { id: 'me', name: 'Ada Lovelace' },
  postalCode: '4000',
  communes: [{ nisCode: '62063', name: 'Liège' }],
  need: { code: 'food', label: 'Alimentation', language: 'FR' },
  service: null,
  faqEntry: { slug: 'colis', question: 'Où trouver un colis alimentaire ?', language: 'FR' },
  line: { ...line, script },
  safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: 'Pas après 16 h, mon fils rentre de l’école.' },
  words: 'Je n’ai plus rien dans le frigo depuis samedi. Je préfère en parler avec quelqu’un.',
  masked: true,
  closedAt: null,
  outcome: null,
  attempts: [],
  notes: [],
  referrals: [],
  repeats: [],
  canSend: ['EMAIL', 'SMS'],
  escalations: [],
  ...more,
})

export const rows = [
  makeRow('7km', {
    overdue: true,
    waitingMinutes: 145,
    targetMinutes: 120,
    urgency: 'CRISIS',
    need: { label: 'Détresse psychologique', language: 'FR' },
  }),
  makeRow('8fp', { waitingMinutes: 100, slot: { dayLabel: 'lundi 23 novembre', timesLabel: 'de 8 h 30 à 13 h' }, language: 'DE' }),
  makeRow('9xk', { need: { label: 'Logement', language: 'FR' }, attempts: [{ at: '2026-11-23T08:30:00.000Z', outcome: 'NO_ANSWER' }] }),
  makeRow('2rt', {
    status: 'CLAIMED',
    holder: { id: 'm2', name: 'Béatrice Dumont' },
    need: { label: 'Énergie', language: 'FR' },
    heldUntil: '2026-11-23T09:10:00.000Z',
  }),
  makeRow('3wz', { due: false, paused: true, callFrom: '2026-11-23T13:00:00.000Z', need: null, maskedPhone: null }),
]

export const numbers = {
  waiting: 14,
  due: 6,
  overdue: 1,
  soonOverdue: 2,
  claimed: 3,
  reachedToday: 9,
  closedToday: 8,
  unreachableToday: 1,
  attemptsToday: 15,
  referralsToday: 11,
}

export const viewer = {
  id: 'me',
  name: 'Ada Lovelace',
  languages: ['FR', 'DE'],
  demonstration: false,
  memberships: [{ role: 'AGENT', organization: { slug: 'ville-de-liege', name: 'Ville de Liège' } }],
}
export const supervisor = { ...viewer, memberships: [{ ...viewer.memberships[0], role: 'SUPERVISOR' }] }

export const start = {
  viewer,
  lines: [
    {
      ...line,
      script,
      organization: { slug: 'ville-de-liege' },
      targets: ['DANGER', 'CRISIS', 'SOON', 'INFO'].map((urgency, index) => ({ urgency, minutes: [15, 60, 120, 480][index] })),
    },
    { slug: '1718', name: '1718', language: 'FR', script: null, organization: { slug: 'service-public-de-wallonie' }, targets: null },
  ],
  needs: [
    {
      code: 'food',
      label: 'Alimentation',
      language: 'FR',
      children: [{ code: 'food.parcel', label: 'Colis alimentaire', language: 'FR' }],
    },
    { code: 'housing', label: 'Logement', language: 'FR', children: [] },
  ],
}

const service = (slug: string, name: string, more = {}) => ({
  slug,
  name,
  description: 'Un colis chaque semaine pour qui n’a pas assez. On vient avec un sac et un papier qui dit où on habite.',
  language: 'FR',
  url: 'https://www.exemple.be/colis',
  email: 'colis@exemple.be',
  applicationProcess: 'Venir sans rendez-vous.',
  feesDescription: 'Gratuit',
  eligibilityDescription: 'Habiter Liège.',
  alert: null,
  full: false,
  freshness: { warning: null },
  organization: { name: 'CPAS de Liège', language: 'FR' },
  phones: [{ number: '04 220 58 11', description: 'Accueil' }],
  openingStatus: { known: true, open: true, label: 'Ouvert jusqu’à 16 h' },
  schedules: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opensAt: '09:00', closesAt: '16:00', validFrom: null, validTo: null }],
  locations: [{ name: 'Accueil', street: 'Place Saint-Jacques 13', postalCode: '4000', commune: { name: 'Liège' } }],
  requiredDocuments: [{ document: 'Carte d’identité' }],
  ...more,
})

export const aid = {
  matchCount: 14,
  matches: [
    { eligibility: { verdict: 'ELIGIBLE', reasons: ['Habite Liège.'] }, service: service('colis-alimentaires', 'Colis alimentaires') },
    {
      eligibility: { verdict: 'TO_BE_ASSESSED', reasons: ['Le revenu n’est pas connu.'] },
      service: service('epicerie-sociale', 'Épicerie sociale', { alert: 'Fermée le 24 décembre.', full: true }),
    },
  ],
  faqEntries: [
    {
      slug: 'colis',
      question: 'Où trouver un colis alimentaire ?',
      language: 'FR',
      answer: 'Auprès du CPAS de votre commune, ou d’une banque alimentaire.',
      answerLanguage: 'FR',
      source: 'Ville de Liège',
    },
  ],
}

export const colleagues = [
  {
    id: 'm2',
    name: 'Béatrice Dumont',
    languages: ['FR', 'NL'],
    holds: {
      id: '2rt',
      reference: '2RT-4QX-9TQ',
      heldSince: '2026-11-23T08:55:00.000Z',
      heldUntil: null,
      need: { label: 'Énergie', language: 'FR' },
    },
  },
  { id: 'm3', name: 'Karl-Heinz Müllenmeister', languages: ['DE'], holds: null },
]

export const contact = {
  __typename: 'Contact',
  phone: '+32470123456',
  tel: 'tel:+32470123456',
  foreign: false,
  name: 'Marie Lambert',
  email: null,
}

const event = (id: string, action: string, actorName: string | null, actor = 'x') => ({
  node: { id, at: '2026-11-23T08:30:00.000Z', action, actorName, actor, chained: true },
})
export const trail = [
  event('3', 'callback.contact_revealed', 'Ada Lovelace'),
  event('2', 'callback.claimed', 'Ada Lovelace'),
  event('1', 'callback.claimed', null, 'staff:of-another-organization'),
  event('0', 'callback.requested', null, 'citizen'),
]

export const day = [
  {
    id: '1',
    status: 'CLOSED',
    outcome: 'resolved',
    closedAt: '2026-11-23T08:40:00.000Z',
    need: { label: 'Logement', language: 'FR' },
    attempts: [],
  },
  {
    id: '2',
    status: 'NEW',
    outcome: null,
    closedAt: null,
    need: null,
    attempts: [{ at: '2026-11-23T08:20:00.000Z', outcome: 'NO_ANSWER' }],
  },
].map((one) => ({ node: { ...one, reference: `${one.id}KM-4QX-9TQ`, line } }))

const offer = (slug: string, name: string, fits: boolean, reasons: string[]): Offer => ({
  fits,
  reasons,
  against: fits ? [] : reasons.slice(-1),
  unknown: [],
  partner: { organization: { slug, name, language: 'FR' } },
})
export const offers = [
  offer('rwlp', 'Réseau wallon de lutte contre la pauvreté', true, ['Prend de nouveaux dossiers.', 'Dossiers en cours : 3 sur 40.']),
  offer('caritas', 'Caritas', true, ['Prend de nouveaux dossiers.']),
  offer('maison', 'Maison de l’Est', false, ['Prend de nouveaux dossiers.', 'Ne travaille pas là où vit la personne : Liège.']),
]

export const agreement = (partner: string, language: string, shares: readonly string[]) => ({
  version: ['2026-11-22', ...shares].join('+'),
  text: `${[language, partner, ...shares].join(' ')} Êtes-vous d’accord ?`,
  anyone: 'Et un autre partenaire ?',
})

export const preview: Preview = {
  partner: { name: 'Réseau wallon de lutte contre la pauvreté', language: 'FR' },
  object: 'Trouver un colis alimentaire.',
  shares: [],
  maskedPhone: '+32 4•• •• •• 56',
  name: null,
  email: null,
  postalCode: null,
  words: null,
  language: 'FR',
  urgency: 'INFO',
  need: { label: 'Alimentation', language: 'FR' },
  commune: null,
  safe: { voicemail: false, sms: true, sayWhoCalls: false, note: 'Pas après 16 h, mon fils rentre de l’école.' },
}

const partner = { slug: 'rwlp', name: 'Réseau wallon de lutte contre la pauvreté', language: 'FR' as const }

/** A case as its partner sees it. */
export const makeCaseRow = (id: string, more: Partial<CaseRow> = {}): CaseRow => ({
  id,
  number: `${id.slice(0, 3).toUpperCase()}-7XM`,
  state: 'REQUESTED',
  version: 1,
  urgency: 'INFO',
  language: 'FR',
  requestedAt: '2026-11-23T08:30:00.000Z',
  endedAt: null,
  ageMinutes: 30,
  dueAt: '2026-11-24T08:30:00.000Z',
  overdue: false,
  rung: 0,
  acceptedBy: null,
  object: 'Trouver un colis alimentaire chaque semaine.',
  rejectReason: null,
  failReason: null,
  cancelReason: null,
  outcome: null,
  erasureWanted: false,
  need: { label: 'Alimentation', language: 'FR' },
  commune: null,
  partner,
  request: null,
  ...more,
})

export const makeCase = (id: string, more: Partial<Case> = {}): Case => ({
  ...makeCaseRow(id),
  request: null,
  shares: ['NAME'],
  acceptedAt: null,
  answerDueAt: '2026-11-24T08:30:00.000Z',
  outcomeDueAt: null,
  erasureConfirmedAt: null,
  safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: null },
  line: { name: 'Liège Solidaire', language: 'FR' },
  agreement: { way: 'SPOKEN', version: '2026-11-22', language: 'FR', at: '2026-11-23T08:29:00.000Z', by: null, anyone: true },
  steps: [{ version: 1, at: '2026-11-23T08:30:00.000Z', actorName: null, state: 'REQUESTED', note: null }],
  partnerReachable: true,
  deliveries: [],
  previous: null,
  next: null,
  ...more,
})

/** The same as the staff of the line sees it. */
export const ofLine = (one: Case, more: Partial<Case> = {}): Case => ({
  ...one,
  request: { id: 'req', reference: '7KM-4QX-9TQ', status: 'ESCALATED', escalations: [{ id: one.id }] },
  agreement: { ...one.agreement, by: 'Ada Lovelace' },
  ...more,
})

export const caseContact = {
  __typename: 'CaseContact',
  phone: '+32470123456',
  tel: 'tel:+32470123456',
  name: 'Marie Lambert',
  email: null,
  postalCode: null,
  words: null,
  language: 'FR',
  safe: { voicemail: false, sms: true, sayWhoCalls: false, note: 'Pas après 16 h, mon fils rentre de l’école.' },
}

export const worker = {
  ...viewer,
  name: 'Paul Renson',
  endsAt: '2026-11-23T15:00:00.000Z',
  idleAt: '2026-11-23T09:30:00.000Z',
  memberships: [{ role: 'PARTNER', organization: { slug: 'rwlp', name: 'RWLP' } }],
}
