import type { CommuneData } from '../../prisma/seed/content.ts'
import type { Reference, Size } from './make.ts'
import type { Random } from './random.ts'
import { addRows, codeOf, type Tables } from './tables.ts'
import { type Blanks, bodyName, languagesOfTexts, paragraph, slugOf, TAGS } from './texts.ts'
import { PHONE_LABELS, SENTENCES, type Words } from './words.ts'

export type MadeOrganization = { id: string; commune: CommuneData; name: Words; blanks: Blanks }

/** One body for four services; a third of them are public welfare centres, as far as Walloon communes go. */
export function makeOrganizations(random: Random, tables: Tables, { communes }: Reference, { services }: Size, today: string) {
  const count = Math.max(10, Math.ceil(services / 4))
  const walloon = random.some(
    communes.filter(({ region }) => region === 'wallonie'),
    Math.ceil(count / 3),
  )
  return Array.from({ length: count }, (_, index): MadeOrganization => {
    const cpas = walloon[index]
    const commune = cpas ?? random.pick(communes)
    const body = cpas ? `CPAS ${commune.names.fr}` : `${bodyName(random)}${index > 180 ? ` ${commune.names.fr}` : ''}`
    const name: Words = cpas
      ? {
          fr: `CPAS de ${commune.names.fr}`,
          de: `ÖSHZ ${commune.names.de}`,
          nl: `OCMW ${commune.names.nl}`,
          en: `CPAS of ${commune.names.fr}`,
        }
      : { fr: body, de: body, nl: body, en: body }
    const made = { id: random.uuid(), commune, name, blanks: { place: commune.names, body } }
    const slug = `${slugOf(name.fr)}-${index}`
    addRows(tables, 'organization', {
      id: made.id,
      slug,
      kind: cpas ? 'CPAS' : random.pick(['ASSOCIATION', 'ASSOCIATION', 'PUBLIC_SERVICE', 'COMMUNE']),
      url: `https://www.${slug}.example/`,
      email: `info@${slug}.example`,
      commune_nis: cpas ? commune.nis : null,
      source: `https://www.${slug}.example/contact`,
      ...checkedDates(random, today),
    })
    const description = paragraph(random, SENTENCES, 2, made.blanks)
    for (const tag of languagesOfTexts(random)) {
      const texts = { name: name[tag], description: description[tag] }
      addRows(tables, 'organization_translation', { organization_id: made.id, language: codeOf(tag), ...texts })
    }
    makePhones(random, tables, { organization_id: made.id, service_id: null }, random.between(1, 2))
    return made
  })
}

/** Numbers with a label in half of the cases. */
export function makePhones(
  random: Random,
  tables: Tables,
  owner: { organization_id: string | null; service_id: string | null },
  count: number,
) {
  for (let position = 0; position < count; position++) {
    const id = random.uuid()
    const number = `04 ${random.between(220, 399)} ${random.between(10, 99)} ${random.between(10, 99)}`
    addRows(tables, 'phone', { id, ...owner, position, number, languages: random.pick([['FR'], ['FR', 'DE'], ['FR', 'NL', 'EN'], []]) })
    if (random.chance(0.5)) continue
    const label = random.pick(PHONE_LABELS)
    for (const tag of TAGS) addRows(tables, 'phone_translation', { phone_id: id, language: codeOf(tag), description: label[tag] })
  }
}

/** Checked within the last forty days. */
export function checkedDates(random: Random, today: string): { assured_date: string; reviewed_at: string } {
  const day = new Date(Date.parse(`${today}T00:00:00Z`) - random.between(1, 40) * 86_400_000).toISOString().slice(0, 10)
  return { assured_date: day, reviewed_at: day }
}
