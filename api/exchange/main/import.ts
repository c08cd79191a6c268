import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import type { ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Reach } from '../../editing/rules/reach.ts'
import { runImport } from '../actions/run.ts'
import { reportLines } from '../rules/report.ts'
import { isTable } from '../rules/tables.ts'
import { openFiles } from '../rules/text.ts'

/** `npm run import`: brings files in, beside a running server, which shows what is published within a second. */
const HELP = `Usage: npm run import -- file [file …] --dry-run    tells what it would do, and changes nothing
       npm run import -- folder                     the tables of a data package (HSDS 3.1, CSV)
       --format hsds-json|hsds-csv|questions        unless the names of the files say it
       --publish                                    at once; as drafts otherwise
       --lang de                                    of texts that do not say: fr (unless given), de, nl, en; the report is in it as well
       --source "Province de Liège"                 where it comes from, for new records: they are not published without
       --organization ville-de-liege                only what its editors may change; all otherwise
All rows are brought in, or none.`

const FORMATS: Readonly<Record<string, ImportFormat>> = { 'hsds-json': 'HSDS_JSON', 'hsds-csv': 'HSDS_CSV', questions: 'QUESTIONS' }
const LANGUAGES = ['fr', 'de', 'nl', 'en']

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { 'dry-run': flag, publish: flag, format: text, lang: text, source: text, organization: text, help: flag }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  if (values.help) return console.log(HELP)
  const { publish = false, lang = 'fr', source = null } = values
  if (!LANGUAGES.includes(lang)) throw new StartError(`“${lang}” is none of the languages: ${LANGUAGES.join(', ')}.`)
  const language = lang.toUpperCase() as LanguageCode
  const paths = await pathsOf(positionals)
  const format = formatOf(values.format, paths)
  const files = await Promise.all(paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })))
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const reach = await reachIn(database.client, values.organization)
    const dryRun = values['dry-run'] ?? false
    const wish = { format, opened: openFiles(files), language, source, dryRun, publish, reach, actor: null, actorName: null }
    const report = await runImport({ db: database.client, now: new Date() }, wish, tell)
    console.error('')
    for (const line of reportLines(report, [language], !dryRun)) console.log(line)
    if (report.problemCount > 0) process.exitCode = 1
  } finally {
    await database.close()
  }
}

/** How far it is, on one line of a terminal. */
async function tell(done: number, total: number): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} / ${total}`)
}

/** Files, and those of folders. @throws StartError */
async function pathsOf(given: readonly string[]): Promise<string[]> {
  if (given.length === 0) throw new StartError('Which file?')
  const found = await Promise.all(
    given.map(async (one) => {
      const path = resolve(process.cwd(), one)
      const known = await stat(path).catch(() => null)
      if (!known) throw new StartError(`There is no ${path}.`)
      if (!known.isDirectory()) return [path]
      const names = await readdir(path)
      return names.filter((name) => name.endsWith('.csv')).map((name) => join(path, name))
    }),
  )
  return found.flat()
}

/** @throws StartError */
function formatOf(given: string | undefined, paths: readonly string[]): ImportFormat {
  const guessed = paths.every((path) => /\.(json|ndjson|jsonl)$/i.test(path))
    ? 'hsds-json'
    : paths.length === 1 && !isTable(paths[0] as string)
      ? 'questions'
      : 'hsds-csv'
  const format = FORMATS[given ?? guessed]
  if (!format) throw new StartError(`“${given}” is none of the formats: ${Object.keys(FORMATS).join(', ')}.`)
  return format
}

/** Whose records may be changed: all, or those that the editors of one organization look after. @throws StartError */
async function reachIn(db: PrismaClient, slug: string | undefined): Promise<Reach> {
  const all = await db.organization.findMany({ select: { id: true, slug: true, kind: true, keeperId: true } })
  if (slug === undefined) {
    return { own: new Set(), organizations: new Set(all.map(({ id }) => id)), isRegion: true }
  }
  const own = all.find((one) => one.slug === slug)
  if (!own) throw new StartError(`There is no organization “${slug}”.`)
  const reached = all.filter(({ id, keeperId }) => id === own.id || keeperId === own.id)
  return { own: new Set([own.id]), organizations: new Set(reached.map(({ id }) => id)), isRegion: own.kind === 'REGION' }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
