import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose } from '../../directory/language.ts'
import { languageName } from '../../service/rules/formats.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Asked, MatchReason, Offering } from './match.ts'

/** Why a partner fits a request or not, in a sentence. */
export function matchSentence({ of, fits }: MatchReason, partner: Offering, asked: Asked, languages: readonly LanguageCode[]): string {
  const words = stringsFor(languages).partners
  switch (of) {
    case 'ACCEPTING':
      return fits === 'YES' ? words.accepting.yes : words.accepting.no
    case 'ROOM':
      return (fits === 'YES' ? words.room.yes : words.room.no)(partner.openCases, partner.capacity)
    case 'REACHABLE':
      return words.unreachable
    case 'NEED': {
      if (partner.needCodes.length === 0) return words.need.all
      if (fits === 'UNKNOWN' || asked.need === null) return words.need.unknown
      const { label } = choose(asked.need.texts, languages).text
      return (fits === 'YES' ? words.need.yes : words.need.no)(label)
    }
    case 'PLACE': {
      if (partner.areas.length === 0 || partner.areas.some(({ kind }) => kind === 'COUNTRY')) return words.place.all
      if (fits === 'UNKNOWN') return words.place.unknown
      const names = asked.communes.map(({ texts }) => choose(texts, languages).text.name).join(', ')
      return (fits === 'YES' ? words.place.yes : words.place.no)(names)
    }
    case 'LANGUAGE':
      return (fits === 'YES' ? words.language.yes : words.language.no)(languageName(asked.language, languages[0] ?? 'FR'))
  }
}
