import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { StartError } from '../db/start-error.ts'
import { revokeSite, saveSite } from './actions/console.ts'

/**
 * `npm run site`: lists the partner websites; with `--key`, makes one or changes it. It works beside a running server, which knows the
 * change at once.
 */
const HELP = `Usage: npm run site                                              lists the sites
       npm run site -- --key rivage --name "Commune de Rivage" --origin https://www.rivage.example [--origin …] [--language fr] [--quota 60]
                                                                 makes a site, or changes it; --origin replaces all its origins
                                                                 (self: this server's own pages; loopback: any page of this machine);
                                                                 --quota: requests to be called back that its pages may send in an hour
                                                                 before each browser must work for it; beyond five times as many, none
                                                                 --organization ville-de-liege: its editors and administrators look after
                                                                 the site from then on, at /edit/sites
       npm run site -- --revoke rivage                           ends a key for good; its pages show the numbers to call instead`

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      name: { type: 'string' },
      origin: { type: 'string', multiple: true },
      language: { type: 'string' },
      quota: { type: 'string' },
      organization: { type: 'string' },
      revoke: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const { help, revoke, ...given } = values
  if (help) return console.log(HELP)
  if (revoke !== undefined && Object.keys(given).length > 0) throw new StartError('Either --revoke alone, or a --key with what is new.')
  if (revoke === undefined && given.key === undefined && Object.keys(given).length > 0)
    throw new StartError('Which site? Its --key is missing.')
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    if (revoke !== undefined) await revokeSite(database.client, revoke, new Date())
    if (given.key !== undefined) await saveSite(database.client, { ...given, key: given.key })
    for (const site of await database.client.site.findMany({ orderBy: { key: 'asc' } })) {
      console.log(`${site.key.padEnd(20)} ${site.defaultLanguage.toLowerCase()}  ${site.callbacksPerHour}/h  ${site.name}  ${ending(site)}`)
    }
  } finally {
    await database.close()
  }
}

/** What follows its name: where its pages are, or that they are none of ours any more. */
const ending = ({ origins, revokedAt }: { origins: string[]; revokedAt: Date | null }): string =>
  revokedAt ? `(revoked ${revokedAt.toISOString().slice(0, 10)})` : origins.join(' ') || '(no web page)'

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
