import { resolve } from 'node:path'
import { StartError } from '../db/start-error.ts'

/** How e-mail leaves; `from` is what receivers see: a bare address, or `Name <address>`. */
export type MailSettings = { from: string; smtp: SmtpSettings } | { from: string; folder: string }

/** An SMTP server. `secure`: TLS from the first byte; `plain`: never TLS, on this machine; otherwise STARTTLS, and nothing without it. */
export type SmtpSettings = { host: string; port: number; secure: boolean; plain: boolean; auth: { user: string; pass: string } | null }

/** The gateway that sends text messages, and the secret (`whsec_…`) they are signed with. */
export type SmsSettings = { url: string; secret: string }

type Text = (name: string) => string | undefined

/** Ports of message submission: with TLS from the first byte, and with STARTTLS (RFC 8314, 7.3; RFC 6409, 3.1). */
const SMTPS_PORT = 465
const SMTP_PORT = 587

/** Shortest and longest secrets that Standard Webhooks allow, in bytes. */
const SHORTEST_SECRET = 24
const LONGEST_SECRET = 64

/**
 * Reads how e-mail leaves; undefined when it does not.
 * @param isLoopback whether a host is this machine
 * @throws StartError, which repeats no address that may hold a password
 */
export function readMail(text: Text, isLoopback: (host: string) => boolean): MailSettings | undefined {
  const address = text('SMTP_URL')
  const folder = text('MAIL_FOLDER')
  if (address !== undefined && folder !== undefined) {
    throw new StartError('SMTP_URL and MAIL_FOLDER are both set: mails go to a server or into a folder, not both.')
  }
  const from = text('MAIL_FROM')
  if (from !== undefined && !isMailbox(from)) {
    throw new StartError(`MAIL_FROM is “${from}”: it must be an address such as noreply@aide.example.be, with or without a name before it.`)
  }
  if (folder !== undefined) return { from: from ?? 'noreply@localhost', folder: resolve(folder) }
  if (address === undefined) return undefined
  if (from === undefined)
    throw new StartError('SMTP_URL is set, and MAIL_FROM is not: mails need a sender, such as noreply@aide.example.be.')
  return { from, smtp: readSmtp(address, isLoopback) }
}

function readSmtp(address: string, isLoopback: (host: string) => boolean): SmtpSettings {
  const url = /^smtps?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : null
  // Without `//` known to it, a host keeps its capital letters and its brackets.
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (!url || !host || /[^/]/.test(url.pathname) || url.search || url.hash || Boolean(url.username) !== Boolean(url.password)) {
    throw new StartError('SMTP_URL must look like smtp://user:password@mail.example.be:587, or smtps://…, without a path.')
  }
  const secure = url.protocol === 'smtps:'
  const auth = url.username ? { user: decoded(url.username), pass: decoded(url.password) } : null
  return { host, port: Number(url.port) || (secure ? SMTPS_PORT : SMTP_PORT), secure, plain: !secure && isLoopback(host), auth }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new StartError('SMTP_URL cannot be read: write a % in its user or password as %25.')
  }
}

/** An address, or a name and an address; a name with more than letters, digits and spaces stands in quotation marks (RFC 5322, 3.4). */
const isMailbox = (text: string): boolean =>
  /^(?:(?:[\p{L}\p{N} ]+|"[^"\\\p{C}]+") <([^<>]+)>|([^<> ]+))$/u.test(text) &&
  /^[^\s@<>()[\],;:"\\\p{C}]{1,64}@[a-z\d-]+(\.[a-z\d-]+)*$/iu.test(/<(.+)>$/.exec(text)?.[1] ?? text)

/**
 * Reads how text messages leave; undefined when they do not.
 * @param alone whether only this machine reaches this server: then the gateway may be on it, too
 */
export function readSms(text: Text, isLoopback: (host: string) => boolean, alone: boolean): SmsSettings | undefined {
  const address = text('SMS_GATEWAY_URL')
  const secret = text('SMS_GATEWAY_SECRET')
  if (address === undefined && secret === undefined) return undefined
  if (address === undefined || secret === undefined) {
    throw new StartError('SMS_GATEWAY_URL and SMS_GATEWAY_SECRET go together: one of them is missing.')
  }
  const url = /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : null
  // An address may hold a key: it is not repeated.
  if (!url || url.username || url.password || url.hash) {
    throw new StartError('SMS_GATEWAY_URL must look like https://sms.example.be/send, without user or password.')
  }
  if (url.protocol === 'http:' && !(alone && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')))) {
    throw new StartError(
      'SMS_GATEWAY_URL must begin with https: phone numbers go there. (http only for this machine, while HOST is this machine.)',
    )
  }
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1]
  const bytes = encoded && encoded.length % 4 === 0 ? Buffer.from(encoded, 'base64').length : 0
  if (bytes < SHORTEST_SECRET || bytes > LONGEST_SECRET) {
    throw new StartError(
      `SMS_GATEWAY_SECRET must be whsec_ and ${SHORTEST_SECRET} to ${LONGEST_SECRET} bytes in base64: echo whsec_$(openssl rand -base64 32)`,
    )
  }
  return { url: url.href, secret }
}
