import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { makeToken, revokeToken } from '../actions/tokens.ts'

/** `npm run token`: makes, lists or revokes the keys of other systems, beside a running server if need be, which knows the change at once. */
const HELP = `Usage: npm run token -- --role agent --organization ville-de-liege --days 90 [--scopes read,write] [--name "What it is for"]
                                            makes a token, and prints it once; it may read only unless --scopes says more
       npm run token -- --list              lists all tokens
       npm run token -- --revoke <id>       ends one: the part after psl_`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { role: text, organization: text, days: text, scopes: text, name: text, revoke: text, list: flag, help: flag }
  const { list, help, revoke, ...wanted } = parseArgs({ options }).values
  if (help) return console.log(HELP)
  if ((list || revoke !== undefined) && Object.keys(wanted).length > 0) {
    throw new StartError('One thing at a time: --list and --revoke go with nothing else.')
  }
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  const { client: db } = database
  try {
    if (list) {
      for (const token of await db.apiToken.findMany({ include: { organization: true }, orderBy: { createdAt: 'asc' } })) {
        const state = token.revokedAt ? 'revoked' : token.expiresAt <= new Date() ? 'expired' : `until ${dayOf(token.expiresAt)}`
        const used = token.lastUsedAt ? `last used ${dayOf(token.lastUsedAt)}` : 'never used'
        const may = `${token.role.toLowerCase()} (${token.scopes.join(', ').toLowerCase()})`
        console.log(`${token.id}  ${state}  ${may} of ${token.organization.slug}  ${used}  ${token.name}`)
      }
    } else if (revoke !== undefined) {
      const id = revoke.replace(/^psl_/, '').split('_')[0] as string
      if (!(await revokeToken(db, id, 'system', new Date()))) throw new StartError(`There is no token “${id}” to revoke.`)
      console.log(`The token ${id} is revoked.`)
    } else {
      const { token, row } = await makeToken(db, wanted, new Date())
      console.log(token)
      console.error(`It is good until ${dayOf(row.expiresAt)}, and is not shown again. Send it as “Authorization: Bearer …”.`)
    }
  } finally {
    await database.close()
  }
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
