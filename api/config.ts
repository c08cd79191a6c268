import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { type OidcProvider, readProviders } from './config/providers.ts'
import { type MailSettings, readMail, readSms, type SmsSettings } from './config/notices.ts'
import { type LogSettings, type MetricsSettings, readLog, readMetrics } from './config/running.ts'
import { StartError } from './db/start-error.ts'

/**
 * What the operator may set. Settings are read here and nowhere else; `.env.example` documents the same list. (`db/bundled/` only hands
 * the system's own variables, such as PATH, on to PostgreSQL's programs.)
 */
export type Config = {
  /** Address to listen on. Loopback unless said otherwise, so that a first try is not on the network. */
  host: string
  /** TCP port; 0 lets the system choose. */
  port: number
  /** Folder of the embedded database and of the key file. Absolute. */
  dataDir: string
  /** Another PostgreSQL server instead of the embedded one. */
  databaseUrl: string | undefined
  /** What an empty database is filled with. */
  seed: 'demo' | 'reference' | 'none'
  /** Where the public reaches this server, without a trailing slash; tells the server its own origin behind a proxy. */
  publicUrl: string | undefined
  /** File with the keys that seal personal data. Absolute. */
  keysFile: string
  /** Whether the limits on what one address and one site may send hold; off only where nobody else can reach the server. */
  limits: boolean
  /** The proxies before this server that are believed about who asks: how many there are, or their addresses and networks. */
  trustedProxy: { hops: number } | { networks: readonly string[] }
  /** How people who left an e-mail address are told what becomes of their requests; undefined: not by e-mail. */
  mail: MailSettings | undefined
  /** The same by text message. */
  sms: SmsSettings | undefined
  /** How long personal data is kept, in days: of requests by how they ended, counted from then; of reports of mistakes, from their arrival. */
  retention: { closedDays: number; unreachedDays: number; escalatedDays: number; correctionDays: number }
  /** Whether partners' systems may be on this machine: for development, where nobody else can reach the server. */
  endpointsLoopback: boolean
  /** Whether the web addresses that records name are tried now and then. */
  linkChecks: boolean
  /** The identity providers of organizations that have one. */
  providers: readonly OidcProvider[]
  /** Whether only this machine can reach the server, directly or through a proxy. */
  alone: boolean
  /** Where the numbers of the running server are told; undefined: nowhere. */
  metrics: MetricsSettings | undefined
  log: LogSettings
  /** For `npm run faults`: the process kills itself when it comes to this point for this many times. Where nobody else can reach it only. */
  crashAt: { point: string; passages: number } | null
}

/** More proxies than these in a row are a mistake. */
const MOST_HOPS = 10

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/

/** Addresses that mean all of this machine's. */
const WILDCARD = new Set(['0.0.0.0', '::', '0'])

/** Whether the server listens on every address of this machine. */
export const isWildcard = (host: string): boolean => WILDCARD.has(host)

/** Whether only this machine can reach the server. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/**
 * Reads and checks the environment.
 * @throws StartError with one line that names the variable, its value and what it should be.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const text = (name: string) => env[name]?.trim() || undefined

  const port = text('PORT') ?? '4000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new StartError(`PORT is “${port}”: it must be a number from 0 to 65535.`)

  const host = text('HOST') ?? '127.0.0.1'
  if (/[\s/]/.test(host)) throw new StartError(`HOST is “${host}”: it must be an address or a host name, without scheme or path.`)

  const databaseUrl = text('DATABASE_URL')
  // The value is not repeated: it holds a password.
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/./.test(databaseUrl)) {
    throw new StartError('DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  }

  const seed = text('SEED') ?? 'demo'
  if (seed !== 'demo' && seed !== 'reference' && seed !== 'none')
    throw new StartError(`SEED is “${seed}”: it must be demo, reference or none.`)

  const address = text('PUBLIC_URL')
  const publicUrl = address === undefined ? undefined : originOf(address)
  if (publicUrl === null) {
    throw new StartError(`PUBLIC_URL is “${address}”: it must be an address such as https://aide.example.be, without a path.`)
  }

  const dataDir = resolve(text('DATA_DIR') ?? '.data')
  const keysFile = resolve(text('KEYS_FILE') ?? `${dataDir}/keys.json`)

  const limits = text('LIMITS') ?? 'on'
  if (limits !== 'on' && limits !== 'off') throw new StartError(`LIMITS is “${limits}”: it must be on or off.`)
  if (limits === 'off' && !isLoopback(host)) {
    throw new StartError(
      `LIMITS is “off”, and HOST “${host}” lets others in: limits are switched off on this machine only (HOST=127.0.0.1).`,
    )
  }

  const endpoints = text('ENDPOINTS_LOOPBACK') ?? 'off'
  if (endpoints !== 'on' && endpoints !== 'off') throw new StartError(`ENDPOINTS_LOOPBACK is “${endpoints}”: it must be on or off.`)
  if (endpoints === 'on' && !isLoopback(host)) {
    throw new StartError(
      `ENDPOINTS_LOOPBACK is “on”, and HOST “${host}” lets others in: systems of partners are on this machine only while HOST is (127.0.0.1).`,
    )
  }

  // Many who try the demonstration out would otherwise ask the same sites.
  const links = text('LINK_CHECKS') ?? (seed === 'demo' ? 'off' : 'on')
  if (links !== 'on' && links !== 'off') throw new StartError(`LINK_CHECKS is “${links}”: it must be on or off.`)

  const proxy = text('TRUSTED_PROXY') ?? '0'
  const trustedProxy = readProxies(proxy)
  if (trustedProxy === null) {
    throw new StartError(
      `TRUSTED_PROXY is “${proxy}”: it must be how many proxies there are, 0 to ${MOST_HOPS}, or their addresses, such as 10.0.0.0/8,192.0.2.1.`,
    )
  }
  return {
    host,
    port: Number(port),
    dataDir,
    databaseUrl,
    seed,
    publicUrl,
    keysFile,
    limits: limits === 'on',
    trustedProxy,
    retention: {
      closedDays: readDays('RETENTION_CLOSED_DAYS', text('RETENTION_CLOSED_DAYS') ?? '30'),
      unreachedDays: readDays('RETENTION_UNREACHED_DAYS', text('RETENTION_UNREACHED_DAYS') ?? '14'),
      escalatedDays: readDays('RETENTION_ESCALATED_DAYS', text('RETENTION_ESCALATED_DAYS') ?? '90'),
      correctionDays: readDays('RETENTION_CORRECTION_DAYS', text('RETENTION_CORRECTION_DAYS') ?? '90'),
    },
    mail: readMail(text, isLoopback),
    sms: readSms(text, isLoopback, isLoopback(host)),
    endpointsLoopback: endpoints === 'on',
    linkChecks: links === 'on',
    providers: readProviders(text('OIDC_FILE'), isLoopback, publicUrl?.startsWith('https:') || isLocal(publicUrl, host)),
    alone: isLocal(publicUrl, host) && 'hops' in trustedProxy && trustedProxy.hops === 0,
    metrics: readMetrics(text),
    log: readLog(text),
    crashAt: readCrash(text('CRASH_AT'), host),
  }
}

/** Whether the server listens to this machine only, and is told to the public under no other name. */
const isLocal = (publicUrl: string | undefined, host: string): boolean =>
  isLoopback(host) && (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')))

/** Longest time that personal data may be kept, in days: ten years. */
const MOST_DAYS = 3_650

function readDays(name: string, value: string): number {
  const days = Number(value)
  if (/^\d{1,4}$/.test(value) && days >= 1 && days <= MOST_DAYS) return days
  throw new StartError(`${name} is “${value}”: it must be a number of days from 1 to ${MOST_DAYS}.`)
}

/** `callback.stored:17`: at the seventeenth passage. */
function readCrash(text: string | undefined, host: string): Config['crashAt'] {
  if (text === undefined) return null
  const [, point = '', passages = ''] = /^([a-z.-]+):([1-9]\d{0,5})$/.exec(text) ?? []
  if (point === '' || !isLoopback(host)) throw new StartError('CRASH_AT is for “npm run faults”, on this machine only.')
  return { point, passages: Number(passages) }
}

function readProxies(text: string): Config['trustedProxy'] | null {
  if (/^\d+$/.test(text)) return Number(text) <= MOST_HOPS ? { hops: Number(text) } : null
  const networks = text.split(',').map((one) => one.trim())
  return networks.every(isNetwork) ? { networks } : null
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32))
}

/** An address as browsers send it in `Origin`: lower case, no default port. Null when it has more than scheme, host and port. */
function originOf(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const { origin, username, password, pathname, search, hash } = new URL(address)
  return username || password || /[^/]/.test(pathname) || search || hash ? null : origin
}

/**
 * The origins under which this server's own pages are reached, the one to tell people first. Without PUBLIC_URL those are only known for
 * this machine: its loopback names when the server listens there, be it on every address.
 */
export function ownOrigins({ publicUrl, host }: Config, port: number): string[] {
  const at = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`
  const names = isLoopback(host) ? [host, ...LOOPBACK_NAMES] : isWildcard(host) ? LOOPBACK_NAMES : [host]
  return [...new Set([...(publicUrl ? [publicUrl] : []), ...names.map(at)])]
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '::1']
