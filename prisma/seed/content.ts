import { readdir, readFile } from 'node:fs/promises'
import type {
  AreaKind,
  LanguageCode,
  LineKind,
  MenuEntryKind,
  OrganizationKind,
  ServiceStatus,
  Urgency,
} from '../../api/db/generated/enums.ts'

/** The shapes of the data files in this folder. Texts are keyed fr, de, nl, en; dates are YYYY-MM-DD. */
export type Tag = 'fr' | 'de' | 'nl' | 'en'
export type Localized<T = string> = Partial<Record<Tag, T>>

export type CommuneData = {
  nis: string
  names: Localized
  province: string | null
  region: string
  languages: LanguageCode[]
  facilities: LanguageCode[]
}
export type LocalityData = { code: string; nis: string; names: Localized; lat: number | null; lon: number | null; note: string | null }
export type NeedData = {
  code: string
  parent: string | null
  urgency: Urgency | null
  quickExit: boolean
  servedByCpas: boolean
  label: Localized
}
export type AudienceData = { code: string; label: Localized }
type Checked = { facts?: string[]; source: string; assuredDate?: string | null; reviewedAt: string }
export type PhoneData = { number: string; languages?: LanguageCode[]; label?: Localized }
export type AreaData = { commune?: string; province?: string; region?: string; country?: string }
/** `opens` and `closes` absent: closed. */
export type ExceptionData = { firstDay: string; lastDay: string; opens?: string; closes?: string; reason?: Localized }
/** For one organization, or for all bodies of these kinds in these areas. */
export type ClosingDayData = { day: string; kinds: OrganizationKind[]; areas: string[]; organization: string | null; name: Localized }
export type HoursData = { days: string[]; opens: string; closes: string; validFrom?: string; validTo?: string; holidays?: 'open' }

export type OrganizationData = Checked & {
  slug: string
  kind: OrganizationKind
  commune?: string
  url: string | null
  email: string | null
  phones: PhoneData[]
  texts: Localized<{ name: string; description?: string | null }>
}

export type ServiceData = Checked & {
  slug: string
  organization: string
  status?: ServiceStatus
  needs: string[]
  audiences: string[]
  languages: LanguageCode[]
  areas: AreaData[]
  virtual: boolean
  phones: PhoneData[]
  hours: HoursData[]
  exceptions?: ExceptionData[]
  capacities?: { unit: string; available: number; maximum: number | null; updated: string }[]
  minimumAge: number | null
  maximumAge: number | null
  eligibility: object | null
  url: string | null
  email: string | null
  locations: { slug: string; name: Localized; street: string | null; postalCode: string | null; commune: string }[]
  requiredDocuments: Localized[]
  texts: Localized<{
    name: string
    description: string | null
    applicationProcess: string | null
    fees: string | null
    eligibility: string | null
    alert: string | null
  }>
}

export type FaqData = Checked & {
  number: number
  slug: string
  needs: string[]
  urgency: Urgency
  services: string[]
  related: string[]
  owner: string
  texts: Localized<{ question: string; answer?: string }>
}

export type LineData = Checked & {
  slug: string
  number: string
  kind: LineKind
  organization: string
  languages: LanguageCode[]
  acceptsCallbacks: boolean
  needs: string[]
  validFrom: string | null
  validTo: string | null
  fallback: string | null
  successor: string | null
  areas: AreaData[]
  hours: HoursData[]
  exceptions?: ExceptionData[]
  menu: {
    position: number
    service: string | null
    kind: MenuEntryKind
    transfersTo: string | null
    partner?: string | null
    validFrom?: string | null
    validTo?: string | null
    texts: Localized
  }[]
  texts: Localized<{
    name: string
    description: string | null
    alert: string | null
    closingMessage: string | null
    /** What an agent says and asks, in paragraphs separated by an empty line; only of lines that call back. */
    script?: string
  }>
}

export type Content = {
  communes: CommuneData[]
  localities: LocalityData[]
  needs: NeedData[]
  audiences: AudienceData[]
  organizations: OrganizationData[]
  services: ServiceData[]
  faqEntries: FaqData[]
  lines: LineData[]
  closingDays: ClosingDayData[]
  /** Need code to everyday words for it, and to what people write in danger. */
  keywords: Record<string, Localized>
  dangerPhrases: Record<string, Localized<string[]>>
  /** NIS code to phone number, where one is confirmed. */
  cpasPhones: Record<string, string>
}

/** Themes in the order in which services are listed; a folder's files are its themes. */
const SERVICE_THEMES = ['lines', 'cpas', 'food', 'debt', 'housing', 'energy', 'work', 'health', 'distress', 'family', 'legal']

/** Reads every data file below `folder`, this one. */
export async function readContent(folder: string): Promise<Content> {
  const json = async <T>(path: string): Promise<T> => JSON.parse(await readFile(`${folder}/${path}`, 'utf8')) as T
  const all = async <T>(sub: string): Promise<T[]> => {
    const files = (await readdir(`${folder}/${sub}`)).filter((name) => name.endsWith('.json'))
    const rank = (name: string) => SERVICE_THEMES.indexOf(name.replace('.json', ''))
    return (await Promise.all(files.sort((a, b) => rank(a) - rank(b)).map((name) => json<T[]>(`${sub}/${name}`)))).flat()
  }
  const taxonomy = await json<{ needs: NeedData[]; audiences: AudienceData[] }>('taxonomy.json')
  const faqEntries = await all<FaqData>('faq')
  return {
    communes: await json('communes.json'),
    localities: await json('localities.json'),
    ...taxonomy,
    organizations: await all('organizations'),
    services: await all('services'),
    faqEntries: faqEntries.sort((a, b) => a.number - b.number),
    lines: await json('lines.json'),
    closingDays: await json('closing-days.json'),
    keywords: await json('keywords.json'),
    dangerPhrases: await json('danger-phrases.json'),
    cpasPhones: await json('cpas-phones.json'),
  }
}

/** Which kind an area of the data files is, and its code. */
export function areaOf(area: AreaData): { kind: AreaKind; code: string } {
  if (area.commune) return { kind: 'COMMUNE', code: area.commune }
  if (area.province) return { kind: 'PROVINCE', code: area.province }
  if (area.region) return { kind: 'REGION', code: area.region }
  return { kind: 'COUNTRY', code: area.country ?? 'BE' }
}
