import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { OrganizationKind } from '../db/generated/enums.ts'
import { openDatabase } from '../db/open.ts'
import { StartError } from '../db/start-error.ts'
import { loadSnapshot } from '../directory/load.ts'
import { Conflict, InvalidInput, NotFound } from '../errors.ts'
import { stringsFor } from '../strings/strings.ts'
import { type OrganizationOptions, placeOrganization } from './actions/console.ts'
import { TAGS, type Tag } from './rules/documents.ts'

/** `npm run organization`: makes the first organizations of an installation, and says who looks after whose content. */
const HELP = `Usage: npm run organization -- --slug ma-region --name "Ma Région" --kind region --source "region.example" [--language fr] [--commune 62063]
                                            makes an organization, published at once; kinds: ${Object.keys(OrganizationKind)
                                              .map((kind) => kind.toLowerCase().replace('_', '-'))
                                              .join(', ')}.
                                            A region's editors decide what holds for everybody: make it first
       npm run organization -- --slug cpas-liege --keeper ma-region | none
                                            whose editors look after its content, beside its own
Its editors are invited with npm run invite -- --role editor --organization ma-region, and do the rest at /edit.`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const names = { slug: text, name: text, kind: text, language: text, commune: text, source: text, keeper: text }
  const { help, ...given } = parseArgs({ options: { ...names, help: { type: 'boolean' } } }).values
  if (help) return console.log(HELP)
  const options = readOptions(given)
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const { snapshot: directory } = await loadSnapshot(database.client)
    const done = await placeOrganization({ db: database.client, directory, now: new Date() }, options).catch((error: unknown) => {
      throw told(error, options)
    })
    console.log(done === 'MADE' ? `${options.slug} is made, and published.` : `${options.slug} is looked after as you said.`)
  } finally {
    await database.close()
  }
}

function readOptions(given: Record<string, string | undefined>): OrganizationOptions {
  const { slug, name, source, commune, keeper } = given
  if (slug === undefined) throw new StartError('Which one? Its --slug is missing.')
  const kind = given.kind?.toUpperCase().replace('-', '_')
  if (kind !== undefined && !(kind in OrganizationKind)) throw new StartError(`“${given.kind}” is no kind of organization.`)
  const language = given.language?.toLowerCase()
  if (language !== undefined && !TAGS.includes(language as Tag)) throw new StartError(`--language is one of ${TAGS.join(', ')}.`)
  return {
    slug,
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined ? {} : { kind: kind as OrganizationKind }),
    ...(language === undefined ? {} : { language: language as Tag }),
    ...(commune === undefined ? {} : { commune }),
    ...(source === undefined ? {} : { source }),
    ...(keeper === undefined ? {} : { keeper: keeper === 'none' ? null : keeper }),
  }
}

/** One line for what an operator can put right. */
function told(error: unknown, { slug, keeper }: OrganizationOptions): unknown {
  if (error instanceof NotFound)
    return new StartError(`There is no organization “${slug}”${keeper ? `, or no “${keeper}”` : ''}: --name makes one.`)
  if (error instanceof Conflict) return new StartError('Other content is being published: try again in a minute.')
  if (!(error instanceof InvalidInput)) return error
  const { problems: sentences } = stringsFor(['EN'])
  return new StartError(error.problems.map(({ path, code, params }) => `${path.join(' ')}: ${sentences[code](params ?? {})}`).join('\n'))
}

run().catch((error: unknown) => {
  const isTold = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(isTold ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
