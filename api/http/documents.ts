import { hash } from 'node:crypto'
import {
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql'
import { hasTooManyTokens, measure, operationAlone } from './bounds.ts'
import { largestVariables } from './largest.ts'
import { compile, type Run } from './compile.ts'
import { Kept } from './kept.ts'

/**
 * The fields of `Query` that only read what is published: no effect, nobody's person, no database. Whatever is not named here goes
 * through Yoga; a test asks of every new field on which side it is.
 */
export const READS: ReadonlySet<string> = new Set([
  '__typename',
  'about',
  'audiences',
  'communes',
  'faqEntries',
  'faqEntry',
  'line',
  'lines',
  'needs',
  'noticeChannels',
  'organization',
  'organizations',
  'service',
  'services',
])
/** Fields of `Query` that are run the same short way, but each time: they have an effect (`findAid` counts who was not helped). */
export const RUNS: ReadonlySet<string> = new Set(['findAid'])
/** Fields whose value changes within a minute while the content does not: an answer with one of them is not kept. */
export const NOT_KEPT: ReadonlySet<string> = new Set(['contentReadAt'])

/** The fields of `Mutation` that need not pass through Yoga (`writes.ts`). */
export const WRITES: ReadonlySet<string> = new Set(['requestCallback'])

/** Which operations a set of documents takes. */
export type Taken = { operation: 'query' | 'mutation'; fields: readonly ReadonlySet<string>[] }

/** An operation, checked and ready to run. */
export type Read = {
  run: Run
  /** Whether it may run with these variables: they fit, and it does not become too large by them. Why not is for Yoga to tell. */
  allows(variables: Record<string, unknown>): boolean
  /** The answer holds as long as content, languages and minute are the same. */
  keeps: boolean
}

/**
 * From which sighting on a text is prepared, and from which on it is compiled. Preparing costs what Yoga did the first time (2 ms), compiling
 * up to twice that: who sends ever new texts costs what he costs with Yoga alone, and who sends each four times a third more.
 */
const PREPARE_AT = 2
const COMPILE_AT = 4
/**
 * Bound of what is kept, in characters of text, and what an entry weighs beside its text. A prepared document takes some 30 bytes a
 * character, a compiled one 150 to 550: so 50 MB at the very most, and in practice the dozen documents that the widgets use.
 */
const MOST = 100_000
const ENTRY = 100

type Entry = { sightings: number; read: Read | null | undefined; compiled: boolean }

/**
 * The documents seen before.
 * @returns for a text and an operation's name: how to run it, or null when it is not (yet) to be run here
 */
export function createDocuments(schema: GraphQLSchema, taken: Taken): (text: string, operationName: string | undefined) => Read | null {
  const entries = new Kept<Entry>(MOST)

  return (text, operationName) => {
    // Texts may hold what a person typed: they are known by a hash.
    const key = hash('sha256', `${operationName ?? ''}\n${text}`, 'base64')
    const entry = entries.get(key)
    if (!entry) {
      entries.set(key, { sightings: 1, read: undefined, compiled: false }, ENTRY)
      return null
    }
    if (entry.read === null) return null
    entry.sightings++
    if (entry.sightings >= PREPARE_AT && entry.read === undefined) {
      entry.read = prepare(schema, taken, text, operationName)
      if (entry.read) entries.set(key, entry, ENTRY + text.length)
    }
    if (entry.read && entry.sightings >= COMPILE_AT && !entry.compiled) {
      entry.compiled = true
      const run = compile(schema, parse(text, { noLocation: true }), operationName)
      if (run) entry.read = { ...entry.read, run }
    }
    return entry.read ?? null
  }
}

/** The operation, if it is valid and one of those taken; null for everything else, which Yoga then judges. */
function prepare(schema: GraphQLSchema, { operation: kind, fields }: Taken, text: string, operationName: string | undefined): Read | null {
  if (hasTooManyTokens(text)) return null
  const document = parsed(text)
  if (!document || validate(schema, document).length > 0) return null
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== kind) return null
  const roots = [...rootFields(operation.selectionSet, fragmentsOf(document))]
  if (!roots.every((name) => fields.some((some) => some.has(name)))) return null
  const alone = operationAlone(document, operation)
  if (!alone) return null
  let keeps = roots.every((name) => READS.has(name))
  let changes = false
  visit(document, {
    Directive() {
      changes = true
    },
    Field({ name }) {
      if (NOT_KEPT.has(name.value)) keeps = false
    },
  })
  // Measuring is a fifth of the work: what is not too large with the largest variables there are is never measured again.
  const alwaysFits = !changes && !measure(schema, alone, largestVariables(schema, operation.variableDefinitions ?? []))
  return {
    run: (contextValue, variableValues) => execute({ schema, document, operationName, contextValue, variableValues }),
    allows(variables) {
      const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
      return !errors && (alwaysFits || !measure(schema, alone, variables))
    },
    keeps,
  }
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true })
  } catch {
    return null
  }
}

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])))

/** The names of the fields asked for at the top, those of fragments included. The document is valid, so that no fragment contains itself. */
function rootFields(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  names = new Set<string>(),
  seen = new Set<string>(),
): ReadonlySet<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) names.add(selection.name.value)
    else if (selection.kind === Kind.INLINE_FRAGMENT) rootFields(selection.selectionSet, fragments, names, seen)
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value)
      const fragment = fragments.get(selection.name.value)
      if (fragment) rootFields(fragment.selectionSet, fragments, names, seen)
    }
  }
  return names
}
