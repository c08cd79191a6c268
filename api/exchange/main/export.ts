import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import type { ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { loadSnapshot } from '../../directory/load.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { exportFiles } from '../actions/export.ts'

/** `npm run export`: writes what is published as files that `npm run import` takes back. It works beside a running server. */
const HELP = `Usage: npm run export -- --out folder --format hsds-json    services and organizations as HSDS 3.1, one file
       --format hsds-csv                                    the same as the tables of a data package
       --format questions                                   questions and answers for a spreadsheet, in all languages, with drafts
       --lang de                                            HSDS is in one language, headings too: fr (unless given), de, nl, en
Files of the same names are replaced.`

const FORMATS: Readonly<Record<string, ImportFormat>> = { 'hsds-json': 'HSDS_JSON', 'hsds-csv': 'HSDS_CSV', questions: 'QUESTIONS' }
const LANGUAGES = ['fr', 'de', 'nl', 'en']

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { out: text, format: text, lang: text, help: { type: 'boolean' } } })
  if (values.help) return console.log(HELP)
  const { out, lang = 'fr' } = values
  const format = FORMATS[values.format ?? '']
  if (!out) throw new StartError('Where to? --out is missing.')
  if (!format) throw new StartError(`Which format? --format is one of ${Object.keys(FORMATS).join(', ')}.`)
  if (!LANGUAGES.includes(lang)) throw new StartError(`“${lang}” is none of the languages: ${LANGUAGES.join(', ')}.`)
  const folder = resolve(process.cwd(), out)
  await mkdir(folder, { recursive: true }).catch((error: { code?: string }) => {
    throw new StartError(`${folder} cannot be written to: ${error.code ?? 'no folder'}.`)
  })
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const { client: db } = database
    const { snapshot: directory } = await loadSnapshot(db)
    const all = await db.organization.findMany({ select: { id: true } })
    const reach = { own: new Set<string>(), organizations: new Set(all.map(({ id }) => id)), isRegion: true }
    const language = lang.toUpperCase() as LanguageCode
    const files = await exportFiles(format, { db, directory, language, today: dayIn(new Date()), reach })
    for (const { name, text: content } of files) await writeFile(join(folder, name), content)
    console.log(`${files.map(({ name }) => name).join(', ')} in ${folder}`)
  } finally {
    await database.close()
  }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
