import { AreaKind, HandOver, LanguageCode } from '../../db/generated/enums.ts'
import type { PartnerInput } from './settings.ts'

/** What an operator says of a partner; what is left out stays as it is. */
export type PartnerOptions = {
  organization: string
  /** open, or stopped: it takes no new cases. */
  state?: string
  capacity?: string
  /** Codes, or `all`. */
  needs?: string
  languages?: string
  /** commune:62063, province:liege, region:wallonie or country. */
  area?: string[]
  'hand-over'?: string
  email?: string
}

/** An organization that becomes a partner: all needs, everywhere, French, forty people at a time, looked into here. */
const NEW: Omit<PartnerInput, 'organization'> = {
  accepting: true,
  capacity: 40,
  needs: [],
  languages: ['FR'],
  areas: [{ kind: 'COUNTRY', code: '' }],
  handOver: 'INBOX',
  email: null,
}

/** A partner from what an operator said and what was stored before, or what is wrong with it. Codes are judged by `problemsOf`. */
export function readPartner(
  options: PartnerOptions,
  stored: Omit<PartnerInput, 'organization'> | null,
): PartnerInput | { problem: string } {
  const { organization, state, capacity, needs, languages, area, email } = options
  const input: PartnerInput = { ...(stored ?? NEW), organization }
  if (state !== undefined) {
    if (state !== 'open' && state !== 'stopped') return { problem: '--state is open or stopped.' }
    input.accepting = state === 'open'
  }
  if (capacity !== undefined) {
    if (capacity !== 'none' && !/^\d{1,6}$/.test(capacity)) return { problem: '--capacity is a number, or none for no limit.' }
    input.capacity = capacity === 'none' ? null : Number(capacity)
  }
  if (needs !== undefined) input.needs = needs === 'all' ? [] : words(needs)
  if (languages !== undefined) {
    const known = words(languages).map((word) => word.toUpperCase())
    if (known.length === 0 || !known.every(isLanguage)) return { problem: '--languages are some of fr, de, nl, en, with commas between.' }
    input.languages = known
  }
  if (area !== undefined) {
    const areas = area.map((one) => {
      const [kind = '', code = ''] = one.split(':')
      return { kind: kind.toUpperCase(), code }
    })
    if (!areas.every(isArea)) return { problem: 'An --area is commune:<NIS code>, province:<slug>, region:<slug> or country.' }
    input.areas = areas
  }
  const way = options['hand-over']?.toUpperCase()
  if (way !== undefined) {
    if (!isWay(way)) return { problem: '--hand-over is inbox, email or webhook.' }
    input.handOver = way
  }
  if (email !== undefined) input.email = email === 'none' ? null : email
  return input
}

const words = (list: string): string[] => list.split(',').flatMap((word) => word.trim() || [])
const isLanguage = (word: string): word is LanguageCode => Object.hasOwn(LanguageCode, word)
const isWay = (word: string): word is HandOver => Object.hasOwn(HandOver, word)
const isArea = (area: { kind: string; code: string }): area is { kind: AreaKind; code: string } =>
  Object.hasOwn(AreaKind, area.kind) && (area.kind === 'COUNTRY') === (area.code === '')
