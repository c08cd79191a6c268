import type { Content, OrganizationData, ServiceData } from './content.ts'

const REVIEWED = '2026-11-21'

/**
 * The public welfare centre of each Walloon commune (organic law of 8 July 1976: every commune has one), named from the commune: ÖSHZ in
 * the nine communes of German language, CPAS in the others.
 */
export const cpasOf = (content: Pick<Content, 'communes' | 'cpasPhones'>): OrganizationData[] =>
  centresOf(content).map(
    ({ slug, nis, german, fr, de, nl, phones, source }): OrganizationData => ({
      slug,
      kind: 'CPAS',
      commune: nis,
      url: null,
      email: null,
      phones,
      texts: german ? germanTexts(fr, de) : frenchTexts(fr, de, nl),
      source,
      assuredDate: null,
      reviewedAt: REVIEWED,
    }),
  )

/**
 * The door of each of them as a service of its own commune: whoever says where she lives finds her own centre among the first results.
 * What it gives is told by the services that all centres share (services/cpas.json); addresses are not known, and a number seldom.
 */
export const servicesOfCpas = (content: Pick<Content, 'communes' | 'cpasPhones' | 'needs'>): ServiceData[] => {
  const needs = content.needs.filter(({ parent, servedByCpas }) => servedByCpas && parent === null).map(({ code }) => code)
  const parts = content.needs.filter(({ parent, servedByCpas }) => servedByCpas && parent !== null && !needs.includes(parent))
  return centresOf(content).map(
    ({ slug, nis, german, fr, de, nl, phones, source }): ServiceData => ({
      slug: `accueil-${slug}`,
      organization: slug,
      needs: [...needs, ...parts.map(({ code }) => code)],
      audiences: ['everyone'],
      languages: german ? ['DE', 'FR'] : ['FR'],
      areas: [{ commune: nis }],
      virtual: false,
      phones,
      hours: [],
      minimumAge: null,
      maximumAge: null,
      eligibility: null,
      url: null,
      email: null,
      locations: [],
      requiredDocuments: [],
      texts: welcomeTexts(german, fr, de, nl),
      source,
      assuredDate: null,
      reviewedAt: REVIEWED,
    }),
  )
}

/** What is known of each centre. */
const centresOf = (content: Pick<Content, 'communes' | 'cpasPhones'>) =>
  content.communes
    .filter((commune) => commune.region === 'wallonie')
    .map(({ nis, languages, names }) => {
      const german = languages.includes('DE')
      const fr = names.fr as string
      const de = names.de ?? fr
      const phone = content.cpasPhones[nis]
      return {
        nis,
        german,
        fr,
        de,
        nl: names.nl ?? fr,
        slug: `${german ? 'oshz' : 'cpas'}-${slugOf(german ? de : fr)}`,
        phones: phone ? [{ number: phone, languages: ['DE' as const, 'FR' as const] }] : [],
        source: german && phone ? 'oshz-eupen.be 2020 ; lontzen.be ; butgenbach.be' : 'uvcw.be ; BeST Address (SPF BOSA)',
      }
    })

/** Organic law of 8 July 1976: article 1 (aid for whoever needs it), article 58 § 3 (a request is passed on within five calendar days). */
function welcomeTexts(german: boolean, fr: string, de: string, nl: string): ServiceData['texts'] {
  const plain = { fees: null, alert: null }
  const of = withArticle(fr)
  return {
    fr: {
      ...plain,
      name: german ? `Accueil social de l’ÖSHZ ${de} (CPAS)` : `Accueil social du CPAS ${of}`,
      description: `C’est probablement le centre qui doit vous aider si vous vivez dans la commune ${of}. Il écoute, il examine votre situation et il peut donner une aide : argent, logement, énergie, dettes, nourriture, démarches.`,
      applicationProcess:
        'Allez-y, téléphonez ou écrivez. Si ce n’est pas le bon centre, il doit transmettre votre demande au bon dans les 5 jours calendrier.',
      eligibility: 'Pour les personnes qui vivent vraiment dans la commune. Le centre examine chaque situation.',
    },
    de: {
      ...plain,
      name: german ? `Sozialdienst des ÖSHZ ${de}` : `Sozialdienst des ÖSHZ ${de} (CPAS)`,
      description: `Wenn Sie in der Gemeinde ${de} leben, ist wahrscheinlich dieses Zentrum für Sie zuständig. Es hört zu, prüft Ihre Lage und kann helfen: Geld, Wohnen, Energie, Schulden, Essen, Behördengänge.`,
      applicationProcess:
        'Gehen Sie hin, rufen Sie an oder schreiben Sie. Ist es nicht zuständig, muss es Ihren Antrag innerhalb von 5 Kalendertagen weiterleiten.',
      eligibility: 'Für Menschen, die wirklich in der Gemeinde leben. Das Zentrum prüft jede Lage.',
    },
    nl: {
      ...plain,
      name: german ? `Sociale dienst van het ÖSHZ ${de} (OCMW)` : `Sociale dienst van het OCMW van ${nl} (CPAS)`,
      description: `Woont u in de gemeente ${nl}, dan moet waarschijnlijk dit centrum u helpen. Het luistert, onderzoekt uw situatie en kan helpen: geld, wonen, energie, schulden, eten, papieren.`,
      applicationProcess:
        'Ga erheen, bel of schrijf. Is het niet het juiste centrum, dan moet het uw aanvraag binnen 5 kalenderdagen doorsturen.',
      eligibility: 'Voor mensen die echt in de gemeente wonen. Het centrum onderzoekt elke situatie.',
    },
    en: {
      ...plain,
      name: german ? `Social service of the ÖSHZ ${de} (CPAS)` : `Social service of the CPAS of ${fr}`,
      description: `If you live in the commune of ${fr}, this is probably the centre that must help you. It listens, looks into your situation and can help: money, housing, energy, debts, food, paperwork.`,
      applicationProcess: 'Go there, phone or write. If it is not the right centre, it must pass your request on within 5 calendar days.',
      eligibility: 'For people who really live in the commune. The centre looks into each situation.',
    },
  }
}

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
