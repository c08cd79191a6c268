import { onDayLabel } from '../../callback/rules/labels.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { wallClockAt } from '../../service/rules/calendar.ts'
import { stringsFor } from '../../strings/strings.ts'

type Mailed = { subject: string; text: string }

/** Which case a mail is about, in a way that says nothing of anybody: its number, and when it was handed over. */
export type Told = { number: string; requestedAt: Date }

/** What a partner is written about a case. `due`: what is asked of it, and by when; null while nothing is. */
export type CaseMail = Told &
  (
    | { kind: 'requested' | 'reminded'; due: { of: 'ANSWER' | 'OUTCOME'; at: Date } | null; link: string; until: Date }
    | { kind: 'cancelled' }
    | { kind: 'erasure'; link: string; until: Date }
    | { kind: 'link'; link: string; until: Date }
  )

/** What the staff is written: numbers only. */
export type StaffMail =
  | { kind: 'overdue'; overdue: number; undelivered: number; unerased: number; link: string }
  | { kind: 'paused'; organization: string; why: string; waiting: number }

type MailStrings = {
  hello: string
  subject: Record<CaseMail['kind'] | StaffMail['kind'], string>
  which: (number: string, since: string) => string
  requested: string
  reminded: string
  /** Reminded of one that it has taken over. */
  remindedOutcome: string
  cancelled: string
  erasure: string
  fresh: string
  answerBy: (when: string) => string
  outcomeBy: (when: string) => string
  open: (link: string) => string
  until: (when: string) => string
  keep: string
  overdue: (count: number) => string
  undelivered: (count: number) => string
  unerased: (count: number) => string
  look: (link: string) => string
  paused: (organization: string, why: string) => string
  pausedWhy: Record<'gone' | 'failing' | 'by_hand', string>
  waiting: (count: number) => string
  resume: string
  automatic: string
}

const fr: MailStrings = {
  hello: 'Bonjour,',
  subject: {
    requested: 'Un dossier vous attend',
    reminded: 'Un dossier attend votre réponse',
    cancelled: 'Un dossier vous est retiré',
    erasure: 'Un dossier est à effacer',
    link: 'Votre nouveau lien',
    overdue: 'Des dossiers attendent',
    paused: 'L’envoi des messages est suspendu',
  },
  which: (number, since) => `Dossier ${number}. Confié : ${since}.`,
  requested: 'Un dossier vous est confié.',
  reminded: 'Un dossier qui vous est confié attend toujours votre réponse.',
  remindedOutcome: 'Nous attendons de vos nouvelles d’un dossier que vous avez pris en charge.',
  cancelled: 'Un dossier qui vous était confié vous est retiré. Vous n’avez plus rien à faire.',
  erasure: 'La personne ne souhaite plus que vous ayez ses données. Effacez ce que vous avez noté d’elle, puis confirmez-le.',
  fresh: 'Voici un nouveau lien vers votre dossier.',
  answerBy: (when) => `Dites-nous au plus tard ${when} si vous le prenez en charge.`,
  outcomeBy: (when) => `Dites-nous au plus tard ${when} où il en est.`,
  open: (link) => `Pour l’ouvrir : ${link}`,
  until: (when) =>
    `Ce lien ouvre ce seul dossier, jusqu’au moment suivant : ${when}. Ensuite, la page vous propose d’en recevoir un nouveau.`,
  keep: 'Ne transmettez pas ce message : qui a le lien peut lire le dossier.',
  overdue: (count) => `Dossiers confiés à des partenaires et restés sans réponse à temps : ${count}.`,
  undelivered: (count) => `Messages à des partenaires qui n’ont pas pu être transmis : ${count}.`,
  unerased: (count) => `Dossiers à effacer dont le partenaire n’a pas confirmé l’effacement : ${count}.`,
  look: (link) => `Pour les voir : ${link}`,
  paused: (organization, why) => `Les messages au système de ${organization} sont suspendus : ${why}.`,
  pausedWhy: {
    gone: 'il a répondu qu’il n’existe plus à cette adresse',
    failing: 'il n’a plus répondu comme il faut depuis trois jours',
    by_hand: 'une administratrice ou un administrateur l’a demandé',
  },
  waiting: (count) => `Messages en attente : ${count}. Aucun n’est perdu.`,
  resume: 'Une administratrice ou un administrateur du partenaire peut reprendre l’envoi : tout ce qui attend part alors aussitôt.',
  automatic: 'Ce message est envoyé automatiquement. N’y répondez pas : personne ne lirait votre réponse.',
}

const de: MailStrings = {
  hello: 'Guten Tag,',
  subject: {
    requested: 'Ein Fall wartet auf Sie',
    reminded: 'Ein Fall wartet auf Ihre Antwort',
    cancelled: 'Ein Fall wurde zurückgenommen',
    erasure: 'Ein Fall ist zu löschen',
    link: 'Ihr neuer Link',
    overdue: 'Fälle warten',
    paused: 'Das Senden von Nachrichten ruht',
  },
  which: (number, since) => `Fall ${number}. Anvertraut: ${since}.`,
  requested: 'Ihnen wurde ein Fall anvertraut.',
  reminded: 'Ein Fall, der Ihnen anvertraut wurde, wartet noch auf Ihre Antwort.',
  remindedOutcome: 'Wir warten auf Nachricht zu einem Fall, den Sie übernommen haben.',
  cancelled: 'Ein Fall, der Ihnen anvertraut war, wurde zurückgenommen. Sie müssen nichts mehr tun.',
  erasure:
    'Die Person möchte nicht mehr, dass Sie ihre Daten haben. Löschen Sie, was Sie über sie notiert haben, und bestätigen Sie es dann.',
  fresh: 'Hier ist ein neuer Link zu Ihrem Fall.',
  answerBy: (when) => `Sagen Sie uns bitte spätestens ${when}, ob Sie ihn übernehmen.`,
  outcomeBy: (when) => `Sagen Sie uns bitte spätestens ${when}, wie es steht.`,
  open: (link) => `Zum Öffnen: ${link}`,
  until: (when) => `Dieser Link öffnet nur diesen Fall, bis zu diesem Zeitpunkt: ${when}. Danach bietet die Seite Ihnen einen neuen an.`,
  keep: 'Geben Sie diese Nachricht nicht weiter: Wer den Link hat, kann den Fall lesen.',
  overdue: (count) => `Fälle bei Partnern, die nicht rechtzeitig beantwortet wurden: ${count}.`,
  undelivered: (count) => `Nachrichten an Partner, die nicht zugestellt werden konnten: ${count}.`,
  unerased: (count) => `Fälle, die zu löschen sind, ohne dass der Partner es bestätigt hat: ${count}.`,
  look: (link) => `Zum Ansehen: ${link}`,
  paused: (organization, why) => `Die Nachrichten an das System von ${organization} ruhen: ${why}.`,
  pausedWhy: {
    gone: 'Es hat geantwortet, dass es unter dieser Adresse nicht mehr besteht',
    failing: 'Es hat seit drei Tagen nicht mehr richtig geantwortet',
    by_hand: 'Jemand von der Verwaltung hat es so gewollt',
  },
  waiting: (count) => `Wartende Nachrichten: ${count}. Keine geht verloren.`,
  resume: 'Die Verwaltung des Partners kann das Senden wieder aufnehmen: Alles, was wartet, geht dann sofort hinaus.',
  automatic: 'Diese Nachricht wurde automatisch gesendet. Bitte antworten Sie nicht darauf: Niemand würde Ihre Antwort lesen.',
}

const nl: MailStrings = {
  hello: 'Dag,',
  subject: {
    requested: 'Er wacht een dossier op u',
    reminded: 'Een dossier wacht op uw antwoord',
    cancelled: 'Een dossier is teruggenomen',
    erasure: 'Een dossier moet worden gewist',
    link: 'Uw nieuwe link',
    overdue: 'Er wachten dossiers',
    paused: 'Het verzenden van berichten ligt stil',
  },
  which: (number, since) => `Dossier ${number}. Toevertrouwd: ${since}.`,
  requested: 'Er is u een dossier toevertrouwd.',
  reminded: 'Een dossier dat u is toevertrouwd, wacht nog op uw antwoord.',
  remindedOutcome: 'Wij wachten op nieuws over een dossier dat u hebt overgenomen.',
  cancelled: 'Een dossier dat u was toevertrouwd, is teruggenomen. U hoeft niets meer te doen.',
  erasure: 'De persoon wil niet meer dat u haar gegevens hebt. Wis wat u over haar hebt genoteerd en bevestig dat daarna.',
  fresh: 'Hier is een nieuwe link naar uw dossier.',
  answerBy: (when) => `Laat ons uiterlijk ${when} weten of u het overneemt.`,
  outcomeBy: (when) => `Laat ons uiterlijk ${when} weten hoe het ermee staat.`,
  open: (link) => `Om het te openen: ${link}`,
  until: (when) => `Deze link opent alleen dit dossier, tot dit moment: ${when}. Daarna biedt de pagina u een nieuwe aan.`,
  keep: 'Geef dit bericht niet door: wie de link heeft, kan het dossier lezen.',
  overdue: (count) => `Dossiers bij partners die niet op tijd zijn beantwoord: ${count}.`,
  undelivered: (count) => `Berichten aan partners die niet konden worden bezorgd: ${count}.`,
  unerased: (count) => `Te wissen dossiers waarvan de partner dat nog niet heeft bevestigd: ${count}.`,
  look: (link) => `Om ze te zien: ${link}`,
  paused: (organization, why) => `De berichten aan het systeem van ${organization} liggen stil: ${why}.`,
  pausedWhy: {
    gone: 'het antwoordde dat het op dit adres niet meer bestaat',
    failing: 'het antwoordde drie dagen lang niet meer zoals het moet',
    by_hand: 'een beheerder heeft het zo gewild',
  },
  waiting: (count) => `Berichten die wachten: ${count}. Er gaat er geen verloren.`,
  resume: 'Een beheerder van de partner kan het verzenden hervatten: alles wat wacht, vertrekt dan meteen.',
  automatic: 'Dit bericht is automatisch verzonden. Antwoord er niet op: niemand zou uw antwoord lezen.',
}

const en: MailStrings = {
  hello: 'Hello,',
  subject: {
    requested: 'A case is waiting for you',
    reminded: 'A case is waiting for your answer',
    cancelled: 'A case was taken back',
    erasure: 'A case is to be erased',
    link: 'Your new link',
    overdue: 'Cases are waiting',
    paused: 'Messages are no longer sent',
  },
  which: (number, since) => `Case ${number}. Handed over: ${since}.`,
  requested: 'A case was handed to you.',
  reminded: 'A case that was handed to you is still waiting for your answer.',
  remindedOutcome: 'We are waiting for news of a case that you took over.',
  cancelled: 'A case that was handed to you was taken back. There is nothing more to do.',
  erasure: 'The person no longer wants you to have her details. Erase what you noted about her, then confirm it.',
  fresh: 'Here is a new link to your case.',
  answerBy: (when) => `Please tell us whether you take it over, at the latest ${when}.`,
  outcomeBy: (when) => `Please tell us how it stands, at the latest ${when}.`,
  open: (link) => `To open it: ${link}`,
  until: (when) => `This link opens this case only, until this moment: ${when}. Afterwards the page offers to send you a new one.`,
  keep: 'Do not pass this message on: whoever has the link can read the case.',
  overdue: (count) => `Cases with partners that were not answered in time: ${count}.`,
  undelivered: (count) => `Messages to partners that could not be delivered: ${count}.`,
  unerased: (count) => `Cases to be erased of which the partner has not confirmed it: ${count}.`,
  look: (link) => `To see them: ${link}`,
  paused: (organization, why) => `Messages to the system of ${organization} are on hold: ${why}.`,
  pausedWhy: {
    gone: 'it answered that it is gone from this address',
    failing: 'it has given no good answer for three days',
    by_hand: 'an administrator wanted it so',
  },
  waiting: (count) => `Messages that wait: ${count}. None is lost.`,
  resume: 'An administrator of the partner can resume: all that waits then goes out at once.',
  automatic: 'This message was sent automatically. Please do not reply: nobody would read your answer.',
}

const STRINGS: Record<LanguageCode, MailStrings> = { FR: fr, DE: de, NL: nl, EN: en }

/** What a partner is written: nothing about anybody, since mails are read by whoever looks over a shoulder, and by scanners. */
export function caseMailOf(mail: CaseMail, language: LanguageCode): Mailed {
  const strings = STRINGS[language]
  const when = (at: Date) => momentLabel(at, language)
  const way = 'link' in mail ? [strings.open(mail.link), strings.until(when(mail.until)), strings.keep] : []
  const due = 'due' in mail ? mail.due : null
  const first =
    mail.kind === 'link' ? strings.fresh : mail.kind === 'reminded' && due?.of !== 'ANSWER' ? strings.remindedOutcome : strings[mail.kind]
  const told = due === null ? first : `${first} ${(due.of === 'ANSWER' ? strings.answerBy : strings.outcomeBy)(when(due.at))}`
  const which = strings.which(mail.number, when(mail.requestedAt))
  return {
    subject: `${strings.subject[mail.kind]} (${mail.number})`,
    text: textOf([strings.hello, told, which, ...way, strings.automatic]),
  }
}

/** What the staff is written: how many, and where to look. */
export function staffMailOf(mail: StaffMail, language: LanguageCode): Mailed {
  const strings = STRINGS[language]
  const subject = strings.subject[mail.kind]
  if (mail.kind === 'overdue') {
    const counts = [
      ...(mail.overdue > 0 ? [strings.overdue(mail.overdue)] : []),
      ...(mail.undelivered > 0 ? [strings.undelivered(mail.undelivered)] : []),
      ...(mail.unerased > 0 ? [strings.unerased(mail.unerased)] : []),
    ]
    return { subject, text: textOf([strings.hello, counts.join('\n'), strings.look(mail.link), strings.automatic]) }
  }
  const why = strings.pausedWhy[mail.why as keyof MailStrings['pausedWhy']] ?? mail.why
  const said = `${strings.paused(mail.organization, why)} ${strings.waiting(mail.waiting)}`
  return { subject, text: textOf([strings.hello, said, strings.resume, strings.automatic]) }
}

const textOf = (paragraphs: readonly string[]): string => `${paragraphs.filter((one) => one !== '').join('\n\n')}\n`

/** "mardi 17 novembre, 11 h" */
export function momentLabel(at: Date, language: LanguageCode): string {
  const { hour, minute } = wallClockAt(at)
  // In German the day is followed by a comma already.
  return `${onDayLabel(at, [language]).replace(/,$/, '')}, ${stringsFor([language]).hours.time(hour, minute)}`
}
