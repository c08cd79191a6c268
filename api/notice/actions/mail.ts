import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import type { SmtpSettings } from '../../config/notices.ts'
import { StartError } from '../../db/start-error.ts'
import type { Outcome } from '../../jobs/outbox.ts'
import { mailOf } from '../rules/texts.ts'
import { failureCode } from './failure.ts'
import type { Mail, Sender } from './send.ts'

/** Bound of one answer of the server, in bytes. */
const LONGEST_ANSWER = 64 * 1024

/** What sends e-mail, given how one mail is sent. */
const sender = (mail: NonNullable<Sender['mail']>): Sender => ({
  channel: 'EMAIL',
  send: ({ notice, ...message }, signal) => mail({ ...message, ...mailOf(notice), language: notice.language }, signal),
  mail,
})

/** Sends through an SMTP server. */
export function smtpSender({ host, port, secure, plain, auth }: SmtpSettings, from: string): Sender {
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !plain,
    ignoreTLS: plain,
    auth: auth ?? undefined,
    maxResponseSize: LONGEST_ANSWER,
    // A server that does not answer is left by the attempt's own time limit; one that does not hang up, at once.
    socketCloseTimeout: 0,
    allowInternalNetworkInterfaces: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return sender(async (mail, signal) => {
    try {
      await transport.sendMail({ ...mailFrom(mail, from), signal })
      return { state: 'DELIVERED', code: 'sent' }
    } catch (error) {
      if (signal.aborted) throw error
      return refusal(error as SmtpError)
    }
  })
}

/**
 * Writes each mail into a folder instead, for development: it holds addresses in clear.
 * @throws StartError when the folder cannot be made, or others can read it
 */
export async function folderSender(folder: string, from: string): Promise<Sender> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError(`MAIL_FOLDER is ${folder}, which cannot be made (${(error as NodeJS.ErrnoException).code}).`)
  }
  if (process.platform !== 'win32' && ((await stat(folder)).mode & 0o077) !== 0) {
    throw new StartError(`MAIL_FOLDER is ${folder}, which others can read, and mails are written there in clear: chmod 700 it.`)
  }
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return sender(async (mail) => {
    try {
      const { message: bytes } = await transport.sendMail(mailFrom(mail, from))
      const file = join(folder, `${mail.id}.eml`)
      await writeFile(`${file}.part`, bytes as Buffer, { mode: 0o600 })
      await rename(`${file}.part`, file)
      return { state: 'DELIVERED', code: 'sent' }
    } catch (error) {
      return { state: 'PENDING', code: failureCode(error) }
    }
  })
}

function mailFrom({ id, to, subject, text, language, at }: Mail, from: string): SendMailOptions {
  return {
    from,
    // As parts, so that an address is never read as a list of them.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${id}@${domainOf(from)}>`,
    date: at,
    headers: {
      // Nobody's holiday answer (RFC 3834; the second is Microsoft's).
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language.toLowerCase(),
    },
    xMailer: false,
  }
}

const domainOf = (from: string): string => /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

type SmtpError = Error & { code?: string; responseCode?: number }

/**
 * A server that refuses this mail for good (RFC 5321, 4.2.1: 5yz) is not asked again. One that refuses us, since the password or its
 * encryption is wrong, is: whoever runs this server can mend that.
 */
function refusal(error: SmtpError): Outcome {
  const { code, responseCode } = error
  if (!responseCode) return { state: 'PENDING', code: failureCode(error) }
  const isOurs = code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS' || responseCode === 530
  return { state: responseCode >= 500 && !isOurs ? 'DEAD' : 'PENDING', code: `smtp_${responseCode}` }
}
