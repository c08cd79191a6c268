import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needsSeed, seedOnce } from '../prisma/seed/seed.ts'
import { closeDemonstration, openDemonstration } from './access/actions/demonstration.ts'
import { inviteFirst } from './access/actions/invitations.ts'
import { openAccess } from './access/actions/open.ts'
import { openUnmetLog } from './aid/actions.ts'
import { createApp } from './app.ts'
import { openBackground } from './background.ts'
import { isLoopback, isWildcard, ownOrigins, readConfig } from './config.ts'
import { crasher } from './crash.ts'
import { openDatabase } from './db/open.ts'
import { reasonOf, StartError } from './db/start-error.ts'
import { unlessAborted } from './db/unless-aborted.ts'
import { openLiveQueue } from './desk/actions/live.ts'
import { openDirectory } from './directory/holder.ts'
import { readFiles } from './http/files.ts'
import { type LogError, nameOf } from './http/errors.ts'
import { routeOf } from './http/route.ts'
import { listen, type Observe } from './http/server.ts'
import { NO_LIMITS, openLimits } from './limits/limits.ts'
import { openLog } from './log.ts'
import { openGauges } from './metrics/gauges.ts'
import { listenForMetrics } from './metrics/listen.ts'
import { type Meter, openMeter } from './metrics/meter.ts'
import { openSenders } from './notice/actions/senders.ts'
import { checkKeyFile, openKeys } from './sealing/open.ts'

/** What has been opened, in the order in which it is closed: first the door. */
const opened: { close(): Promise<void> }[] = []
/** The project's folder, seen from the built file in dist/server. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** Until the settings are known, a person reads along. */
let log = openLog({ level: 'info', format: 'text' }, true)
const logError: LogError = (event) => log.error(event)

async function start(signal: AbortSignal): Promise<void> {
  const config = readConfig()
  log = openLog(config.log, process.stdout.isTTY === true)
  const server = await listen(config.host, config.port, logError)
  opened.push(server)
  await checkKeyFile(config.keysFile, config.databaseUrl === undefined ? config.dataDir : null)
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log, signal })
  opened.push(database)
  const { client: db, sql } = database

  /** Waits for a step unless we are told to stop; a failure that nobody has foreseen is one line as well. */
  const step = <T>(what: string, work: Promise<T>): Promise<T> =>
    unlessAborted(work, signal).catch((error: unknown) => {
      if (error instanceof StartError || signal.aborted) throw error
      throw new StartError(`${what} (${reasonOf(error)}).`, { cause: error })
    })
  const seeds = `${root}/prisma/seed`
  const seed = async () =>
    (await needsSeed(db, config.seed)) && (await database.patiently((patient) => seedOnce(patient, config.seed, seeds)))
  if (await step(`The content of ${seeds} cannot be loaded`, seed())) log.info('Loaded the content.')
  const keys = await step('The keys cannot be compared with the database', openKeys(db, config.keysFile, log))
  const directory = await step('The content of the database cannot be read', openDirectory(db, database.url, log))
  const unmet = openUnmetLog(db)
  const clock = () => new Date()
  const failed = (error: unknown) => logError({ event: 'live_queue_failed', code: nameOf(error) })
  const live = openLiveQueue({ db, sql, url: database.url, clock, directory: directory.current, failed })
  opened.splice(1, 0, live, directory, unmet)
  const files = await step(`The pages in ${root}/dist/public cannot be read: run npm run build`, readFiles(`${root}/dist/public`))

  const origins = ownOrigins(config, server.port)
  const place = { ownOrigins: new Set(origins), loopback: isLoopback(config.host) }
  const limits = config.limits ? openLimits(sql, keys) : NO_LIMITS
  const demonstration = database.bundled && config.alone && directory.current().demonstration
  const accounts = demonstration ? openDemonstration(db, clock()) : closeDemonstration(db, clock())
  await step('The accounts of the demonstration cannot be prepared', accounts)
  const access = openAccess({ db, sql, keys, limits, clock, origins, providers: config.providers, demonstration })
  const senders = await step('What sends notices cannot be opened', openSenders(config, place))
  const endpoints = { loopback: config.endpointsLoopback }
  const reach = crasher(config.crashAt)
  const meter = config.metrics && openMeter(openGauges({ db, sql, clock, directory, live }))
  const metrics = config.metrics && meter && (await listenForMetrics(config.metrics, meter, logError))
  if (metrics) opened.push(metrics)
  // As late as can be: a start that fails has told nobody.
  const first = await step('The first administrator cannot be invited', inviteFirst(db, clock()))
  const { retention, linkChecks } = config
  const [origin = ''] = origins
  const parts = { db, sql, keys, limits, directory, senders, endpoints, origin, clock, retention, linkChecks, logError, reach }
  const background = openBackground(parts)
  // Both end what they are at in the same time, of which the process has little.
  opened[0] = { close: async () => void (await Promise.all([server.close(), background.close()])) }
  const app = createApp({
    db,
    sql,
    directory,
    live,
    access,
    keys,
    unmet,
    limits,
    channels: senders.map(({ channel }) => channel),
    endpoints,
    trustedProxy: config.trustedProxy,
    place,
    retention,
    files,
    clock,
    logError,
    reach,
    count: meter?.operation,
  })
  server.serve(app.answer, observerOf(meter), app.isKnown)
  background.start()
  if (first === 'TOLD') {
    log.told(
      'There is no administrator yet. The link that makes one was told less than a minute ago, by another start; a later start tells a new one.',
    )
  } else if (first) {
    log.told(`There is no administrator yet. This link makes one, once and within 24 hours: ${origin}/invitation/${first.secret}`)
  }
  log.info(`Passerelle is ready.
  Demonstration  ${origin}/
  Call desk      ${origin}/desk
  Workshop       ${origin}/edit
  GraphQL API    ${origin}/graphql
  Widgets        ${origin}/widgets/v1/passerelle.js (both), passerelle-callback.js, passerelle-finder.js
  Database       ${database.bundled ? `embedded PostgreSQL in ${config.dataDir}` : 'the PostgreSQL server of DATABASE_URL'}`)
  if (isWildcard(config.host) && !config.publicUrl) {
    log.info('Others can reach it, but its own pages take requests from this machine only: set PUBLIC_URL to the address they use.')
  }
  if (metrics) log.info(`Its numbers are told at ${metrics.address}`)
  if (config.publicUrl) log.info(`It listens on ${config.host}, port ${server.port}.`)
  log.info('Stop with Ctrl-C.')
}

/** Who is told of each request: nobody, unless numbers or a log of requests are wanted. */
function observerOf(meter: Meter | undefined): Observe | undefined {
  const { request } = log
  if (!meter && !request) return undefined
  return (ask, status, ms) => {
    const route = routeOf(ask)
    meter?.request(route, status, ms)
    request?.({ reqId: ask.id, route, status, ms })
  }
}

/** One press of Ctrl-C comes twice under npm, which passes it on; a second signal counts after this time, in ms. */
const SAME_PRESS = 500

const leaving = new AbortController()
const starting = start(leaving.signal).catch((error: unknown) => {
  if (leaving.signal.aborted) return
  log.fatal(error instanceof StartError ? error.message : `Passerelle cannot start (${reasonOf(error)}).`)
  process.exitCode = 1
  void stop()
})

let stopping: Promise<void> | undefined
/** Ends the start if it is still under way, closes what was opened, and ends the process. */
function stop(): Promise<void> {
  leaving.abort()
  stopping ??= (async () => {
    await starting
    for (const part of opened) await part.close().catch(() => undefined)
    process.exit()
  })()
  return stopping
}

let asked: number | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (asked !== undefined && Date.now() - asked > SAME_PRESS) process.exit(signal === 'SIGINT' ? 130 : 143)
    if (asked === undefined) process.once('exit', () => log.info('Stopped.'))
    asked ??= Date.now()
    void stop()
  })
}
