import type { LanguageCode } from '../db/generated/enums.ts'
import type { Texts } from './language.ts'
import { push } from './lists.ts'
import { COUNTRY } from './offered.ts'
import type { Steps } from './steps.ts'
import type { Document } from './text-index.ts'
import { fold, isStop, rawWordsOf } from './words.ts'

/** A record, and every area it is offered in, as `areaKey` writes them. */
export type Member<T> = { record: T; areas: readonly string[] }

/** What is indexed as one: a record, or several that are alike. `local`: offered in single communes only. */
export type Entry<T> = { texts: Texts<Document>; members: readonly [Member<T>, ...Member<T>[]]; local: boolean }

/** How records are read. */
export type View<T> = {
  textsOf(record: T): Texts<Document>
  /** Every area it is offered in; the whole country when absent. */
  areasOf?(record: T): readonly string[]
  /** Names of the places it is for, in every language. */
  namesOf?(record: T): readonly string[]
}

/**
 * Records as what is indexed. Those for single communes that say the same but for the name of the place (the welfare centre of each
 * commune) become one entry without these names: there may be hundreds, and neither must they flood an answer nor make their words seem
 * common.
 */
export function* alikeBut<T>(records: readonly T[], view: View<T>): Steps<Entry<T>[]> {
  const { textsOf, areasOf = () => [COUNTRY] } = view
  const placeless = withoutNames(view)
  const entries: Entry<T>[] = []
  const namesakes = new Map<string, Member<T>[]>()
  for (const record of records) {
    yield
    const member = { record, areas: areasOf(record) }
    if (!member.areas.every((area) => area.startsWith('COMMUNE ')))
      entries.push({ texts: textsOf(record), members: [member], local: false })
    else push(namesakes, titlesOf(placeless(record, ['title'])), member)
  }
  for (const members of namesakes.values()) {
    const alike = new Map<string, Member<T>[]>()
    for (const member of members) push(alike, members.length === 1 ? '' : JSON.stringify(placeless(member.record)), member)
    for (const [first, ...others] of alike.values()) {
      if (!first) continue
      const texts = others.length === 0 ? textsOf(first.record) : placeless(first.record)
      entries.push({ texts, members: [first, ...others], local: true })
    }
  }
  return entries
}

const titlesOf = (texts: Texts<Document>): string =>
  Object.values(texts)
    .map(({ title }) => title)
    .join('|')

/** Takes the names of a record's places out of its texts. */
function withoutNames<T>({ textsOf, namesOf }: View<T>): (record: T, fields?: readonly ('title' | 'body')[]) => Texts<Document> {
  // The same few words again and again.
  const folded = new Map<string, string>()
  const foldOnce = (word: string): string => {
    let known = folded.get(word)
    if (known === undefined) {
      known = fold(word)
      folded.set(word, known)
    }
    return known
  }
  return (record, fields = ['title', 'body']) => {
    const names = new Set((namesOf?.(record) ?? []).flatMap((name) => rawWordsOf(name).map(foldOnce)))
    // Articles go too: "de Namur", "d'Amay", "du Roeulx".
    const says = (word: string, language: LanguageCode) => !names.has(word) && !isStop(word, language)
    const texts = Object.entries(textsOf(record)) as [LanguageCode, Document][]
    return Object.fromEntries(
      texts.map(([language, document]) => {
        const shorter: Document = { title: '', body: '' }
        for (const field of fields)
          shorter[field] = rawWordsOf(document[field])
            .filter((word) => says(foldOnce(word), language))
            .join(' ')
        return [language, shorter]
      }),
    )
  }
}
