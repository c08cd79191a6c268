import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import {
  type DefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../schema.ts'

/** Order of the features: a later one may know an earlier one, never the reverse. */
const FEATURES = [
  'place',
  'taxonomy',
  'organization',
  'access',
  'site',
  'service',
  'faq',
  'line',
  'correction',
  'aid',
  'audit',
  'callback',
  'notice',
  'desk',
  'partner',
  'escalation',
  'insight',
  'editing',
  'hsds',
  'exchange',
  'pages',
]

/** A file as the house sees it: which room, which feature, what it is there. */
type Room = { name: string; feature: number; kind: string; path: string }
type Import = { from: string; to: string; typeOnly: boolean }

function roomOf(path: string): Room {
  const [top = '', second = '', third = ''] = path.split('/')
  const at = (name: string, kind = ''): Room => ({ name, kind, path, feature: FEATURES.indexOf(name) })
  if (/\.test\.ts$/.test(path)) return at('tests')
  if (!/^\.?\/?(api|widgets|prisma|schema)\//.test(path)) return at('package', path)
  if (top === 'widgets') return second === 'shared' || !third ? at(third ? 'widgets/shared' : 'widgets') : at(`widgets/${second}`)
  if (top !== 'api')
    return at(path.startsWith('prisma/seed/') ? 'prisma/seed' : path.startsWith('schema/generated/') ? 'schema/generated' : top)
  if (!third) return at(second.replace(/\.ts$/, ''))
  if (!FEATURES.includes(second)) return at(second, third === 'graphql.ts' ? 'graphql' : third === 'make.ts' ? 'make' : third)
  const kind = third.replace(/\.ts$/, '')
  // What is neither of the named files is a part of the feature's GraphQL face (service/opening.ts).
  return at(second, ['rules', 'actions', 'jobs', 'make', 'main'].includes(kind) ? kind : 'graphql')
}

const BASE = ['directory', 'sealing', 'strings', 'errors', 'context']
const among = (room: Room, ...names: string[]) => names.includes(room.name)
const earlier = (from: Room, to: Room, ...kinds: string[]) => to.feature !== -1 && to.feature <= from.feature && kinds.includes(to.kind)
const isEnums = (to: Room) => to.path === 'api/db/generated/enums.ts'
/** Types are no dependency at run time; the database's own enums are constants. */
const dbTypes = (to: Room, typeOnly: boolean) => to.name === 'db' && (typeOnly || isEnums(to))
/** What is brought in is compared with what our own feed says, value by value. */
const feeds = (from: Room, to: Room) => from.name === 'exchange' && /^api\/hsds\/(map\/|ids|records|words)/.test(to.path)
/** Features that are faces of their own beside GraphQL use what all answers are sent with. */
const sends = (from: Room, to: Room) => ['hsds', 'pages'].includes(from.name) && to.path === 'api/http/encoding.ts'
const base = (to: Room) => among(to, ...BASE) && to.kind !== 'graphql' && to.kind !== 'make'

/** What a package must not be for each of these: rules know no database and no HTTP. */
const NOT_FOR_RULES = /^(node:(http|https|net|fs|child_process)|pg$|@prisma|prisma|graphql|@pothos)/

/** Who may import whom: the table in the house's description, as the code has it. */
function may(from: Room, to: Room, typeOnly: boolean): boolean {
  if (to.name === 'tests') return false
  if (to.name === 'package') return from.kind !== 'rules' || !NOT_FOR_RULES.test(to.kind)
  if (to.kind === 'make') return from.kind === 'make' || from.name === 'testing'
  if (from.feature !== -1) {
    if (from.kind === 'main' || feeds(from, to)) return true
    if (from.kind === 'rules') return earlier(from, to, 'rules') || (base(to) && !among(to, 'sealing', 'context')) || dbTypes(to, typeOnly)
    if (from.kind === 'actions' || from.kind === 'jobs')
      return earlier(from, to, 'rules', 'actions') || base(to) || among(to, 'db', 'jobs', 'limits') || (typeOnly && among(to, 'config'))
    if (from.kind === 'make') return base(to) || dbTypes(to, typeOnly)
    return (
      earlier(from, to, 'rules', 'graphql') ||
      (to.name === from.name && to.kind === 'actions') ||
      base(to) ||
      among(to, 'graphql') ||
      sends(from, to) ||
      dbTypes(to, typeOnly)
    )
  }
  switch (from.name) {
    case 'errors':
      return false
    case 'context':
      return (
        typeOnly &&
        (among(to, 'db', 'directory', 'limits', 'sealing', 'site') ||
          to.path === 'api/access/rules/viewer.ts' ||
          ['api/aid/rules/unmet.ts', 'api/callback/actions/store.ts', 'api/desk/actions/live.ts', 'api/notice/rules/notice.ts'].includes(
            to.path,
          ))
      )
    case 'strings':
      return among(to, 'strings', 'errors') || dbTypes(to, typeOnly)
    case 'directory':
      if (from.kind === 'graphql') return among(to, 'directory', 'graphql', 'strings')
      return among(to, 'directory', 'db') || (typeOnly && to.kind === 'rules')
    case 'limits':
      return among(to, 'limits', 'errors', 'sealing') || dbTypes(to, typeOnly)
    case 'sealing':
      return among(to, 'sealing', 'db') || (from.kind === 'main.ts' && to.name === 'config')
    case 'graphql':
      // The guard reads the table of who may see what.
      if (from.path === 'api/graphql/guard.ts' && to.name === 'access') return to.kind === 'rules'
      return among(to, 'graphql', 'strings', 'errors') || (typeOnly && to.name === 'context') || to.path.startsWith('api/db/generated/')
    case 'db':
    case 'jobs':
      return among(to, from.name, 'db')
    case 'http':
      if (from.path === 'api/http/unavailable.ts' && to.path === 'api/db/generated/client.ts') return true // the classes of its errors
      if (among(to, 'access', 'site')) return to.kind === 'actions' || (typeOnly && to.kind === 'rules')
      return (
        among(to, 'http', 'schema', 'context', 'errors', 'config') ||
        ['api/graphql/errors.ts', 'api/db/start-error.ts', 'api/directory/language.ts'].includes(to.path)
      )
    case 'log':
      return typeOnly && among(to, 'config', 'db', 'http')
    case 'metrics':
      // Numbers of the queue are counted by its own rules.
      if (to.name === 'desk') return to.kind === 'rules' || to.kind === 'actions'
      return (
        among(to, 'metrics') ||
        ['api/db/start-error.ts', 'api/http/errors.ts'].includes(to.path) ||
        (typeOnly && among(to, 'config', 'db', 'directory', 'http'))
      )
    case 'crash':
      return typeOnly && to.name === 'context'
    case 'config':
      return to.path === 'api/db/start-error.ts' || among(to, 'config')
    case 'schema':
      return to.kind === 'graphql' || among(to, 'graphql')
    case 'app':
    case 'background':
    case 'main':
    case 'testing':
      return /^(api|prisma\/seed)\//.test(to.path)
    case 'prisma/seed':
      return to.name === 'prisma/seed' || dbTypes(to, typeOnly)
    case 'widgets':
      return to.name.startsWith('widgets/')
    default:
      // An element, or what all of them share.
      return from.name.startsWith('widgets/') && (among(to, from.name, 'widgets/shared') || to.name === 'schema/generated')
  }
}

const files = ['api', 'widgets', 'prisma/seed']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path).replaceAll('\\', '/'))))
  .filter((path) => path.endsWith('.ts') && !path.startsWith('api/db/generated/'))
const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]))

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?([^'";]*?\sfrom\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)/g

function importsOf(from: string, text: string): Import[] {
  const target = (specifier: string) => (specifier.startsWith('.') ? join(dirname(from), specifier) : specifier)
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, names = '', specifier = '']) => {
      const inner = /^\{(.*)\}\s+from\s+$/s
        .exec(`${names.trim()} `)?.[1]
        ?.split(',')
        .filter((name) => name.trim() !== '')
      return { from, to: target(specifier), typeOnly: Boolean(type) || (inner?.every((name) => /^\s*type\s/.test(name)) ?? false) }
    }),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({ from, to: target(specifier), typeOnly: false })),
  ]
}
const imports = [...texts].flatMap(([path, text]) => importsOf(path, text))
const allowed = ({ from, to, typeOnly }: Import) => may(roomOf(from), roomOf(to), typeOnly)

describe('who imports whom', () => {
  test('every import goes the way of the house', () => {
    const wrong = imports.filter((one) => roomOf(one.from).name !== 'tests' && !allowed(one))
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
    expect(imports.length).toBeGreaterThan(300)
  })

  test('every folder of the API is a feature or a room that the table knows', () => {
    const rooms = ['config', 'db', 'directory', 'graphql', 'http', 'jobs', 'limits', 'metrics', 'sealing', 'strings', 'testing']
    const folders = new Set(files.filter((path) => /^api\/[^/]+\//.test(path)).map((path) => path.split('/')[1] as string))
    expect([...folders].filter((folder) => !FEATURES.includes(folder) && !rooms.includes(folder))).toEqual([])
  })

  test.each([
    ['api/place/rules.ts', 'api/taxonomy/rules.ts', 'a feature knows a later one'],
    ['api/service/rules/hours.ts', 'api/line/rules.ts', 'a rule knows a later feature'],
    ['api/service/rules/hours.ts', 'api/service/actions.ts', 'a rule knows an action'],
    ['api/callback/rules/request.ts', 'api/db/generated/client.ts', 'a rule knows the database'],
    ['api/callback/rules/request.ts', 'api/sealing/seal.ts', 'a rule knows the keys'],
    ['api/callback/rules/request.ts', 'node:http', 'a rule knows HTTP'],
    ['api/callback/rules/request.ts', '@prisma/client', 'a rule knows Prisma'],
    ['api/callback/rules/request.ts', 'api/service/make.ts', 'what is shipped uses factories of tests'],
    ['api/callback/actions.ts', 'api/graphql/builder.ts', 'an action knows GraphQL'],
    ['api/callback/actions.ts', 'api/http/yoga.ts', 'an action knows HTTP'],
    ['api/callback/graphql.ts', 'api/db/open.ts', 'a resolver opens the database'],
    ['api/faq/graphql.ts', 'api/site/actions.ts', 'a resolver acts for another feature'],
    ['api/service/opening.ts', 'api/line/graphql.ts', 'a part of a feature knows a later one'],
    ['api/directory/load.ts', 'api/service/rules/hours.ts', 'the directory knows a rule'],
    ['api/http/yoga.ts', 'api/callback/actions.ts', 'HTTP goes past the schema'],
    ['api/errors.ts', 'api/strings/fr.ts', 'errors know words'],
    ['api/exchange/actions/run.ts', 'api/hsds/http.ts', 'importing knows the door of the feed'],
    ['api/app.ts', 'widgets/shared/client.ts', 'the server knows the widgets'],
    ['widgets/finder/finder.ts', 'api/errors.ts', 'a widget knows the server'],
    ['widgets/finder/finder.ts', 'widgets/callback/views.ts', 'a widget knows another'],
    ['widgets/shared/element.ts', 'widgets/finder/finder.ts', 'what is shared knows one of them'],
    ['api/app.ts', 'api/testing/ask.test.ts', 'something knows a test'],
  ])('it would be noticed: %s imports %s, %s', (from, to) => {
    expect(allowed({ from, to, typeOnly: false })).toBe(false)
  })

  test('types are told from values', () => {
    const read = (text: string) => importsOf('api/a.ts', text).map(({ to, typeOnly }) => `${to} ${typeOnly}`)
    expect(read("import type { A } from './b.ts'")).toEqual(['api/b.ts true'])
    expect(read("import { type A, type B } from '../b.ts'")).toEqual(['b.ts true'])
    expect(read("import { type A, b } from './b.ts'")).toEqual(['api/b.ts false'])
    expect(read("import {\n  type A,\n  b,\n} from './b.ts'\nimport c from 'c'")).toEqual(['api/b.ts false', 'c false'])
    expect(read("import './b.ts'\nexport { d } from './d.ts'\nconst e = () => import('./e.ts')")).toEqual([
      'api/b.ts false',
      'api/d.ts false',
      'api/e.ts false',
    ])
  })
})

describe('what only some may touch', () => {
  const having = (pattern: RegExp, where: (room: Room) => boolean) =>
    [...texts]
      .filter(([path, text]) => where(roomOf(path)) && pattern.test(text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')))
      .map(([path]) => path)

  test('only the configuration reads the environment', () => {
    // The bundled server's programs are started with the PATH and language of this process.
    expect(
      having(/process\.env/, ({ name, path }) => !['config', 'tests', 'testing'].includes(name) && !path.startsWith('api/db/bundled')),
    ).toEqual([])
  })

  test('rules have no clock and no chance but what they are given', () => {
    const chance = /Date\.now\(|new Date\(\)|Temporal\.Now|Math\.random|performance\.now/
    expect(having(chance, ({ kind }) => kind === 'rules')).toEqual([])
  })

  test('widgets keep nothing in the browser, but for what an editor types, in her tab, until it is saved (0027)', () => {
    const within = ({ name }: Room) => name.startsWith('widgets')
    expect(having(/localStorage|indexedDB|document\.cookie/, within)).toEqual([])
    const kept = having(/sessionStorage/, within).filter((path) => !path.includes('/testing/'))
    expect(kept).toEqual(['widgets/workshop/kept.ts'])
  })
})

describe('the schema', () => {
  const named = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))

  test('has a description for every type, field, argument, input field and enum value', () => {
    const bare: string[] = []
    const check = (path: string, one: { description?: string | null }) => {
      if (!one.description?.trim()) bare.push(path)
    }
    for (const type of named) {
      check(type.name, type)
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value)
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
      for (const field of Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())) {
        check(`${type.name}.${field.name}`, field)
        for (const argument of 'args' in field ? field.args : ([] as GraphQLArgument[]))
          check(`${type.name}.${field.name}(${argument.name}:)`, argument)
      }
    }
    expect(bare).toEqual([])
  })

  test('is the one in schema/schema.graphql: run the generator when it is not', () => {
    expect(readFileSync('schema/schema.graphql', 'utf8')).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`)
  })

  /** Names that clients rely on. More may be added to them; what stands here keeps its name and its type. */
  const CONTRACT = `
    enum LanguageCode { FR DE NL EN }
    enum ServiceStatus { ACTIVE INACTIVE DEFUNCT TEMPORARILY_CLOSED }
    enum EligibilityVerdict { ELIGIBLE NOT_ELIGIBLE TO_BE_ASSESSED }
    enum Urgency { DANGER CRISIS SOON INFO }
    type Query {
      lines: [Line!]!
      line(slug: String!): Line
      needs: [Need!]!
      audiences: [Audience!]!
      communes(search: String!, first: Int): [Commune!]!
      organization(slug: String!): Organization
      organizations(first: Int, after: String, last: Int, before: String, filter: OrganizationFilter): OrganizationConnection!
      service(slug: String!): Service
      services(first: Int, after: String, last: Int, before: String, filter: ServiceFilter): ServiceConnection!
      faqEntry(slug: String!): FaqEntry
      faqEntries(first: Int, after: String, last: Int, before: String, filter: FaqFilter): FaqEntryConnection!
      callback(reference: String!, phone: String!): CallbackReceipt
    }
    input ServiceFilter {
      search: String needs: [String!] audiences: [String!] postalCode: String nisCode: String organization: String
      languages: [LanguageCode!] openNow: Boolean
    }
    input FaqFilter { search: String needs: [String!] service: String }
    input SituationInput {
      needs: [String!] audiences: [String!] age: Int postalCode: String nisCode: String text: String languages: [LanguageCode!]
      openNow: Boolean
    }
    type Eligibility { verdict: EligibilityVerdict! reasons: [String!]! }
    type Service {
      id: ID! slug: String! name: String! description: String language: LanguageCode! status: ServiceStatus! url: String email: String
      applicationProcess: String feesDescription: String eligibilityDescription: String alert: String minimumAge: Int maximumAge: Int
      organization: Organization! phones: [Phone!]! schedules: [Schedule!]! languages: [LanguageCode!]! serviceAreas: [ServiceArea!]!
      locations: [Location!]! requiredDocuments: [RequiredDocument!]! needs: [Need!]! audiences: [Audience!]!
      openingStatus(at: DateTime): OpeningStatus!
      eligibility(situation: SituationInput!): Eligibility!
      faqEntries(first: Int, after: String): FaqEntryConnection!
      assuredDate: Date lastModified: DateTime!
      scheduleExceptions: [ScheduleException!]! full: Boolean! capacities: [ServiceCapacity!]! freshness: Freshness!
      checkFailedOn: Date translationOutdated: Boolean!
    }
    type ScheduleException { firstDay: Date! lastDay: Date! opensAt: String closesAt: String reason: String }
    type ServiceCapacity { unit: String! available: Int! maximum: Int updated: DateTime! }
    enum FreshnessState { FRESH AGEING STALE }
    type Freshness { state: FreshnessState! warning: String checkedOn: Date days: Int }
    type OpeningStatus { open: Boolean! opensAt: DateTime closesAt: DateTime label: String! closedFor: String }
    type FaqEntry {
      id: ID! slug: String! question: String! answer: String! language: LanguageCode! needs: [Need!]! urgency: Urgency! services: [Service!]!
      related: [FaqEntry!]! source: String reviewedAt: Date freshness: Freshness! translationOutdated: Boolean!
    }
    type Line {
      slug: String! name: String! number: String! languages: [LanguageCode!]! openingStatus(at: DateTime): OpeningStatus!
      menu(at: Date): [MenuEntry!]! validFrom: Date validTo: Date alert: String closingMessage: String fallback: Line
      successor: Line inService(at: DateTime): Boolean! instead(at: DateTime): Line scheduleExceptions: [ScheduleException!]! freshness: Freshness!
    }
    type MenuEntry {
      position: Int! label: String! service: Service transfersTo: Line kind: MenuEntryKind! partner: Organization validFrom: Date validTo: Date
    }
    type Commune {
      nisCode: String! name: String! postalCodes: [String!]! province: String region: String! languages: [LanguageCode!]!
      cpas: Organization
    }
    type Need { code: String! label: String! urgency: Urgency children: [Need!]! }
    type Audience { code: String! label: String! }
    type CallbackReceipt { reference: String! status: CallbackStatus! line: Line! requestedAt: DateTime! outcome: String }
    type Mutation {
      requestCallback(input: RequestCallbackInput!): RequestCallbackResult!
      suggestCorrection(input: SuggestCorrectionInput!): SuggestCorrectionResult!
    }
    input RequestCallbackInput {
      idempotencyKey: String! line: String! need: String service: String faqEntry: String phone: String! name: String
      language: LanguageCode! postalCode: String message: String safeContact: SafeContactInput noticeVersion: String!
    }
    input SafeContactInput { voicemail: Boolean sms: Boolean sayWhoCalls: Boolean note: String }
    type CorrectionReceipt { received: Boolean! suggestedAt: DateTime! }
    enum CorrectionTopic { CONTACT HOURS CONDITIONS GONE TEXT OTHER }
    input SuggestCorrectionInput { service: String faqEntry: String topic: CorrectionTopic! message: String language: LanguageCode }
    interface UserError { message: String! }
    type TooManyRequests implements UserError { message: String! retryAfterSeconds: Int! }
    type InvalidInput implements UserError { message: String! problems: [InputProblem!]! }
    type InputProblem { path: [String!]! code: String! message: String! }
    type Conflict implements UserError { message: String! }`

  /** One line for each name with its type: `Query.line(slug:): String!`. */
  function coordinates(sdl: string): Map<string, string> {
    const all = new Map<string, string>()
    for (const definition of parse(sdl).definitions as (DefinitionNode & { name?: { value: string } })[]) {
      const owner = definition.name?.value ?? ''
      if (definition.kind === 'EnumTypeDefinition')
        for (const value of definition.values ?? []) all.set(`${owner}.${value.name.value}`, 'value')
      if ('interfaces' in definition) for (const one of definition.interfaces ?? []) all.set(`${owner} implements ${one.name.value}`, 'yes')
      if (!('fields' in definition)) continue
      for (const field of definition.fields ?? []) {
        all.set(`${owner}.${field.name.value}`, print(field.type))
        for (const argument of ('arguments' in field && field.arguments) || []) {
          all.set(`${owner}.${field.name.value}(${argument.name.value}:)`, print(argument.type))
        }
      }
    }
    return all
  }

  test('keeps every name and type of the contract', () => {
    const present = coordinates(printSchema(schema))
    const contract = [...coordinates(CONTRACT)]
    expect(contract.length).toBeGreaterThan(170)
    expect(
      contract.filter(([name, type]) => present.get(name) !== type).map(([name, type]) => `${name}: ${type}, now ${present.get(name)}`),
    ).toEqual([])
  })

  test('asks of callers nothing more than the contract', () => {
    const contract = coordinates(CONTRACT)
    const isInput = (name: string) => isInputObjectType(schema.getType(name.split('.')[0] as string))
    const asked = (name: string) =>
      name.includes('(') ? contract.has(name.split('(')[0] as string) : isInput(name) && owners.has(name.split('.')[0])
    const owners = new Set([...contract.keys()].map((name) => name.split('.')[0]))
    // A new argument or input field that is required breaks every present caller.
    const required = [...coordinates(printSchema(schema))].filter(
      ([name, type]) => type.endsWith('!') && asked(name) && !contract.has(name),
    )
    expect(required.map(([name]) => name)).toEqual([])
  })

  test.each([
    ['RequestCallbackResult', ['CallbackReceipt', 'InvalidInput', 'Conflict']],
    ['SuggestCorrectionResult', ['CorrectionReceipt', 'InvalidInput', 'TooManyRequests']],
  ])('the answers of %s are those of the contract', (name, members) => {
    const type = schema.getType(name)
    expect(type && 'getTypes' in type && type.getTypes().map((member) => member.name)).toEqual(expect.arrayContaining(members))
  })
})
