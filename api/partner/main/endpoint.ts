import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { InvalidInput } from '../../errors.ts'
import { openKeys } from '../../sealing/open.ts'
import { type EndpointParts, placeEndpoint, urlOf, useEndpoint } from '../actions/endpoint.ts'

/** `npm run endpoint`: says where a partner's own system is, beside a running server if need be. */
const HELP = `Usage: npm run endpoint -- --organization rwlp --url https://partner.example.be/hook
                                            sets its address, and prints its id and its secret once
       npm run endpoint -- --organization rwlp --test
                                            sends it a test; once it passes, the partner is told of its cases there,
                                            and a pause ends`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { organization: slug, url, test, help } = parseArgs({ options: { organization: text, url: text, test: flag, help: flag } }).values
  if (help) return console.log(HELP)
  if (!slug || (url === undefined) === (test !== true)) throw new StartError('Either --url or --test, with an --organization.')
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const config = readConfig()
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  try {
    const { client: db } = database
    const keys = await openKeys(db, config.keysFile, log)
    const partner = await db.partner.findFirst({ where: { organization: { slug } }, include: { endpoint: true } })
    if (!partner) throw new StartError(`“${slug}” is no partner: npm run partner makes it one.`)
    const { organizationId } = partner
    const parts: EndpointParts = { db, keys, now: new Date(), endpoints: { loopback: config.endpointsLoopback } }
    if (url !== undefined) {
      const made = await placeEndpoint(parts, { organizationId, url: readUrl(parts, url), actor: 'system' })
      console.log(`ENDPOINT=${made.endpoint.id}\nSECRET=${made.secret}`)
      console.error(
        `The secret is not shown again. A first message: ${made.test?.code}. Once its system knows the secret, test it: --test.`,
      )
      return
    }
    if (!partner.endpoint) throw new StartError(`${slug} has no endpoint: set it with --url first.`)
    const { passed, code } = await useEndpoint(parts, { organizationId, id: partner.endpoint.id, actor: 'system' })
    if (!passed) throw new StartError(`The endpoint did not pass: ${code}.`)
    console.log(`The endpoint has passed. ${slug} is told of its cases there.`)
  } finally {
    await database.close()
  }
}

function readUrl(parts: EndpointParts, url: string): string {
  try {
    return urlOf(parts, url)
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new StartError('The --url must begin with https, be public and without a password, on port 443 or one from 1024.')
  }
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
