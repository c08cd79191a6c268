import type { Retention } from '../../../callback/rules/retention.ts'
import type { CallbackStatus } from '../../../db/generated/enums.ts'
import type { CitizenState } from '../../../escalation/rules/shared.ts'

/**
 * Which privacy notice `notice` is; stored with each request. The widget tells the same, so the two versions change together, and with every
 * change of the text in any language. The days are those of the configuration.
 */
export const NOTICE_VERSION = '2026-11-22.2'

/** The words of asking for a call, and of following that request, without a script. */
export type CallbackStrings = {
  title: string
  intro: string
  /** Below an answer. */
  unhelped: string
  /** In front of the title of a page that came back with something to put right. */
  error: string
  problems: (count: number) => string
  optional: string
  who: string
  about: string
  need: string
  noNeed: string
  line: string
  safe: string
  voicemail: string
  sms: string
  sayWhoCalls: string
  note: string
  noteHint: string
  phone: string
  phoneHint: string
  email: string
  emailHint: string
  spoken: string
  name: string
  postalCode: string
  postalCodeHint: string
  when: string
  /** That nothing need be chosen. */
  whenHint: string
  moreDays: string
  asap: string
  /** `when` as `estimateLabel` gives it. */
  probably: (when: string) => string
  /** In place of the slots while nobody is chosen who has them. */
  timesLater: string
  showTimes: string
  message: string
  messageHint: string
  /** The label of the field that only programs fill in. */
  leaveEmpty: string
  noticeTitle: string
  /** `organization` begins the sentence. */
  notice: (organization: string, days: Retention) => string
  anyOrganization: string
  notFormal: string
  send: string
  orCall: string
  nobody: string
  kept: string
  /** Failures that the API has no sentence for, or another. */
  volume: string
  failed: string
  alreadySent: string
  foreignPage: string
  unreadable: string
  tooLong: string
  safety: string
  iAmSafe: string
  done: string
  reference: string
  keep: string
  /** `line` is its name; `when` as `slotLabel` and `estimateLabel` give it. */
  at: (line: string, when: string) => string
  soon: (line: string, when: string) => string
  later: (line: string) => string
  masked: string
  print: string
  again: string
  follow: string
  followIntro: string
  look: string
  yours: string
  asked: (day: string) => string
  status: Record<CallbackStatus, string>
  move: string
  moveNow: string
  moved: string
  /** There is nothing to move to. */
  noTimes: string
  withdraw: string
  withdrawAsk: string
  withdrawSure: string
  withdrawNow: string
  erase: string
  eraseAsk: string
  eraseSure: string
  eraseNow: string
  erased: string
  erasedText: string
  /** Who has taken it over, by how far it is; takes the organization's name. */
  handed: Record<CitizenState, (partner: string) => string>
  agreement: string
  agreementAsk: string
  agreementSure: (partner: string) => string
  /** Said besides where somebody calls once a partner has it no more. */
  weCallThen: string
  agreementNow: string
  agreementGone: string
  /** Of one that no partner has any more, and that the line calls about. */
  back: string
  answer: string
  answerNow: string
  contacted: string
  useful: string
  still: string
  yes: string
  no: string
  thanks: string
  reopened: string
  nothing: string
}

export const fr: CallbackStrings = {
  title: 'Être rappelé gratuitement',
  intro: 'Laissez votre numéro : une personne vous rappelle, gratuitement et sans jugement.',
  unhelped: 'Cela ne vous aide pas ? Demandez à être rappelé',
  error: 'Erreur : ',
  problems: (count) => (count > 1 ? `${count} points sont à corriger` : 'Un point est à corriger'),
  optional: 'facultatif',
  who: 'Qui vous rappelle :',
  about: 'Sujet :',
  need: 'De quoi s’agit-il ?',
  noNeed: 'J’en parlerai au téléphone',
  line: 'Qui doit vous rappeler ?',
  safe: 'Comment vous joindre sans risque ?',
  voicemail: 'Nous pouvons laisser un message vocal',
  sms: 'Nous pouvons vous envoyer un SMS, qui ne dit pas de quoi il s’agit',
  sayWhoCalls: 'Nous pouvons dire qui appelle',
  note: 'Autre précaution',
  noteHint: 'Par exemple : pas après 16 h',
  phone: 'Votre numéro de téléphone',
  phoneHint: 'Par exemple 0470 12 34 56',
  email: 'Votre adresse e-mail',
  emailHint: 'Pour recevoir votre référence. Le message ne dit pas de quoi il s’agit.',
  spoken: 'Langue de l’appel',
  name: 'Votre nom ou prénom',
  postalCode: 'Votre code postal',
  postalCodeHint: '4 chiffres, là où vous vivez',
  when: 'Quand vous appeler ?',
  whenHint: 'Sans choix de votre part, nous appelons dès que possible.',
  moreDays: 'Autres jours',
  asap: 'Dès que possible',
  probably: (when) => `sans doute ${when}`,
  timesLater:
    'Nous appelons dès que possible. Pour un moment précis, choisissez ci-dessus qui vous rappelle, puis voyez ses moments libres.',
  showTimes: 'Voir les moments libres',
  message: 'Votre message',
  messageHint: 'Sans numéro national, numéro de compte ni détail de santé',
  leaveEmpty: 'Laissez ce champ vide',
  noticeTitle: 'Vos données',
  notice: (organization, { closedDays, unreachedDays, escalatedDays }) =>
    `${organization} utilise ces données pour vous rappeler et vous donner des nouvelles de votre demande. C’est une mission publique : ` +
    `votre accord n’est pas demandé. Votre numéro et ce que vous avez écrit sont effacés ${closedDays} ${closedDays > 1 ? 'jours' : 'jour'} ` +
    `après la fin de votre demande, ${unreachedDays} si personne n’a pu vous joindre, ${escalatedDays} si elle est confiée à un partenaire ; ` +
    'le besoin et le code postal restent, sans vous, pour compter. Vous pouvez demander à les voir, à les corriger ou à les effacer.',
  anyOrganization: 'L’organisme que vous choisissez',
  notFormal: 'Ceci n’est pas une demande d’aide officielle.',
  send: 'Envoyer ma demande',
  orCall: 'Vous pouvez aussi appeler',
  nobody: 'Aucun rappel n’est possible pour le moment : appelez.',
  kept: 'Ce que vous avez écrit est toujours là.',
  volume: 'Beaucoup de demandes arrivent en ce moment, et nous ne pouvons pas prendre la vôtre ici. Appelez, ou réessayez plus tard.',
  failed: 'Une erreur s’est produite chez nous. Réessayez, ou appelez : votre demande ne sera pas enregistrée deux fois.',
  alreadySent:
    'Vous avez déjà envoyé une demande depuis cette page, avec d’autres réponses. Pour y ajouter ce qui est écrit ici, envoyez de nouveau.',
  foreignPage: 'Ce formulaire a été envoyé depuis une autre page que la nôtre : rien n’est enregistré. Recommencez ici, ou appelez.',
  unreadable: 'Nous n’avons pas pu lire ce qui a été envoyé : rien n’est enregistré. Recommencez ici, ou appelez.',
  tooLong: 'Ce qui a été envoyé est trop long : rien n’est enregistré. Recommencez ici avec un message plus court, ou appelez.',
  safety: 'Votre sécurité d’abord : appelez',
  iAmSafe: 'Je suis en sécurité, je souhaite un rappel',
  done: 'C’est noté, nous vous rappelons',
  reference: 'Votre référence',
  keep: 'Notez-la : avec votre numéro, elle permet de suivre, de retirer ou d’effacer votre demande.',
  at: (line, when) => `${line} vous appelle ${when}.`,
  soon: (line, when) => `${line} vous appelle dès que possible, sans doute ${when}.`,
  later: (line) => `${line} vous appelle dès que possible, pendant ses heures d’ouverture.`,
  masked: 'Nous avons retiré de votre texte un numéro national ou un numéro de compte : personne ici n’en a besoin.',
  print: 'Vous pouvez imprimer cette page.',
  again: 'Nouvelle demande',
  follow: 'Suivre ma demande',
  followIntro: 'Il faut votre référence et le numéro de téléphone que vous avez donné.',
  look: 'Voir ma demande',
  yours: 'Votre demande',
  asked: (day) => `Envoyée le ${day}.`,
  status: {
    NEW: 'Reçue : nous vous rappelons.',
    CLAIMED: 'Quelqu’un s’en occupe et va vous appeler.',
    REACHED: 'Nous nous sommes parlé.',
    CLOSED: 'Terminée. Si vous avez fait une autre demande pour ce numéro, suivez-la avec sa référence.',
    ESCALATED: 'Confiée à un partenaire, qui prendra contact avec vous.',
    UNREACHABLE: 'Nous n’avons pas pu vous joindre : appelez-nous.',
    CANCELLED: 'Cette demande est retirée. Si vous en avez fait une autre pour ce numéro, elle reste.',
  },
  move: 'Changer le moment',
  moveNow: 'Changer le moment',
  moved: 'Le moment est changé.',
  noTimes: 'Aucun autre moment n’est proposé actuellement.',
  withdraw: 'Retirer ma demande',
  withdrawAsk: 'Retirer votre demande ?',
  withdrawSure: 'Seule cette demande est retirée. Si vous en avez fait une autre pour ce numéro, elle reste.',
  withdrawNow: 'Oui, retirer ma demande',
  erase: 'Effacer mes données',
  eraseAsk: 'Effacer vos données ?',
  eraseSure: 'Une demande en cours est retirée, et la référence ne sert plus. On ne peut pas revenir en arrière.',
  eraseNow: 'Oui, effacer mes données',
  erased: 'Vos données sont effacées',
  erasedText:
    'Votre numéro et ce que vous aviez écrit dans cette demande sont effacés. Si vous en avez fait une autre pour ce numéro, elle reste.',
  handed: {
    HANDED_OVER: (partner) => `Confiée à ${partner}, qui doit encore répondre.`,
    TAKEN_OVER: (partner) => `${partner} s’occupe de votre demande et va vous contacter.`,
    UNDER_WAY: (partner) => `${partner} s’occupe de votre demande.`,
    DONE: (partner) => `${partner} a fini de s’occuper de votre demande.`,
    LOOKING_AGAIN: () => 'Nous cherchons une autre solution, et nous vous rappelons.',
  },
  agreement: 'Retirer mon accord',
  agreementAsk: 'Retirer votre accord ?',
  agreementSure: (partner) => `${partner} ne s’occupe plus de votre demande, et doit effacer ce qui a été transmis.`,
  weCallThen: 'Nous vous rappelons ensuite, sauf si vous retirez aussi votre demande.',
  agreementNow: 'Oui, retirer mon accord',
  agreementGone: 'Votre accord est retiré. Le partenaire est prévenu et doit effacer vos données.',
  back: 'Nous vous rappelons, sauf si vous retirez votre demande.',
  answer: 'Dire si cela m’a aidé',
  answerNow: 'Envoyer',
  contacted: 'Quelqu’un vous a-t-il contacté ?',
  useful: 'Cela vous a-t-il aidé ?',
  still: 'Avez-vous encore besoin d’aide ?',
  yes: 'Oui',
  no: 'Non',
  thanks: 'Merci. C’est noté.',
  reopened: 'C’est noté : nous vous rappelons.',
  nothing: 'Ne rien changer',
}
