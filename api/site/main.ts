import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { StartError } from '../db/start-error.ts'
import { saveSite } from './actions/console.ts'

/**
 * `npm run site`: lists the partner websites; with `--key`, makes one or changes it. It works beside a running server, which knows the
 * change at once.
 */
const HELP = `Usage: npm run site                                              lists the sites
       npm run site -- --key rivage --name "Commune de Rivage" --origin https://www.rivage.example [--origin …] [--language fr] [--quota 60]
                                                                 makes a site, or changes it; --origin replaces all its origins
                                                                 (self: this server's own pages; loopback: any page of this machine);
                                                                 --quota: requests to be called back that its pages may send in an hour
                                                                 before each browser must work for it; beyond five times as many, none`

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      name: { type: 'string' },
      origin: { type: 'string', multiple: true },
      language: { type: 'string' },
      quota: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return console.log(HELP)
  if (values.key === undefined && Object.keys(values).length > 0) throw new StartError('Which site? Its --key is missing.')
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    if (values.key !== undefined) await saveSite(database.client, { ...values, key: values.key })
    for (const site of await database.client.site.findMany({ orderBy: { key: 'asc' } })) {
      console.log(
        `${site.key.padEnd(20)} ${site.defaultLanguage.toLowerCase()}  ${site.callbacksPerHour}/h  ${site.name}  ${site.origins.join(' ') || '(no web page)'}`,
      )
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
