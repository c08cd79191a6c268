import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ownOrigins, readConfig } from '../../config.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { inviteFromConsole } from '../actions/invitations.ts'

/** `npm run invite`: prints a link that makes somebody of the staff, or gives a role to somebody who is. Once, within seven days. */
const HELP = `Usage: npm run invite -- --email ana@liege.example --role agent --organization ville-de-liege
                                            roles: agent, supervisor, editor, partner, administrator
       Without --organization, an administrator is one of the whole installation.`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const { help, ...wanted } = parseArgs({ options: { email: text, role: text, organization: text, help: { type: 'boolean' } } }).values
  if (help) return console.log(HELP)
  const config = readConfig()
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const secret = await inviteFromConsole(database.client, wanted, new Date())
    console.log(`${ownOrigins(config, config.port)[0]}/invitation/${secret}`)
    console.error('The link works once, within seven days. Send it to nobody else: whoever opens it first becomes the member.')
  } finally {
    await database.close()
  }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
