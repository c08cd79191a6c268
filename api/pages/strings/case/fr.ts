import type { CancelReason, EscalationState, FailReason, LanguageCode, RejectReason, Urgency } from '../../../db/generated/enums.ts'
import type { Outcome } from '../../../desk/rules/close.ts'

/** Sentences of the page of one case, for partners who are told by mail. */
export type CaseStrings = {
  title: string
  /** Before it is opened, in a sentence. */
  number: (number: string) => string
  since: string
  line: string
  unsent: string
  byLine: string
  byPartner: string
  cancelReasons: Record<CancelReason, string>
  intro: string
  state: Record<EscalationState, string>
  answerBy: (when: string) => string
  outcomeBy: (when: string) => string
  open: string
  openHint: string
  gone: string
  goneText: string
  renew: string
  renewed: string
  renewedText: string
  over: string
  who: string
  phone: string
  name: string
  email: string
  postalCode: string
  language: string
  languages: Record<LanguageCode, string>
  message: string
  wishes: string
  voicemail: { yes: string; no: string; unsaid: string }
  sms: { yes: string; no: string; unsaid: string }
  sayWhoCalls: { yes: string; no: string; unsaid: string }
  asked: string
  need: string
  urgency: string
  urgencies: Record<Urgency, string>
  history: string
  what: string
  accept: string
  acceptHint: string
  reject: string
  progress: string
  hold: string
  complete: string
  fail: string
  reason: string
  outcome: string
  note: string
  noteHint: string
  holdNote: string
  choose: string
  rejectReasons: Record<RejectReason, string>
  failReasons: Record<FailReason, string>
  outcomes: Record<Outcome, string>
  erase: string
  eraseText: string
  eraseNow: string
  done: string
  changed: string
  refused: string
  required: string
  foreignPage: string
  unreadable: string
  away: string
  failed: string
}

export const fr: CaseStrings = {
  title: 'Un dossier confié à votre organisation',
  number: (number) => `Dossier ${number}.`,
  since: 'Confié',
  line: 'Qui vous le confie',
  unsent: 'Ce que vous avez écrit n’est pas parti :',
  byLine: 'la ligne',
  byPartner: 'votre organisation',
  cancelReasons: {
    AGREEMENT_WITHDRAWN: 'La personne a retiré son accord : ne l’appelez plus.',
    ERASED: 'La personne a fait effacer ses données : ne l’appelez plus.',
    REROUTED: 'Un autre partenaire s’en occupe.',
    TAKEN_BACK: 'La ligne a repris le dossier.',
  },
  intro: 'Ce lien ouvre un seul dossier. Qui l’ouvre voit les coordonnées d’une personne : chaque ouverture est notée.',
  state: {
    REQUESTED: 'Le dossier attend d’être ouvert',
    RECEIVED: 'Reçu, sans réponse encore',
    ACCEPTED: 'Pris en charge',
    REJECTED: 'Non pris en charge',
    IN_PROGRESS: 'En cours',
    ON_HOLD: 'En attente',
    COMPLETED: 'Terminé',
    FAILED: 'Arrêté',
    CANCELLED: 'Retiré',
  },
  answerBy: (when) => `Votre réponse est attendue au plus tard ${when}.`,
  outcomeBy: (when) => `Le résultat est attendu au plus tard ${when}.`,
  open: 'Ouvrir le dossier',
  openHint: 'Les coordonnées ne s’affichent qu’ensuite.',
  gone: 'Ce lien n’est plus valable',
  goneText: 'Un lien vaut sept jours. Vous pouvez en recevoir un nouveau, à l’adresse où le premier a été envoyé.',
  renew: 'Recevoir un nouveau lien',
  renewed: 'C’est demandé',
  renewedText:
    'Si ce lien a déjà été valable et que le dossier est encore le vôtre, un nouveau lien arrive par e-mail dans quelques minutes.',
  over: 'Ce dossier n’est plus chez vous : les coordonnées ne sont plus affichées.',
  who: 'La personne',
  phone: 'Téléphone',
  name: 'Nom',
  email: 'E-mail',
  postalCode: 'Code postal',
  language: 'Langue',
  languages: { FR: 'français', DE: 'allemand', NL: 'néerlandais', EN: 'anglais' },
  message: 'Ses mots',
  wishes: 'À respecter avant d’appeler',
  voicemail: {
    yes: 'Message vocal permis, sans dire le sujet.',
    no: 'Ne laissez pas de message vocal.',
    unsaid: 'Message vocal : elle ne l’a pas dit, n’en laissez pas.',
  },
  sms: { yes: 'SMS permis, sans dire le sujet.', no: 'N’envoyez pas de SMS.', unsaid: 'SMS : elle ne l’a pas dit, n’en envoyez pas.' },
  sayWhoCalls: {
    yes: 'Vous pouvez dire qui appelle.',
    no: 'Ne dites pas qui appelle à quelqu’un d’autre.',
    unsaid: 'Dire qui appelle : elle ne l’a pas dit, ne le dites à personne d’autre.',
  },
  asked: 'Ce qui vous est demandé',
  need: 'Sujet',
  urgency: 'Urgence',
  urgencies: { DANGER: 'danger', CRISIS: 'crise', SOON: 'bientôt', INFO: 'information' },
  history: 'Ce qui s’est passé',
  what: 'Que faites-vous ?',
  accept: 'Nous prenons en charge',
  acceptHint: 'La personne en est informée, si elle le souhaite.',
  reject: 'Nous ne prenons pas en charge',
  progress: 'Nous avançons',
  hold: 'Nous attendons quelque chose',
  complete: 'C’est terminé',
  fail: 'Nous ne pouvons pas continuer',
  reason: 'Pourquoi ?',
  outcome: 'Quel est le résultat ?',
  note: 'Note pour la ligne',
  noteHint: 'La personne ne la voit pas.',
  holdNote: 'Qu’attendez-vous ?',
  choose: 'Choisissez',
  rejectReasons: {
    NO_CAPACITY: 'Plus de place',
    NOT_OUR_NEED: 'Pas notre sujet',
    OUT_OF_AREA: 'Pas notre région',
    NOT_ELIGIBLE: 'Pas pour cette personne',
    TOO_LITTLE_KNOWN: 'Trop peu d’informations',
    ALREADY_KNOWN: 'Déjà suivie ici',
    OTHER: 'Autre raison (voir la note)',
  },
  failReasons: {
    NOT_REACHABLE: 'Personne injoignable',
    DECLINED_BY_PERSON: 'La personne ne le souhaite plus',
    NO_CAPACITY: 'Plus de place',
    NOT_OUR_NEED: 'Ce n’était pas notre sujet',
    OTHER: 'Autre raison (voir la note)',
  },
  outcomes: {
    RESOLVED: 'La personne a ce qu’il lui fallait',
    PARTLY: 'Elle en a une partie',
    NO_HELP_AVAILABLE: 'Personne ne peut l’aider pour cela',
    NOT_REACHABLE: 'La personne n’a pas pu être jointe',
    NOT_ELIGIBLE: 'Ce qui existe n’est pas pour elle',
    DECLINED_BY_PERSON: 'Elle ne le souhaite plus',
    REFERRED_ON: 'Elle est orientée vers qui peut l’aider',
  },
  erase: 'À effacer',
  eraseText: 'Effacez tout ce que vous avez noté de cette personne, puis confirmez-le.',
  eraseNow: 'Nous avons tout effacé',
  done: 'C’est noté.',
  changed: 'Le dossier a changé entre-temps : voyez où il en est.',
  refused: 'Ce n’est pas possible à ce stade.',
  required: 'Dites-le, s’il vous plaît.',
  foreignPage: 'Cet envoi ne vient pas de cette page.',
  unreadable: 'Cet envoi n’a pas pu être lu.',
  away: 'Le service ne répond pas pour le moment. Réessayez dans un instant.',
  failed: 'Une erreur s’est produite chez nous. Réessayez plus tard.',
}
