import type { MailSettings, SmsSettings } from '../../config/notices.ts'
import { folderSender, smtpSender } from './mail.ts'
import type { Sender } from './send.ts'
import { smsSender } from './sms.ts'

/**
 * The ways to send that are set up.
 * @param loopback whether the gateway of text messages may be on this machine
 * @throws StartError when the folder for mails cannot be used
 */
export async function openSenders(
  { mail, sms }: { mail?: MailSettings; sms?: SmsSettings },
  { loopback }: { loopback: boolean },
): Promise<Sender[]> {
  const senders: Sender[] = []
  if (mail) senders.push('folder' in mail ? await folderSender(mail.folder, mail.from) : smtpSender(mail.smtp, mail.from))
  if (sms) senders.push(smsSender(sms, loopback))
  return senders
}
