import type { Content, OrganizationData } from './content.ts'

const REVIEWED = '2026-11-21'

/**
 * The public welfare centre of each Walloon commune (organic law of 8 July 1976: every commune has one), named from the commune: ÖSHZ in
 * the nine communes of German language, CPAS in the others.
 */
export const cpasOf = (content: Pick<Content, 'communes' | 'cpasPhones'>): OrganizationData[] =>
  content.communes
    .filter((commune) => commune.region === 'wallonie')
    .map((commune): OrganizationData => {
      const german = commune.languages.includes('DE')
      const fr = commune.names.fr as string
      const de = commune.names.de ?? fr
      const nl = commune.names.nl ?? fr
      const phone = content.cpasPhones[commune.nis]
      return {
        slug: `${german ? 'oshz' : 'cpas'}-${slugOf(german ? de : fr)}`,
        kind: 'CPAS',
        commune: commune.nis,
        url: null,
        email: null,
        phones: phone ? [{ number: phone, languages: ['DE', 'FR'] }] : [],
        texts: german ? germanTexts(fr, de) : frenchTexts(fr, de, nl),
        source: german && phone ? 'oshz-eupen.be 2020 ; lontzen.be ; butgenbach.be' : 'uvcw.be ; BeST Address (SPF BOSA)',
        assuredDate: null,
        reviewedAt: REVIEWED,
      }
    })

const germanTexts = (fr: string, de: string): OrganizationData['texts'] => ({
  fr: { name: `ÖSHZ ${de} (CPAS)`, description: `Le centre public d’action sociale ${withArticle(fr)}, en Communauté germanophone.` },
  de: { name: `ÖSHZ ${de}`, description: `Das Öffentliche Sozialhilfezentrum der Gemeinde ${de}.` },
  nl: { name: `ÖSHZ ${de} (OCMW)`, description: `Het OCMW van ${de}, in de Duitstalige Gemeenschap.` },
  en: { name: `ÖSHZ ${de} (CPAS)`, description: `The public welfare centre of ${de}, in the German-speaking Community.` },
})

const frenchTexts = (fr: string, de: string, nl: string): OrganizationData['texts'] => ({
  fr: { name: `CPAS ${withArticle(fr)}`, description: `Le centre public d’action sociale ${withArticle(fr)}.` },
  de: { name: `ÖSHZ ${de} (CPAS)`, description: `Das Öffentliche Sozialhilfezentrum (CPAS) der Gemeinde ${de}.` },
  nl: { name: `OCMW ${nl} (CPAS)`, description: `Het openbaar centrum voor maatschappelijk welzijn (CPAS) van ${nl}.` },
  en: { name: `CPAS of ${fr}`, description: `The public welfare centre (CPAS) of ${fr}.` },
})

/** "de Liège", "d’Amay", "du Roeulx", "des Bons Villers": the French genitive of a commune. */
export function withArticle(name: string): string {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`
  return /^[AEIOUYÂÉÈÊÎÔ]/i.test(name) ? `d’${name}` : `de ${name}`
}

export const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
