import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import type { LanguageCode } from '../db/generated/enums.ts'

/** The languages content is written in. */
export const LANGUAGES: readonly LanguageCode[] = ['FR', 'DE', 'NL', 'EN']

/** Lower case, without accents: "Liège" and "LIEGE" are one word. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/ß/g, 'ss')

/** What was typed into an optional field, without spaces around it; null when there is nothing. */
export const given = (text: string | null | undefined): string | null => text?.trim() || null

/** The words of a text as written: runs of letters and digits. */
export const rawWordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** The words of a text, folded. */
export const wordsOf = (text: string): string[] => rawWordsOf(text).map(fold).filter(Boolean)

/**
 * Words that carry no need, folded, as people write them ("jai" without its apostrophe). They are kept apart by language: "die" is an
 * article in German, and not in English.
 */
const STOP: Readonly<Record<LanguageCode, ReadonlySet<string>>> = {
  FR: setOf(
    'le la les un une des du de au aux et ou mais donc car ni que qui quoi quel quelle quels quelles dont ce cet cette ces ca ' +
      'cela c je tu il elle on nous vous ils elles me moi te toi se lui leur y en mon ma mes ton ta tes son sa ses notre nos votre ' +
      'vos leurs ne pas plus tres trop bien aussi alors encore deja ici par pour sur sous dans avec sans chez entre vers depuis ' +
      'pendant apres avant est suis es sommes etes sont etre ete etait etais ai as a avons avez ont avoir eu avait avais vais va ' +
      'vas aller fait faire fais font peux peut peuvent pouvez veux veut voulez dois doit devez sais sait sai savoir faut si comme ' +
      'tout tous toute toutes meme quand comment combien pourquoi jai jsuis chuis chui jpeux cest ya qu d l j m n s t',
  ),
  DE: setOf(
    'der die das den dem des ein eine einen einem einer eines und oder aber denn dass ob wenn als wie was wer wem wen wo wann ' +
      'warum ich du er sie es wir ihr mich mir dich dir sich uns euch ihm ihn ihnen mein meine meinen meinem meiner dein deine sein ' +
      'seine ihre unser unsere kein keine keinen keiner nicht nichts mehr sehr auch nur noch schon so zu zum zur von vom mit bei ' +
      'beim nach aus auf an am in im ins fur uber unter vor durch ohne um bis ist bin bist sind seid war waren habe hab hat haben ' +
      'hast kann kannst konnen muss mussen soll will wollen darf werde wird werden wurde man hier dort da dann etwas alle alles',
  ),
  NL: setOf(
    'de het een en of maar want dat die dit deze wat wie waar wanneer hoe waarom welk welke ik je jij u hij zij ze wij we jullie ' +
      'mij me hem haar ons hun mijn jouw uw zijn onze niet geen niks niets meer zeer ook nog al zo te ten ter van voor met bij naar ' +
      'uit op aan in om over onder door zonder tot is ben bent was waren heb hebt heeft hebben had kan kunt kunnen moet moeten mag ' +
      'wil willen wordt word worden er hier daar dan als iets alle alles doen doe doet gaat',
  ),
  EN: setOf(
    'the a an and or but if that this these those what who whom which where when how why i you he she it we they me him her us ' +
      'them my your his its our their not no any more very too also just still already of for with at by from to in on out up over ' +
      'under about into is am are was were be been being have has had do does did can could cannot cant must may might should would ' +
      'will wont dont doesnt im ive there here then some all so as than get getting got near',
  ),
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/** Whether a folded word says nothing in this language. */
export const isStop = (word: string, language: LanguageCode): boolean => STOP[language].has(word)

const STEMMERS: Readonly<Record<LanguageCode, (word: string) => string>> = { FR: french, DE: german, NL: dutch, EN: english }

/**
 * A folded word without its endings: "factures" and "facture" are one. The stemmers are made for accented words; what was folded before,
 * in the texts as in what is typed, loses a few endings less, and finds itself again whether accents were typed or not.
 */
export function stem(word: string, language: LanguageCode): string {
  const known = STEMS[language]
  let stemmed = known.get(word)
  if (stemmed === undefined) {
    if (known.size >= MOST_STEMS) known.clear()
    stemmed = STEMMERS[language](word)
    known.set(word, stemmed)
  }
  return stemmed
}
/** The last results, since a stemmer takes microseconds and people use the same words: a cache, not a state. */
const STEMS: Readonly<Record<LanguageCode, Map<string, string>>> = { FR: new Map(), DE: new Map(), NL: new Map(), EN: new Map() }
const MOST_STEMS = 20_000
