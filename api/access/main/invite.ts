import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ownOrigins, readConfig } from '../../config.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { inviteFromConsole } from '../actions/invitations.ts'
import { recoverFromConsole } from '../actions/recovery.ts'

/** `npm run invite`: prints a link that makes somebody of the staff, or gives a role to somebody who is. Once, within seven days. With
 * `--reset` the link leads somebody back into an account of which she lost the password or the second factor, within a day. */
const HELP = `Usage: npm run invite -- --email ana@liege.example --role agent --organization ville-de-liege
                                            roles: agent, supervisor, editor, partner, administrator
       Without --organization, an administrator is one of the whole installation.
       npm run invite -- --email ana@liege.example --reset
                                            for who lost her password or her telephone: a new password, then a new second factor`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { email: text, role: text, organization: text, reset: flag, help: flag }
  const { help, reset, ...wanted } = parseArgs({ options }).values
  if (help) return console.log(HELP)
  const config = readConfig()
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const [origin] = ownOrigins(config, config.port)
    if (reset) {
      console.log(`${origin}/account/recovery/${await recoverFromConsole(database.client, wanted, new Date())}`)
      console.error('The link works once, within a day. Give it to nobody else: whoever opens it first has the account.')
    } else {
      console.log(`${origin}/invitation/${await inviteFromConsole(database.client, wanted, new Date())}`)
      console.error('The link works once, within seven days. Send it to nobody else: whoever opens it first becomes the member.')
    }
  } finally {
    await database.close()
  }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
