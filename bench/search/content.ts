import { readFile } from 'node:fs/promises'
import type { LanguageCode } from '../../api/db/generated/enums.ts'
import type { Texts } from '../../api/directory/language.ts'
import type { Commune, FaqEntry, Need, Service } from '../../api/directory/snapshot.ts'
import { LANGUAGES } from '../../api/directory/words.ts'
import { makeFaqEntry } from '../../api/faq/make.ts'
import { makeOrganization } from '../../api/organization/make.ts'
import { makeCommune } from '../../api/place/make.ts'
import { makeService, makeServiceTexts } from '../../api/service/make.ts'
import { makeNeed, makeNeedTexts } from '../../api/taxonomy/make.ts'
import { areaOf, type Content, type Localized, readContent, type ServiceData } from '../../prisma/seed/content.ts'
import { cpasOf, servicesOfCpas } from '../../prisma/seed/cpas.ts'

/** What is searched, and what is typed with the slugs expected. */
export type Searched = {
  services: readonly Service[]
  faqEntries: readonly FaqEntry[]
  needs: readonly Need[]
  communesByNis: ReadonlyMap<string, Commune>
  queries: readonly { text: string; expected: string[]; heldBack: boolean }[]
}

const SEED = 'prisma/seed'

/** The demonstration content as records, without a database. */
export async function readSearched(): Promise<Searched> {
  const content = await readContent(SEED)
  const communesByNis = new Map(
    content.communes.map(({ nis, province, region, names }) => [
      nis,
      makeCommune({ nisCode: nis, province, region, texts: localized(names, (name) => ({ name })), postalCodes: [] }),
    ]),
  )
  const needs = readNeeds(content)
  const needsByCode = new Map(needs.flatMap((need) => [need, ...need.children]).map((need) => [need.code, need]))
  const needsOf = (codes: string[]) => codes.flatMap((code) => needsByCode.get(code) ?? [])
  const organizations = new Map(
    [...content.organizations, ...cpasOf(content)].map(({ slug, commune, texts }) => [
      slug,
      makeOrganization(slug, {
        commune: communesByNis.get(commune ?? '') ?? null,
        texts: localized(texts, ({ name }) => ({ name, description: null })),
      }),
    ]),
  )
  const ofService = (data: ServiceData): Service =>
    makeService(data.slug, {
      needs: needsOf(data.needs),
      organization: organizations.get(data.organization) ?? makeOrganization(data.organization),
      serviceAreas: data.areas.map(areaOf).map((area) => ({ ...area, commune: communesByNis.get(area.code) ?? null })),
      texts: localized(data.texts, ({ name, description, applicationProcess, eligibility }) =>
        makeServiceTexts(name, { description, applicationProcess, eligibilityDescription: eligibility }),
      ),
    })
  const queries = async (name: string) =>
    (JSON.parse(await readFile(`${SEED}/queries/${name}.json`, 'utf8')) as { text: string; expected: string[] }[]).map((query) => ({
      ...query,
      heldBack: name === 'held-back',
    }))
  return {
    services: [...content.services, ...servicesOfCpas(content)].map(ofService),
    faqEntries: content.faqEntries.map(({ slug, needs, texts }) =>
      makeFaqEntry(slug, {
        needs: needsOf(needs),
        texts: localized(texts, ({ question }) => ({ question })),
        answers: localized(texts, ({ answer }) => (answer ? { answer } : undefined)),
      }),
    ),
    needs,
    communesByNis,
    queries: [...(await queries('tuned')), ...(await queries('held-back'))],
  }
}

function readNeeds({ needs, keywords }: Content): Need[] {
  const made = (parent: string | null): Need[] =>
    needs
      .filter((need) => need.parent === parent)
      .map(({ code, label }) =>
        makeNeed(code, {
          texts: Object.fromEntries(
            Object.entries(label).map(([tag, name]) => [
              tag.toUpperCase(),
              makeNeedTexts(name, { keywords: keywords[code]?.[tag as keyof Localized] ?? null }),
            ]),
          ),
          children: made(code),
        }),
      )
  return made(null)
}

function localized<T, R>(texts: Localized<T>, of: (text: T) => R | undefined): Texts<R> {
  const all = Object.entries(texts) as [keyof Localized, T][]
  return Object.fromEntries(all.flatMap(([tag, text]) => (of(text) === undefined ? [] : [[tag.toUpperCase() as LanguageCode, of(text)]])))
}

/**
 * As many services as asked for: the sentences of the real ones, mixed anew; one in five for the country, the region or a province, the
 * others each for one commune.
 */
export function mixServices({ services, needs, communesByNis }: Searched, count: number): Service[] {
  const real = services.filter(
    (service) => LANGUAGES.every((language) => service.texts[language]) && service.serviceAreas[0]?.kind !== 'COMMUNE',
  )
  const communes = [...communesByNis.values()].filter(({ region }) => region === 'wallonie')
  const allNeeds = needs.flatMap((need) => [need, ...need.children])
  let seed = 1
  // Park and Miller's generator: the same services each time.
  const pick = <T>(list: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647
    return list[seed % list.length] as T
  }
  return Array.from({ length: count }, (_, i) => {
    const [named, described, given] = [pick(real), pick(real), pick(real)]
    const commune = pick(communes)
    const wide = [{ kind: 'COUNTRY', code: 'BE' } as const, { kind: 'REGION', code: 'wallonie' } as const]
    const area = i % 5 > 0 ? null : pick([...wide, { kind: 'PROVINCE', code: commune.province ?? 'liege' } as const])
    return makeService(`service-${i}`, {
      needs: [pick(allNeeds), pick(allNeeds), pick(allNeeds)],
      organization: { ...described.organization, commune: area ? null : commune },
      serviceAreas: [area ? { ...area, commune: null } : { kind: 'COMMUNE', code: commune.nisCode, commune }],
      texts: Object.fromEntries(
        LANGUAGES.map((language) => [
          language,
          makeServiceTexts(`${named.texts[language]?.name} ${i}`, {
            description: described.texts[language]?.description ?? null,
            eligibilityDescription: given.texts[language]?.eligibilityDescription ?? null,
            applicationProcess: named.texts[language]?.applicationProcess ?? null,
          }),
        ]),
      ),
    })
  })
}
