import type { ContentRecord, Row } from '../model.ts'

export const viewer = {
  id: 'me',
  name: 'Eva Peeters',
  demonstration: false,
  memberships: [{ role: 'EDITOR', organization: { slug: 'ville-de-liege', name: 'Ville de Liège', language: 'FR' } }],
}

export const start = {
  viewer,
  needs: [
    {
      code: 'food',
      label: 'Alimentation',
      language: 'FR',
      children: [{ code: 'food.parcel', label: 'Colis alimentaire', language: 'FR' }],
    },
    { code: 'housing', label: 'Logement', language: 'FR', children: [] },
  ],
  audiences: [
    { code: 'seniors', label: 'Personnes âgées', language: 'FR' },
    { code: 'isolated', label: 'Personnes isolées', language: 'FR' },
  ],
}

export const city = { slug: 'ville-de-liege', name: 'Ville de Liège', language: 'FR' as const }

export const makeRow = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  kind: 'SERVICE',
  slug: id,
  title: 'Colis alimentaires',
  organization: city,
  state: 'PUBLISHED',
  version: 1,
  publishedVersion: 1,
  language: 'FR',
  languages: ['FR', 'DE'],
  missing: ['NL', 'EN'],
  behind: [],
  concerns: ['MISSING_TRANSLATION'],
  changedAt: '2026-11-20T09:00:00.000Z',
  changedBy: 'Nora Jacquet',
  mayEdit: true,
  ...more,
})

const texts = (more: object) => ({
  alert: null,
  applicationProcess: 'Venir sans rendez-vous.',
  fees: 'Gratuit',
  eligibility: 'Habiter Liège.',
  ...more,
})

/** A service with everything that its form shows. */
export const service = {
  __typename: 'ServiceContent',
  language: 'FR',
  slug: 'colis-alimentaires',
  organization: 'ville-de-liege',
  status: 'ACTIVE',
  url: 'https://www.exemple.be/colis',
  email: null,
  minimumAge: null,
  maximumAge: null,
  virtual: false,
  eligibility: { any: [{ age: { min: 65 } }, { not: { audience: 'isolated' } }, { commune: ['62063'] }] },
  languages: ['FR', 'DE'],
  position: 3,
  checkFailedOn: null,
  needs: ['food', 'food.parcel'],
  audiences: [],
  locations: ['accueil'],
  source: 'liege.be',
  assuredDate: '2026-01-10',
  reviewedAt: '2026-01-10',
  areas: [
    { kind: 'COMMUNE', code: '62063' },
    { kind: 'PROVINCE', code: 'liege' },
  ],
  phones: [{ number: '04 220 58 11', languages: ['FR'], label: [{ language: 'FR', text: 'Accueil' }] }],
  hours: [
    { days: ['MO', 'TU'], opens: '09:00', closes: '12:00', validFrom: null, validTo: null, openOnHolidays: false },
    { days: ['MO'], opens: '13:00', closes: '16:00', validFrom: null, validTo: null, openOnHolidays: false },
  ],
  exceptions: [
    { firstDay: '2026-12-24', lastDay: '2026-12-26', opens: null, closes: null, reason: [{ language: 'FR', text: 'Inventaire' }] },
  ],
  capacities: [{ unit: 'colis', available: 4, maximum: 20, updated: '2026-11-20T09:00:00.000Z' }],
  requiredDocuments: [{ document: [{ language: 'FR', text: 'Carte d’identité' }] }],
  texts: [
    { language: 'FR', name: 'Colis alimentaires', description: 'Un colis chaque semaine.', ...texts({}) },
    {
      language: 'DE',
      name: 'Lebensmittelpakete',
      description: 'Jede Woche ein Paket.',
      ...texts({ applicationProcess: null, fees: null, eligibility: null }),
    },
  ],
}

const entry = (key: number, text: string, more: object = {}) => ({
  key,
  kind: 'QUEUE',
  service: null,
  transferTo: null,
  partner: null,
  validFrom: null,
  validTo: null,
  label: [{ language: 'FR', text }],
  ...more,
})

export const line = {
  __typename: 'LineContent',
  language: 'FR',
  slug: 'liege-solidaire',
  organization: 'ville-de-liege',
  number: '0800 43 436',
  lineKind: 'SOCIAL',
  languages: ['FR'],
  acceptsCallbacks: true,
  callsPerHour: 6,
  slotNoticeMinutes: 60,
  slotDaysAhead: 13,
  position: 1,
  validFrom: null,
  validTo: null,
  fallback: null,
  successor: null,
  needs: ['food'],
  source: 'liege.be',
  assuredDate: null,
  reviewedAt: null,
  areas: [],
  hours: [{ days: ['MO'], opens: '09:00', closes: '17:00', validFrom: null, validTo: null, openOnHolidays: false }],
  exceptions: [],
  menu: [entry(1, 'Alimentation', { kind: 'SERVICE', service: 'colis-alimentaires' }), entry(2, 'Logement'), entry(5, 'Dettes')],
  texts: [{ language: 'FR', name: 'Liège Solidaire', description: null, alert: null, closingMessage: null, script: null }],
}

export const makeRecord = (id: string, more: Partial<ContentRecord> = {}): ContentRecord => ({
  ...makeRow(id),
  content: service as never,
  problems: [],
  texts: [
    { language: 'FR', changedAt: '2026-11-20T09:00:00.000Z' },
    { language: 'DE', changedAt: '2026-03-02T09:00:00.000Z' },
  ],
  corrections: [],
  links: [],
  usedBy: [],
  ...more,
})
