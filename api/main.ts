import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedOnce } from '../prisma/seed/seed.ts'
import { createApp } from './app.ts'
import { isLoopback, ownOrigins, readConfig } from './config.ts'
import { openDatabase } from './db/open.ts'
import { StartError } from './db/start-error.ts'
import { openDirectory } from './directory/holder.ts'
import { readFiles } from './http/files.ts'
import { listen } from './http/server.ts'
import { openKeys } from './sealing/open.ts'

/** What has been opened, in order; closed in the other order. */
const opened: { close(): Promise<void> }[] = []
/** The project's folder, seen from the built file in dist/server. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const log = { info: (line: string) => console.log(line), warn: (line: string) => console.error(line) }

async function start(): Promise<void> {
  const config = readConfig()
  const server = await listen(config.host, config.port)
  opened.push(server)
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  opened.push(database)
  const { client: db } = database
  if (await seedOnce(db, config.seed, `${root}/prisma/seed`)) log.info('Loaded the content.')
  const keys = await openKeys(db, config.keysFile)
  const directory = await openDirectory(db, database.url)
  opened.push(directory)
  const files = await readFiles(`${root}/dist/public`)

  const origins = ownOrigins(config, server.port)
  const place = { ownOrigins: new Set(origins), loopback: isLoopback(config.host) }
  const logError = (event: object) => console.error(JSON.stringify({ time: new Date().toISOString(), level: 'error', ...event }))
  server.serve(createApp({ db, directory, keys, place, files, clock: () => new Date(), logError }).fetch)
  const [address] = origins
  log.info(`Passerelle is ready.
  Demonstration  ${address}/
  GraphQL API    ${address}/graphql
  Widgets        ${address}/widgets/v1/passerelle-callback.js  ${address}/widgets/v1/passerelle-finder.js
  Database       ${database.bundled ? `embedded PostgreSQL in ${config.dataDir}` : 'the PostgreSQL server of DATABASE_URL'}
Stop with Ctrl-C.`)
}

let stopping: Promise<void> | undefined
async function stop(starting: Promise<unknown>): Promise<void> {
  await starting
  for (const part of opened.reverse()) await part.close().catch(() => undefined)
}

const starting = start().catch(async (error: unknown) => {
  console.error(error instanceof StartError ? error.message : error)
  process.exitCode = 1
  stopping ??= stop(Promise.resolve())
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping ??= stop(starting)
    void stopping.then(() => process.exit())
  })
}
