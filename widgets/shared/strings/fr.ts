/**
 * Every word the widgets say by themselves; what comes from the API is translated there.
 * French defines which texts exist: in de.ts, nl.ts and en.ts a missing one is a compile error.
 * The three objects are exported apart so that a bundle of one element leaves the other's texts out.
 * The only telephone number allowed here is 112.
 */

/** Replaced by the build: a bundle and a language's file fit together only when both say the same (see languages.ts). */
export const edition: string = 'source'

export const common = {
  loading: 'Un instant…',
  optional: 'facultatif',
  emergency: 'Danger immédiat ? Appelez le',
  exit: 'Quitter vite cette page',
  exitHint: 'ou trois fois la touche Maj',
  retry: 'Réessayer',
  offline: 'Vous êtes hors ligne.',
  unreachable: 'Le service ne répond pas.',
  limited: 'Trop de demandes : réessayez dans quelques minutes.',
  rejected: 'Ce site ne peut pas utiliser ce service.',
  failed: 'Une erreur s’est produite chez nous.',
}

/** Which privacy notice `callback.notice` is; stored with each request. Change it with the text, in all languages. */
export const NOTICE_VERSION = '2026-11-22.2'

export const callback = {
  title: 'Être rappelé gratuitement',
  intro: 'Laissez un numéro : une personne vous rappelle, sans jugement.',
  start: 'Demander un rappel',
  follow: 'Suivre ma demande',
  back: 'Retour',

  problems: 'Un point à corriger|{n} points à corriger',
  missing: 'À compléter : {field}',

  need: 'De quoi s’agit-il ?',
  noNeed: 'J’en parlerai au téléphone',
  about: 'Sujet :',
  line: 'Qui doit vous rappeler ?',

  safe: 'Comment vous joindre sans risque ?',
  voicemail: 'Nous pouvons laisser un message vocal',
  sms: 'Nous pouvons vous envoyer un SMS, qui ne dit pas de quoi il s’agit',
  sayWhoCalls: 'Nous pouvons dire qui appelle',
  note: 'Autre précaution',
  noteHint: 'Par exemple : pas après 16 h',

  phone: 'Votre numéro de téléphone',
  phoneHint: 'Par exemple 0470 12 34 56',
  name: 'Votre nom ou prénom',
  postalCode: 'Votre code postal',
  postalCodeHint: '4 chiffres, là où vous vivez',
  email: 'Votre adresse e-mail',
  emailHint: 'Pour recevoir votre référence. Le message ne dit pas de quoi il s’agit.',
  language: 'Langue de l’appel',
  message: 'Votre message',
  messageHint: 'Sans numéro national, numéro de compte ni détail de santé',

  day: 'Quand vous appeler ?',
  slot: 'À quel moment de la journée ?',
  asap: 'Dès que possible',
  probably: 'sans doute {when}',
  at: '{line} vous rappelle : {when}.',
  soon: '{line} vous rappelle dès que possible, sans doute {when}.',
  when: '{line} vous rappelle dès que possible, pendant les heures d’ouverture.',
  notice:
    '{organization} utilise ces données pour vous rappeler et vous donner des nouvelles de votre demande. ' +
    'C’est une mission publique : votre accord n’est pas demandé. ' +
    'Votre numéro et ce que vous avez écrit sont effacés 30 jours après la fin de votre demande, 14 si personne n’a pu vous joindre, ' +
    '90 si elle est confiée à un partenaire ; le besoin et le code postal restent, sans vous, pour compter. ' +
    'Vous pouvez demander à les voir, à les corriger ou à les effacer.',
  us: 'L’organisme choisi',

  trap: 'Laissez ce champ vide',
  send: 'Envoyer ma demande',
  sending: 'Envoi en cours…',
  retrying: 'Pas de réponse : nous réessayons dans un instant. Gardez cette page ouverte, ou appelez.',
  waiting: 'Vous êtes hors ligne : votre demande partira dès que le réseau revient. Gardez cette page ouverte, ou appelez.',
  solving:
    'Il y a beaucoup de demandes : votre appareil fait un calcul de quelques secondes, puis envoie la vôtre. Vous pouvez aussi appeler :',
  conflict: 'L’envoi n’a pas abouti : envoyez encore une fois.',
  kept: 'Ce que vous avez écrit est toujours là.',

  done: 'C’est noté, nous vous rappelons',
  reference: 'Votre référence',
  keep: 'Gardez-la pour suivre votre demande.',
  masked: 'Nous avons retiré de votre texte un numéro national ou de compte : personne ici n’en a besoin.',
  notFormal: 'Ceci n’est pas une demande d’aide officielle.',
  copy: 'Copier',
  copied: 'Copié',
  print: 'Imprimer',

  safety: 'Votre sécurité d’abord : appelez',
  iAmSafe: 'Je suis en sécurité, je souhaite un rappel',

  empty: 'Aucun rappel possible pour le moment : appelez.',
}

/** The words of `callback/follow.ts` alone: they come with it, in all languages. */
export const follow = {
  see: 'Voir où elle en est',
  notFound: 'Aucune demande avec cette référence et ce numéro.',
  yours: 'Votre demande',
  status: {
    NEW: 'Reçue : nous vous rappelons.',
    CLAIMED: 'Quelqu’un va vous appeler.',
    REACHED: 'Nous nous sommes parlé.',
    CLOSED: 'Terminée. Si vous avez fait une autre demande pour ce numéro, suivez-la avec sa référence.',
    ESCALATED: 'Confiée à un partenaire, qui prendra contact avec vous.',
    UNREACHABLE: 'Nous n’avons pas pu vous joindre : appelez-nous.',
    CANCELLED: 'Cette demande est retirée. Si vous en avez fait une autre pour ce numéro, elle reste.',
  } as Record<string, string>,
  asked: 'Demandée le {date}',
  same: 'Ne rien changer',
  move: 'Changer le moment',
  moveNow: 'Changer',
  made: 'C’est fait.',
  none: 'Aucun autre moment n’est proposé actuellement.',
  cancel: 'Retirer ma demande',
  cancelSure: 'Retirer votre demande ? Si vous en avez fait une autre pour ce numéro, elle reste.',
  cancelNow: 'Oui, retirer ma demande',
  erase: 'Effacer mes données',
  eraseSure:
    'Effacer vos données ? La demande est retirée si elle est en cours, et la référence ne sert plus. ' +
    'Si vous en avez fait une autre pour ce numéro, elle reste.',
  eraseNow: 'Oui, effacer mes données',
  erased: 'Vos données sont effacées. Si vous avez fait une autre demande pour ce numéro, elle reste.',
  handed: {
    HANDED_OVER: 'Confiée à {name}, qui doit encore répondre.',
    TAKEN_OVER: '{name} s’occupe de votre demande et va vous contacter.',
    UNDER_WAY: '{name} s’occupe de votre demande.',
    DONE: '{name} a fini de s’occuper de votre demande.',
    LOOKING_AGAIN: 'Nous cherchons une autre solution, et nous vous rappelons.',
  } as Record<string, string>,
  agreement: 'Retirer mon accord',
  agreementSure: 'Retirer votre accord ? {name} ne s’occupe plus de votre demande, et doit effacer ce qui a été transmis.',
  weCallThen: 'Nous vous rappelons ensuite, sauf si vous retirez aussi votre demande.',
  agreementNow: 'Oui, retirer mon accord',
  agreementGone: 'Votre accord est retiré. Le partenaire est prévenu et doit effacer vos données.',
  back: 'Nous vous rappelons, sauf si vous retirez votre demande.',
  answer: 'Dire si cela m’a aidé',
  contacted: 'Quelqu’un vous a-t-il contacté ?',
  useful: 'Cela vous a-t-il aidé ?',
  still: 'Avez-vous encore besoin d’aide ?',
  yes: 'Oui',
  no: 'Non',
  say: 'Envoyer',
  thanks: 'Merci. C’est noté.',
  reopened: 'C’est noté : nous vous rappelons.',
}

export const finder = {
  title: 'Trouver une aide',
  intro: 'Choisissez un sujet, ou dites-le avec vos mots.',
  words: 'Que cherchez-vous ?',
  wordsHint: 'Par exemple : facture d’électricité',
  missing: 'Dites ce que vous cherchez, ou choisissez un sujet.',
  commune: 'Où habitez-vous ?',
  communeHint: 'Commune ou code postal',
  communeUnknown: 'Nous ne trouvons pas cette commune : voici toutes les aides.',
  which: 'Quelle commune ?',
  communes: '{n} commune proposée|{n} communes proposées',
  who: 'Pour mieux vous répondre',
  age: 'Votre âge',
  ageHint: 'En chiffres, par exemple 67',
  ageWrong: 'Écrivez votre âge en chiffres, par exemple 67.',
  audiences: 'Ce qui vous concerne',
  languages: 'Langues que vous parlez',
  openNow: 'Ouvert maintenant',
  search: 'Chercher',
  subjects: 'Ou choisissez un sujet',
  back: 'Autre recherche',
  all: 'Tout',

  count: '{n} résultat|{n} résultats',
  more: 'Voir plus d’aides',
  near: 'Près de chez vous',
  everywhere: 'Où que vous habitiez',
  byPhone: 'Par téléphone',
  local: 'Dans certaines communes',
  unlikely: 'Probablement pas pour vous',
  eligible: 'Pour vous',
  maybe: 'À vérifier',
  full: 'Complet pour le moment.',
  questions: 'Questions et réponses',
  urgent: 'Commencez par appeler',

  details: 'En savoir plus',
  conditions: 'Pour qui',
  how: 'Comment demander',
  documents: 'À apporter',
  cost: 'Prix',
  where: 'Adresse',
  route: 'Itinéraire',
  newTab: 'nouvel onglet',
  site: 'Site internet',
  checked: 'Vérifié : {date}.',
  source: 'Source :',
  share: 'Partager cette recherche',
  copied: 'Lien copié.',
  link: 'Lien à copier',
  print: 'Imprimer',

  report: 'Signaler une erreur',
  topic: 'Qu’est-ce qui ne va pas ?',
  topics: {
    CONTACT: 'Le numéro ou l’adresse',
    HOURS: 'Les horaires',
    CONDITIONS: 'Les conditions ou le prix',
    GONE: 'Cela n’existe plus',
    TEXT: 'Le texte',
    OTHER: 'Autre chose',
  },
  message: 'Ce que vous avez constaté',
  messageHint: 'N’écrivez rien sur vous-même.',
  send: 'Envoyer',
  thanks: 'Merci, nous allons vérifier.',

  unhelped: 'Vous n’avez pas trouvé ?',
  unhelpedText: 'Une personne peut chercher avec vous.',
  notThis: 'Cela ne m’aide pas : je veux être rappelé',
  callMe: 'Demander à être rappelé',
  callThem: 'Vous pouvez appeler :',
  empty: 'Nous n’avons rien trouvé',
  emptyText: 'Essayez un autre mot ou un autre sujet.',
}

export interface Texts {
  edition: string
  common: typeof common
  callback: typeof callback
  follow: typeof follow
  finder: typeof finder
}
