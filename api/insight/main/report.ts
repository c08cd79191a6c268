import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { loadSnapshot } from '../../directory/load.ts'
import { InvalidInput } from '../../errors.ts'
import { readReport } from '../actions/demand.ts'
import { filesOf } from './files.ts'

/** `npm run report`: writes the demand of a period, of all lines, as tables and a page. It works beside a running server. */
const HELP = `Usage: npm run report -- --from 2026-01-01 --to 2026-12-31 --out folder
                                            writes index.html and tables (CSV) of these days, both included
       --lang de                            in another language: fr (unless given), de, nl, en
       --force                              also into a folder that is not empty: files of the same names are replaced
Nothing in it leads to a person. Two reports whose periods overlap could be subtracted from each other: publish only one.`

const LANGUAGES = ['fr', 'de', 'nl', 'en']

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({ options: { from: text, to: text, out: text, lang: text, force: flag, help: flag } })
  if (values.help) return console.log(HELP)
  const from = readDay(values.from, '--from')
  const to = readDay(values.to, '--to')
  const { out, lang = 'fr', force = false } = values
  if (!out) throw new StartError('Where to? --out is missing.')
  if (!LANGUAGES.includes(lang)) throw new StartError(`“${lang}” is none of the languages: ${LANGUAGES.join(', ')}.`)
  const folder = resolve(process.cwd(), out)
  await prepare(folder, force)
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const { snapshot: directory } = await loadSnapshot(database.client)
    const report = await readReport({ sql: database.sql, directory }, { from, to })
    const files = filesOf(report, directory, lang.toUpperCase() as LanguageCode)
    for (const [name, content] of files) await writeFile(join(folder, name), content)
    console.log(`${files.size} files in ${folder}: begin with index.html.`)
  } finally {
    await database.close()
  }
}

/** @throws StartError when there is no such day */
function readDay(text: string | undefined, option: string): string {
  if (text === undefined) throw new StartError(`Which days? ${option} is missing.`)
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new StartError(`“${text}” is no day: ${option} looks like 2026-12-31.`)
  return text
}

/** Makes the folder. @throws StartError when something is in it already, unless that does not matter */
async function prepare(folder: string, force: boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    if (!force && (await readdir(folder)).length > 0) throw new StartError(`${folder} is not empty: choose another folder, or add --force.`)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${folder} cannot be written to: ${(error as { code?: string }).code ?? 'no folder'}.`)
  }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  if (error instanceof InvalidInput)
    console.error(`The days do not go together: --to must be --from or later, and within three years.\n${HELP}`)
  else console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
