import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import { openDatabase } from '../../db/open.ts'
import { StartError } from '../../db/start-error.ts'
import { loadSnapshot } from '../../directory/load.ts'
import { InvalidInput, NotFound } from '../../errors.ts'
import { stringsFor } from '../../strings/strings.ts'
import { storePartner } from '../actions/set.ts'
import { type PartnerOptions, readPartner } from '../rules/options.ts'

/** `npm run partner`: lists who takes over requests; with `--organization`, makes one or changes it, beside a running server if need be. */
const HELP = `Usage: npm run partner                      lists the partners
       npm run partner -- --organization relais-sociaux [--needs housing,food | all] [--area commune:62063 | province:liege | region:wallonie
                          | country …] [--languages fr,de] [--capacity 20 | none] [--state open | stopped]
                          [--hand-over inbox | email | webhook] [--email cases@partner.example.be | none]
                                            makes an organization a partner, or changes what is named; its case workers are invited with
                                            npm run invite -- --role partner, its system is set with npm run endpoint`

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const words = { organization: text, state: text, capacity: text, needs: text, languages: text, 'hand-over': text, email: text }
  const { help, ...options } = parseArgs({ options: { ...words, area: { ...text, multiple: true }, help: { type: 'boolean' } } }).values
  if (help) return console.log(HELP)
  const { organization } = options
  if (organization === undefined && Object.keys(options).length > 0) throw new StartError('Which one? Its --organization is missing.')
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...readConfig(), migrationsDir: `${root}/prisma/migrations`, log })
  try {
    if (organization !== undefined) await save(database.client, { ...options, organization })
    for (const one of await database.client.partner.findMany({ include: INCLUDED, orderBy: { organization: { slug: 'asc' } } })) {
      const areas = one.areas.map(({ kind, code }) => [kind.toLowerCase(), code].filter(Boolean).join(':'))
      const facts = [one.needCodes.join(',') || 'all needs', areas.join(' '), one.languages.join(',').toLowerCase()]
      const room = one.capacity === null ? 'no limit' : `${one.capacity} at a time`
      const way = [one.handOver.toLowerCase(), ...(one.email ? [one.email] : [])].join(' ')
      console.log([one.organization.slug, one.accepting ? 'open' : 'stopped', ...facts, room, way].join('  '))
    }
  } finally {
    await database.close()
  }
}

const INCLUDED = { areas: true, organization: { select: { slug: true } } } as const

async function save(db: PrismaClient, options: PartnerOptions): Promise<void> {
  const stored = await db.partner.findFirst({ where: { organization: { slug: options.organization } }, include: INCLUDED })
  const input = readPartner(options, stored && { ...stored, needs: stored.needCodes })
  if ('problem' in input) throw new StartError(input.problem)
  const { snapshot: directory } = await loadSnapshot(db)
  await storePartner({ db, directory, now: new Date() }, input, { actor: 'system', makes: true, leads: true }).catch((error: unknown) => {
    if (error instanceof NotFound) throw new StartError(`There is no organization “${options.organization}”.`)
    if (!(error instanceof InvalidInput)) throw error
    const { problems: sentences } = stringsFor(['EN'])
    const told = error.problems.map(({ path, code, params }) => `${path.slice(1).join(' ')}: ${sentences[code](params ?? {})}`)
    throw new StartError(told.join('\n'))
  })
}

run().catch((error: unknown) => {
  const told = error instanceof StartError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(told ? `${(error as Error).message}\n${HELP}` : error)
  process.exitCode = 1
})
