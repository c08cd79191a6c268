import type { Commune } from '../directory/snapshot.ts'

/** A commune for tests: Liège unless said otherwise. */
export const makeCommune = (overrides: Partial<Commune> = {}): Commune => ({
  nisCode: '62063',
  province: 'liege',
  region: 'wallonie',
  officialLanguages: ['FR'],
  facilityLanguages: [],
  texts: { FR: { name: 'Liège' }, DE: { name: 'Lüttich' }, NL: { name: 'Luik' } },
  center: { latitude: 50.64, longitude: 5.57 },
  postalCodes: ['4000'],
  cpas: null,
  ...overrides,
})
