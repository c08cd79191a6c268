import type { Localized, Tag } from '../../prisma/seed/content.ts'
import type { Random } from './random.ts'
import { BODY_KINDS, BODY_NAMES, STREETS, THINGS, WHO, type Words } from './words.ts'

export const TAGS: readonly Tag[] = ['fr', 'de', 'nl', 'en']

/** What the blanks of a text are filled with, where it is one thing for the whole record. */
export type Blanks = { place: Localized; body: string }

/** A sentence in the four languages, with its blanks filled: the same things in each. */
export function fill(random: Random, template: Words, { place, body }: Blanks): Words {
  const thing = random.pick(THINGS)
  const who = random.pick(WHO)
  const street = streetOf(random)
  return translate((tag) =>
    template[tag]
      .replaceAll('{thing}', thing[tag])
      .replaceAll('{who}', who[tag])
      .replaceAll('{place}', place[tag] ?? place.fr ?? '')
      .replaceAll('{street}', street)
      .replaceAll('{body}', body),
  )
}

/** Some sentences one after another. */
export function paragraph(random: Random, templates: readonly Words[], count: number, blanks: Blanks): Words {
  const sentences = random.some(templates, count).map((template) => fill(random, template, blanks))
  return translate((tag) => sentences.map((sentence) => sentence[tag]).join(' '))
}

export const translate = (text: (tag: Tag) => string): Words => ({ fr: text('fr'), de: text('de'), nl: text('nl'), en: text('en') })

export const bodyName = (random: Random): string => `${random.pick(BODY_KINDS)} ${random.pick(BODY_NAMES)}`
export const streetOf = (random: Random): string => `${random.pick(STREETS)} ${random.between(1, 180)}`

/** Which languages a record has texts in: most in all four, others as a small editors' team leaves them. */
export function languagesOfTexts(random: Random): readonly Tag[] {
  const dice = random.next()
  if (dice < 0.7) return TAGS
  if (dice < 0.82) return ['fr']
  if (dice < 0.88) return ['fr', 'nl']
  if (dice < 0.94) return ['fr', 'de']
  return dice < 0.97 ? ['nl'] : ['de']
}

/** A readable key: `colis-alimentaire-huy`. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
