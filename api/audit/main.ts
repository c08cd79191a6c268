import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { StartError } from '../db/start-error.ts'
import { openKeys } from '../sealing/open.ts'
import { type Mark, verifyChain } from './actions/chain.ts'

/** `npm run audit`: follows the chain of the audit trail, beside a running server if need be. Exit code 1 when it is broken. */
const HELP = `Usage: npm run audit                          follows the chain, and prints its last mark
       npm run audit -- --since 120:Zm9v…     also looks whether a mark that was printed earlier is still in it
Keep a mark somewhere else now and then: what was cut off at the end of the chain cannot be seen without one.`

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { since: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) return console.log(HELP)
  const known = values.since === undefined ? undefined : readMark(values.since)
  const config = readConfig()
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const keys = await openKeys(database.client, config.keysFile, log)
    const { good, last, broken, waiting } = await verifyChain(database.sql, keys, known)
    console.log(
      broken === null
        ? `The audit trail is whole: ${good} links${waiting > 0 ? `, and ${waiting} rows that wait for their place` : ''}.`
        : `THE AUDIT TRAIL IS BROKEN at link ${broken}: a row there was altered, taken out, put in or moved. The ${good} before it are whole.`,
    )
    if (last) console.log(`Mark of the last one that fits: ${last.link}:${last.hash}`)
    if (broken !== null) process.exitCode = 1
  } finally {
    await database.close()
  }
}

/** A mark as it was printed. */
function readMark(text: string): Mark {
  const [, link, hash] = /^([1-9]\d{0,17}):([\w-]{43})$/.exec(text.trim()) ?? []
  if (link === undefined || hash === undefined) throw new StartError(`“${text}” is no mark: it looks like 120:Zm9v…`)
  return { link: BigInt(link), hash }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
