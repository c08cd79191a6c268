import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import type { LanguageCode, Prisma } from '../../api/db/generated/client.ts'
import { createClient } from '../../api/db/open.ts'
import { languagesFrom } from '../../api/directory/language.ts'
import type { Filter, Variables } from '../queries.ts'
import { sayAddress } from './answer.ts'
import { toCursor } from './sql.ts'

/**
 * (d) Apollo Server with Prisma, on the same contract, as both their handbooks show it: a resolver reads its records with what belongs to
 * them (`include`), resolvers of fields pick from that. No N+1: what a page or a record shows is included where it is read.
 */
const { client: db } = createClient(process.env.DATABASE_URL ?? '')

type Context = { languages: readonly LanguageCode[] }

const translations = { translations: true } as const
const byPosition = { orderBy: { position: 'asc' } } as const
const phones = { ...byPosition, include: translations } as const
const inLists = {
  ...translations,
  organization: { include: translations },
  phones,
  needs: { ...byPosition, include: { need: { include: translations } } },
  schedules: byPosition,
} satisfies Prisma.ServiceInclude
const onItsOwn = {
  ...inLists,
  organization: { include: { ...translations, phones } },
  audiences: { ...byPosition, include: { audience: { include: translations } } },
  serviceAreas: byPosition,
} satisfies Prisma.ServiceInclude

/** The first translation there is in the order of languages wanted. */
function textOf<T extends { language: LanguageCode }>({ translations }: { translations: T[] }, { languages }: Context): T | undefined {
  return languages.map((language) => translations.find((one) => one.language === language)).find((text) => text)
}

const text =
  <K extends string>(key: K) =>
  (record: { translations: ({ language: LanguageCode } & Partial<Record<K, unknown>>)[] }, _args: unknown, context: Context) =>
    textOf(record, context)?.[key] ?? null

const resolvers = {
  Query: {
    async services(_root: unknown, { first = 20, after, filter }: Variables) {
      const cursor = after ? Buffer.from(after, 'base64url').toString('utf8') : null
      const records = await nearestFirst(whereOf(filter), filter?.nisCode, first + 1, cursor)
      const page = records.slice(0, first)
      const last = page.at(-1)?.slug ?? null
      return { edges: page.map((node) => ({ node })), pageInfo: { hasNextPage: records.length > first, endCursor: toCursor(last) } }
    },
    service: (_root: unknown, { slug }: { slug: string }) => db.service.findUnique({ where: { slug }, include: onItsOwn }),
  },
  Service: {
    name: text('name'),
    language: text('language'),
    description: text('description'),
    applicationProcess: text('applicationProcess'),
    feesDescription: text('feesDescription'),
    eligibilityDescription: text('eligibilityDescription'),
    alert: text('alert'),
    needs: ({ needs }: { needs: { need: object }[] }) => needs.map(({ need }) => need),
    audiences: ({ audiences }: { audiences: { audience: object }[] }) => audiences.map(({ audience }) => audience),
  },
  Organization: { name: text('name'), description: text('description') },
  Phone: { description: text('description') },
  Need: { label: text('label') },
  Audience: { label: text('label') },
}

function whereOf(filter: Filter | undefined): Prisma.ServiceWhereInput {
  const languages = filter?.languages as LanguageCode[] | undefined
  return {
    status: { in: ['ACTIVE', 'TEMPORARILY_CLOSED'] },
    checkFailedOn: null,
    ...(filter?.needs ? { needs: { some: { need: { OR: [{ code: { in: filter.needs } }, { parentCode: { in: filter.needs } }] } } } } : {}),
    ...(languages ? { languages: { hasSome: languages } } : {}),
  }
}

const WIDTH = { COMMUNE: 0, PROVINCE: 1, REGION: 2, COUNTRY: 3 } as const

/**
 * Prisma cannot sort by the areas of a record: first the keys with their areas, then the records of the page. Narrowest areas first with a
 * commune, else those of single communes last.
 */
async function nearestFirst(where: Prisma.ServiceWhereInput, nisCode: string | undefined, take: number, cursor: string | null) {
  const covering = nisCode ? await covers(nisCode) : {}
  const keys = await db.service.findMany({
    where: nisCode ? { ...where, OR: [{ serviceAreas: { some: covering } }, FROM_AFAR] } : where,
    orderBy: { position: 'asc' },
    select: { id: true, slug: true, serviceAreas: { where: covering, select: { kind: true } } },
  })
  const width = ({ serviceAreas }: (typeof keys)[number]) =>
    nisCode
      ? Math.min(4, ...serviceAreas.map(({ kind }) => WIDTH[kind]))
      : Number(serviceAreas.length > 0 && serviceAreas.every(({ kind }) => kind === 'COMMUNE'))
  const sorted = keys.sort((a, b) => width(a) - width(b))
  const from = cursor ? sorted.findIndex(({ slug }) => slug === cursor) + 1 : 0
  const ids = sorted.slice(from, from + take).map(({ id }) => id)
  const records = await db.service.findMany({ where: { id: { in: ids } }, include: inLists })
  return records.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** What is made for another place and may be asked from anywhere comes last. */
const FROM_AFAR: Prisma.ServiceWhereInput = { virtual: true, serviceAreas: { some: { kind: { in: ['PROVINCE', 'REGION'] } } } }

async function covers(nisCode: string): Promise<Prisma.ServiceAreaWhereInput> {
  const { province, region } = await db.commune.findUniqueOrThrow({ where: { nisCode } })
  return {
    OR: [
      { kind: 'COUNTRY' },
      { kind: 'COMMUNE', code: nisCode },
      { kind: 'REGION', code: region },
      ...(province ? [{ kind: 'PROVINCE' as const, code: province }] : []),
    ],
  }
}

const server = new ApolloServer<Context>({ typeDefs: readFileSync('schema/schema.graphql', 'utf8'), resolvers: resolvers as never })
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async ({ req }) => ({ languages: languagesFrom(req.headers['accept-language']) }),
})
sayAddress(Number(new URL(url).port))
