import { type ContentStrings, fr as content } from './content/fr.ts'
import { fr as site } from './site/fr.ts'
import type { ConflictCode, ProblemCode } from '../errors.ts'
import { waitLabel } from './wait.ts'

/** The ten legal holidays of Belgium (royal decree of 18 April 1974, article 1). */
export type Holiday =
  | 'new-year'
  | 'easter-monday'
  | 'labour-day'
  | 'ascension'
  | 'whit-monday'
  | 'national-day'
  | 'assumption'
  | 'all-saints'
  | 'armistice'
  | 'christmas'

type Params = Record<string, string | number>

/** What happened to a request that the person is told of. */
type ToldKind = 'requested' | 'rescheduled' | 'cancelled' | 'unreachable' | 'oriented' | 'taken_over' | 'outcome_known'

/** Every sentence the API says by itself, one object a language. Records' own texts are in the database. */
export type Strings = {
  problems: Record<ProblemCode, (params: Params) => string>
  invalidInput: (count: number) => string
  conflicts: Record<ConflictCode, string>
  nothingWaiting: string
  notFound: { callback: string; record: string }
  signInRequired: string
  forbidden: string
  slotTaken: string
  challengeRequired: (number: string) => string
  siteRefused: { UNKNOWN_SITE: string; ORIGIN_NOT_ALLOWED: string }
  unavailable: string
  /** `number`: whom to call instead, where that is known. */
  tooManyRequests: (minutes: number, number?: string) => string
  postRequired: string
  demonstration: string
  hours: {
    /** "8 h 30", "8.30 Uhr" … from 24-hour numbers. */
    time: (hour: number, minute: number) => string
    unknown: string
    openAlways: string
    openUntil: (time: string) => string
    openUntilDay: (day: string, time: string) => string
    opensToday: (time: string) => string
    opensTomorrow: (time: string) => string
    /** `day` is a weekday, or a weekday with its date when it is more than six days away. */
    opensOn: (day: string, time: string) => string
    closed: string
    /** Closed for a time, whatever the hours. */
    suspended: string
    /** Its last day has passed. */
    ended: string
    closedOn: (holiday: Holiday) => string
    /** `reason` is a noun without article, in the editors' words: "inventaire". */
    closedFor: (reason: string) => string
    closedOnHolidays: string
    /** `days` with their names, separated by commas. */
    closedAlso: (days: string) => string
  }
  slots: {
    today: string
    tomorrow: string
    /** The night that has begun, or is about to. */
    tonight: string
    /** "lundi 23 novembre", from "lundi" and "23 novembre". */
    date: (weekday: string, day: string) => string
    /** A date within a sentence: when something happens. */
    onDate: (date: string) => string
    /** Times as `hours.time` has them. */
    times: (from: string, to: string) => string
    /** `when`: today, tomorrow, or what `onDate` gives. */
    between: (when: string, from: string, to: string) => string
    /** `when`: today or tonight. */
    before: (when: string, time: string) => string
  }
  /** What is sent to a person. Whoever else reads it must not learn what her request is about, nor whom she asked. */
  notices: {
    asSoonAsPossible: string
    /** `when`: a slot as `slots.between` gives it, or `asSoonAsPossible`. */
    mail: {
      subject: (reference: string) => string
      hello: string
      told: Record<ToldKind, string>
      reference: (reference: string) => string
      call: (when: string) => string
      /** `day` as `slots.onDate` gives it. */
      tried: (count: number, day: string) => string
      again: string
      follow: string
      notYou: string
      automatic: string
    }
    /** 160 characters at most with the longest date, of the alphabet of text messages once accents it lacks are left out. */
    sms: Record<ToldKind, (reference: string, when: string) => string>
  }
  holidays: Record<Holiday, string>
  /** Why a partner fits a request or not, as an agent reads it, and what she reads to the person before she hands it over. */
  partners: {
    accepting: { yes: string; no: string }
    /** `open` cases of so many that it can look after. */
    room: { yes: (open: number, capacity: number | null) => string; no: (open: number, capacity: number | null) => string }
    unreachable: string
    need: { all: string; yes: (need: string) => string; no: (need: string) => string; unknown: string }
    place: { all: string; yes: (place: string) => string; no: (place: string) => string; unknown: string }
    language: { yes: (language: string) => string; no: (language: string) => string }
    /**
     * To be read aloud; `also`: the sentences of what goes along besides. Whoever changes its sense gives it another version
     * (`escalation/rules/shared.ts`).
     */
    agreement: {
      one: (partner: string, also: string) => string
      also: Record<'NAME' | 'EMAIL' | 'PLACE' | 'MESSAGE', string>
      anyone: string
    }
  }
  /** `instead`: the number to call, if any. */
  lineEnded: (instead: string | null) => string
  freshness: {
    /** `month` with its year, `date` with day, month and year. */
    stale: (month: string) => string
    neverChecked: string
    checkFailed: (date: string) => string
  }
  reasons: ReasonStrings & {
    /** It is made for people of other places, and given by phone or online. */
    madeFor: (areas: string) => string
    areaYes: (commune: string | null) => string
    areaNo: (commune: string | null) => string
    /** `communes`: "Bruxelles ou Ixelles", when it is known to be one of them. */
    areaUnknown: (communes: string | null) => string
    /** The same of what must not be: a service that is not for these people. */
    not: ReasonStrings
  }
  content: ContentStrings
  areas: { country: string; regions: Record<string, string>; provinces: Record<string, string> }
}

type ReasonStrings = {
  ageWithin: (min: number | null, max: number | null) => string
  ageOutside: (min: number | null, max: number | null) => string
  ageUnknown: (min: number | null, max: number | null) => string
  audienceYes: (label: string) => string
  audienceNo: (label: string) => string
  audienceUnknown: (label: string) => string
  languageYes: (language: string) => string
  languageNo: (language: string) => string
  languageUnknown: (language: string) => string
  condition: (text: string) => string
  assessed: (text: string) => string
}

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `de ${min} à ${max} ans` : min !== null ? `à partir de ${min} ans` : `jusqu’à ${max} ans`

/** The holidays' own names, and as one says them after "fermé pour". */
const holidays: Strings['holidays'] = {
  'new-year': 'jour de l’An',
  'easter-monday': 'lundi de Pâques',
  'labour-day': '1er mai',
  ascension: 'Ascension',
  'whit-monday': 'lundi de Pentecôte',
  'national-day': 'fête nationale',
  assumption: 'Assomption',
  'all-saints': 'Toussaint',
  armistice: '11 novembre',
  christmas: 'Noël',
}
const articles: Partial<Record<Holiday, string>> = {
  ascension: 'l’',
  'national-day': 'la ',
  assumption: 'l’',
  'all-saints': 'la ',
  christmas: '',
}

export const fr: Strings = {
  content,
  problems: {
    required: () => 'Cette information est nécessaire.',
    too_long: ({ max }) => `Ce texte est trop long : ${max} caractères au plus.`,
    too_many: ({ max }) => `C’est trop à la fois : ${max} choix au plus.`,
    out_of_range: ({ min, max }) => `Cette valeur doit être comprise entre ${min} et ${max}.`,
    malformed: () => 'Cette valeur n’a pas la forme attendue.',
    unknown: ({ value }) => `« ${value} » n’existe pas.`,
    contradictory: () => 'Ce code postal et cette commune ne vont pas ensemble.',
    one_only: () => 'Nommez un service ou une question, pas les deux.',
    phone_malformed: () => 'Ce numéro de téléphone ne semble pas correct. Exemple : 0470 12 34 56.',
    phone_not_allowed: () => 'Nous ne pouvons pas rappeler ce numéro. Donnez un numéro fixe ou de GSM de Belgique ou d’un pays voisin.',
    line_takes_no_callbacks: ({ number }) => `Cette ligne ne rappelle pas. Appelez le ${number}.`,
    line_not_in_service: ({ number }) => `Cette ligne n’est pas en service.${number ? ` Appelez le ${number}.` : ''}`,
    slot_not_offered: () => 'Ce moment n’est pas proposé par cette ligne.',
    email_malformed: () => 'Cette adresse e-mail ne semble pas correcte. Exemple : ada@exemple.be.',
    email_unsupported: () =>
      "Personne ne peut se connecter avec cette adresse : seulement lettres sans accent, chiffres et . _ + - '. Prenez-en une autre.",
    moment_over: () => 'Ce moment est déjà passé.',
    moment_too_far: ({ days }) => `Ce moment est trop loin : ${days} jours au plus.`,
    moment_closed: () => 'La ligne est fermée à ce moment-là.',
    url_refused: () => 'L’adresse doit commencer par https, être publique, sans mot de passe, sur le port 443 ou un port à partir de 1024.',
    not_sendable: () => 'Rien ne peut être envoyé ainsi : la personne ne l’a pas souhaité, ou cela pourrait l’exposer.',
    endpoint_missing: () => 'Ce partenaire n’a pas encore d’adresse technique vérifiée.',
    ...content.problems,
    ...site.problems,
  },
  invalidInput: (count) => (count > 1 ? `${count} informations sont à corriger.` : 'Une information est à corriger.'),
  conflicts: {
    idempotency_key_reused: 'Cette clé d’envoi a déjà servi pour une autre demande.',
    in_progress: 'La même demande est encore en cours d’envoi. Réessayez dans un instant.',
    callback_under_way: 'Quelqu’un est en train de vous appeler : la demande ne peut plus être déplacée.',
    callback_over: 'Cette demande est terminée.',
    own_account: 'Vous ne pouvez pas vous retirer vos propres droits : demandez-le à un autre administrateur.',
    own_recovery:
      'Pour votre propre compte, changez le mot de passe sur la page de votre compte, ou demandez le lien à une autre personne qui administre.',
    account_beyond_reach: 'Cette personne a aussi un rôle ailleurs : seule l’administration de toute l’installation peut faire ce lien.',
    account_not_recoverable: 'Ce compte n’a pas de mot de passe ici, ou il est fermé : un lien n’y changerait rien.',
    claimed_by_other: 'Quelqu’un d’autre s’occupe de cette demande.',
    not_holding: 'Vous ne vous occupez pas de cette demande.',
    holding_another: 'Vous vous occupez déjà d’une autre personne : terminez ou rendez d’abord cette demande.',
    person_on_the_phone: 'Quelqu’un est déjà en ligne avec cette personne.',
    lease_ended: 'Votre réservation a pris fin, faute d’activité. La demande est de nouveau dans la file.',
    not_due: 'Cette personne ne peut pas encore être appelée.',
    not_tried: 'Personne n’a encore essayé d’appeler.',
    endpoint_fails: 'L’adresse n’a pas répondu comme il faut : rien n’est envoyé pour le moment.',
    delivery_called_off: 'Ce message n’a plus lieu d’être : il n’est pas renvoyé.',
    colleague_busy: 'Cette collègue ou ce collègue s’occupe déjà de quelqu’un, ou ne travaille pas pour cette ligne.',
    not_reached: 'Parlez d’abord avec la personne : sans son accord, rien n’est transmis à un partenaire.',
    case_over: 'Ce dossier est clos.',
    case_not_accepted: 'Prenez d’abord ce dossier en charge.',
    case_accepted: 'Ce dossier est déjà pris en charge : s’il ne peut pas aboutir, dites pourquoi.',
    case_changed: 'Ce dossier a changé entre-temps. Relisez-le, puis recommencez.',
    case_open: 'Ce dossier est encore en cours.',
    agreement_for_one: 'La personne n’a donné son accord que pour un seul partenaire. Rappelez-la pour lui en parler.',
    partner_full: 'Ce partenaire ne prend pas de nouveau dossier pour le moment.',
    answered: 'Vous avez déjà répondu. Merci.',
    ...content.conflicts,
    ...site.conflicts,
  },
  nothingWaiting: 'Personne n’attend en ce moment.',
  signInRequired: 'Connectez-vous : ceci est réservé au personnel.',
  forbidden: 'Votre rôle ne permet pas cela.',
  notFound: { callback: 'Aucune demande ne correspond à cette référence et à ce numéro.', record: 'Cela n’existe pas, ou plus.' },
  slotTaken: 'Ce moment vient d’être pris. En voici d’autres.',
  challengeRequired: (number) =>
    `Beaucoup de demandes arrivent en ce moment. Votre appareil doit faire un petit calcul, ou appelez le ${number}.`,
  siteRefused: {
    UNKNOWN_SITE: 'La clé de site (en-tête Passerelle-Site) manque ou n’existe pas.',
    ORIGIN_NOT_ALLOWED: 'Cette page n’a pas le droit d’utiliser cette clé de site.',
  },
  unavailable: 'Le service est momentanément indisponible. Réessayez dans un instant : votre demande ne sera pas enregistrée deux fois.',
  tooManyRequests(minutes, number) {
    const wait = waitLabel(minutes, {
      minutes: (count) => (count > 1 ? `dans ${count} minutes` : 'dans une minute'),
      hours: (count) => `dans ${count} heures`,
      tomorrow: 'demain',
    })
    return `Trop d’envois en peu de temps. Réessayez ${wait}${number ? `, ou appelez le ${number}` : ''}.`
  },
  postRequired: 'Ces données sont personnelles : envoyez-les par POST, jamais dans une adresse.',
  demonstration: 'Contenu de démonstration : vérifiez toute information auprès du service lui-même.',
  hours: {
    time: (hour, minute) =>
      hour === 0 && minute === 0 ? 'minuit' : minute === 0 ? `${hour} h` : `${hour} h ${String(minute).padStart(2, '0')}`,
    unknown: 'Horaires non communiqués',
    openAlways: 'Ouvert jour et nuit',
    openUntil: (time) => `Ouvert jusqu’à ${time}`,
    openUntilDay: (day, time) => `Ouvert jusqu’à ${day} à ${time}`,
    opensToday: (time) => `Ouvre aujourd’hui à ${time}`,
    opensTomorrow: (time) => `Ouvre demain à ${time}`,
    opensOn: (day, time) => `Ouvre ${day} à ${time}`,
    closed: 'Fermé',
    suspended: 'Fermé temporairement',
    ended: 'N’est plus en service',
    closedOn: (holiday) => `Fermé pour ${articles[holiday] ?? 'le '}${holidays[holiday]}`,
    closedFor: (reason) => `Fermé : ${reason}`,
    closedOnHolidays: 'Fermé les jours fériés légaux.',
    closedAlso: (days) => `Fermé aussi : ${days}.`,
  },
  slots: {
    today: 'aujourd’hui',
    tomorrow: 'demain',
    tonight: 'cette nuit',
    date: (weekday, day) => `${weekday} ${day}`,
    onDate: (date) => date,
    times: (from, to) => `de ${from} à ${to}`,
    between: (when, from, to) => `${when} entre ${from} et ${to}`,
    before: (when, time) => `${when} avant ${time}`,
  },
  notices: {
    asSoonAsPossible: 'dès que possible',
    mail: {
      subject: (reference) => `Votre référence ${reference}`,
      hello: 'Bonjour,',
      told: {
        requested: 'Votre demande est bien enregistrée.',
        rescheduled: 'Le moment de l’appel a changé.',
        cancelled: 'Votre demande est retirée. Si vous en avez fait une autre pour ce numéro, elle reste.',
        unreachable: 'Nous avons essayé de vous appeler, sans réussir à vous joindre. Nous n’appelons plus.',
        taken_over: 'Quelqu’un a pris votre demande en charge. Vous verrez qui sur le site où vous l’avez faite.',
        outcome_known:
          'Il y a du nouveau pour votre demande. Regardez sur le site où vous l’avez faite, et dites-nous si cela vous a aidé.',
        oriented: 'Voici ce dont nous avons parlé au téléphone.',
      },
      reference: (reference) => `Votre référence : ${reference}`,
      call: (when) => `Nous vous appelons ${when}.`,
      tried: (count, day) => (count > 1 ? `Nous avons appelé ${count} fois, la dernière fois ${day}.` : `Nous avons appelé ${day}.`),
      again:
        'Vous voulez encore parler à quelqu’un ? Faites une nouvelle demande sur le même site, ou appelez le numéro qui y est indiqué.',
      follow:
        'Pour suivre votre demande, changer de moment ou la retirer, retournez sur le site où vous l’avez faite. Il vous faudra cette référence et ' +
        'le numéro de téléphone que vous avez donné.',
      notYou: 'Vous n’avez rien demandé ? Ne tenez pas compte de ce message.',
      automatic: 'Ce message est envoyé automatiquement. N’y répondez pas : personne ne lirait votre réponse.',
    },
    sms: {
      requested: (reference, when) =>
        `Réf. ${reference} : nous vous appelons ${when}. Pour retirer la demande : le site, avec cette référence et votre numéro.`,
      rescheduled: (reference, when) =>
        `Réf. ${reference}, changement : nous vous appelons ${when}. Retirer la demande : le site, avec référence et numéro.`,
      cancelled: (reference) => `Réf. ${reference} : demande retirée. Si vous en avez fait une autre pour ce numéro, elle reste.`,
      unreachable: (reference, day) =>
        `Réf. ${reference} : nous n’avons pas pu vous joindre (dernier appel ${day}). Refaites une demande sur le site, ou appelez-nous.`,
      oriented: (reference, list) => `Réf. ${reference} : ${list}`,
      taken_over: (reference) =>
        `Réf. ${reference} : quelqu’un a pris votre demande en charge. Voyez qui sur le site, avec cette référence et votre numéro.`,
      outcome_known: (reference) =>
        `Réf. ${reference} : il y a du nouveau. Voyez le site, avec cette référence et votre numéro, et dites si cela vous a aidé.`,
    },
  },
  holidays,
  partners: {
    accepting: { yes: 'Prend de nouveaux dossiers.', no: 'Ne prend pas de nouveaux dossiers pour le moment.' },
    room: {
      yes: (open, capacity) => (capacity === null ? `Dossiers en cours : ${open}.` : `Dossiers en cours : ${open} sur ${capacity}.`),
      no: (open, capacity) => `Complet : ${open} dossiers en cours sur ${capacity}.`,
    },
    unreachable: 'Son système ne peut pas être informé des dossiers pour l’instant : les messages attendent.',
    need: {
      all: 'Travaille sur tous les sujets.',
      yes: (need) => `Travaille sur ce sujet : ${need}.`,
      no: (need) => `Ne travaille pas sur ce sujet : ${need}.`,
      unknown: 'Le sujet n’est pas assez connu pour dire si ce partenaire convient.',
    },
    place: {
      all: 'Travaille partout.',
      yes: (place) => `Travaille là où vit la personne : ${place}.`,
      no: (place) => `Ne travaille pas là où vit la personne : ${place}.`,
      unknown: 'On ne sait pas assez où vit la personne.',
    },
    language: {
      yes: (language) => `Parle sa langue : ${language}.`,
      no: (language) => `Ne parle pas sa langue : ${language}.`,
    },
    agreement: {
      one: (partner, also) =>
        `Pour aller plus loin, je peux confier votre demande à ${partner}. Je lui donne votre numéro de téléphone, ce que vous souhaitez pour être ` +
        `appelé sans risque, et quelques lignes sur ce que vous demandez. Je vous les lis avant de les envoyer. ${also}Ce que vous m’avez confié d’autre ` +
        'reste ici. Vous pouvez changer d’avis à tout moment, avec votre référence et votre numéro. Êtes-vous d’accord ?',
      also: {
        NAME: 'Je lui donne aussi votre nom.',
        EMAIL: 'Je lui donne aussi votre adresse e-mail.',
        PLACE: 'Je lui dis aussi où vous habitez : votre code postal et votre commune.',
        MESSAGE: 'Je lui transmets aussi, mot pour mot, ce que vous avez écrit dans votre demande.',
      },
      anyone:
        'Si ce partenaire ne peut pas vous aider, acceptez-vous que nous confiions la même demande à un autre partenaire, sans vous rappeler d’abord ?',
    },
  },
  lineEnded: (instead) => `Cette ligne n’est plus en service.${instead ? ` Appelez le ${instead}.` : ''}`,
  freshness: {
    stale: (month) => `Dernière vérification : ${month}. Ces informations ont pu changer : renseignez-vous d’abord.`,
    neverChecked: 'Ces informations n’ont pas été vérifiées. Elles ont pu changer : renseignez-vous d’abord.',
    checkFailed: (date) => `Attention : le ${date}, ce service ne répondait plus comme indiqué ici. Renseignez-vous d’abord.`,
  },
  reasons: {
    ageWithin: (min, max) => `Votre âge convient (${ages(min, max)}).`,
    ageOutside: (min, max) => `Ce service est réservé aux personnes ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Il faut connaître votre âge (${ages(min, max)}).`,
    audienceYes: (label) => `Vous faites partie du public : ${label}.`,
    audienceNo: (label) => `Ce service s’adresse à ce public : ${label}.`,
    audienceUnknown: (label) => `Cela dépend : le service s’adresse à ce public : ${label}.`,
    madeFor: (areas) => `Ce service est fait pour : ${areas}. Appelez ou écrivez pour savoir s’il peut vous aider.`,
    areaYes: (commune) => `Ce service couvre ${commune ?? 'votre commune'}.`,
    areaNo: (commune) => `Ce service ne couvre pas ${commune ?? 'votre commune'}.`,
    areaUnknown: (communes) => `Cela dépend de la commune où vous vivez${communes ? ` : ${communes}` : ''}.`,
    languageYes: (language) => `On peut vous aider dans votre langue (${language}).`,
    languageNo: (language) => `Ce service n’aide que dans une langue : ${language}.`,
    languageUnknown: (language) => `Cela dépend de votre langue (${language}).`,
    condition: (text) => `Une condition à vérifier : ${text}.`,
    assessed: (text) => `C’est le service qui décide : ${text}.`,
    not: {
      ageWithin: (min, max) => `Votre âge convient : ce service exclut les personnes ${ages(min, max)}.`,
      ageOutside: (min, max) => `Ce service n’est pas pour les personnes ${ages(min, max)}.`,
      ageUnknown: (min, max) => `Il faut connaître votre âge : ce service exclut les personnes ${ages(min, max)}.`,
      audienceYes: (label) => `Ce service exclut ce public, dont vous ne faites pas partie : ${label}.`,
      audienceNo: (label) => `Ce service n’est pas pour ce public : ${label}.`,
      audienceUnknown: (label) => `Cela dépend : ce service n’est pas pour ce public : ${label}.`,
      languageYes: (language) => `Ce service est pour les personnes qui ne parlent pas cette langue : ${language}.`,
      languageNo: (language) => `Ce service n’est pas pour les personnes qui parlent cette langue : ${language}.`,
      languageUnknown: (language) => `Cela dépend : ce service n’est pas pour les personnes qui parlent cette langue : ${language}.`,
      condition: (text) => `À vérifier : ce service n’est pas pour vous dans ce cas : ${text}.`,
      assessed: (text) => `C’est le service qui vérifie que ce n’est pas le cas : ${text}.`,
    },
  },
  areas: {
    country: 'Belgique',
    regions: { wallonie: 'Wallonie', flandre: 'Flandre', bruxelles: 'Région de Bruxelles-Capitale' },
    provinces: {
      anvers: 'Province d’Anvers',
      'brabant-flamand': 'Province du Brabant flamand',
      'brabant-wallon': 'Province du Brabant wallon',
      'flandre-occidentale': 'Province de Flandre occidentale',
      'flandre-orientale': 'Province de Flandre orientale',
      hainaut: 'Province de Hainaut',
      liege: 'Province de Liège',
      limbourg: 'Province de Limbourg',
      luxembourg: 'Province de Luxembourg',
      namur: 'Province de Namur',
    },
  },
}
