import type { ContentKind, ImportFormat, ImportState, LanguageCode } from '../../../db/generated/enums.ts'
import type { Outcome } from '../../../exchange/rules/entry.ts'
import type { Unsuited } from '../../../exchange/rules/suits.ts'

/** What is done with a file: tried, stored as drafts, published. */
export type Way = 'trial' | 'drafts' | 'published'

/** Sentences of the pages on which editors bring content in and take it home. Numbers in them are written as the language does. */
export type ExchangeStrings = {
  title: string
  intro: string
  takeHome: string
  home: Record<ImportFormat, { name: string; text: string }>
  tables: string
  tablesText: string
  descriptor: string
  back: string
  workshop: string
  bringIn: string
  format: string
  formats: Record<ImportFormat, { name: string; text: string }>
  file: string
  fileHint: (megabytes: number) => string
  texts: string
  textsHint: string
  language: Record<LanguageCode, string>
  source: string
  sourceHint: string
  publish: string
  publishHint: string
  tryFirst: string
  tryHint: string
  bring: string
  bringAndPublish: string
  sending: string
  noFile: string
  fileAgain: string
  tooMany: (most: number) => string
  tooLarge: (megabytes: number) => string
  goBack: string
  busy: string
  unreadable: string
  unsuited: Record<Unsuited, (name: string) => string>
  underWay: string
  underWayLink: string
  ended: string
  noRole: string
  noRoleText: string
  goOn: string
  missing: string
  missingText: string
  list: string
  listNone: string
  listHint: string
  way: Record<Way, string>
  state: Record<ImportState, string>
  by: (name: string, when: string) => string
  at: (day: string, time: string) => string
  running: { trial: string; other: string }
  runningText: string
  progress: (done: string, total: string) => string
  begins: string
  lookAgain: string
  done: Record<Way, { title: string; text: string }>
  nothingNew: { title: string; text: string }
  refused: string
  refusedText: (count: string) => string
  failed: string
  failedText: string
  counts: string
  kind: string
  kinds: Record<ContentKind, string>
  kindOne: Record<ContentKind, string>
  all: string
  outcomes: Record<Outcome, string>
  wrong: string
  /** Only the first ones are told. */
  firstOf: (shown: string, all: string) => string
  where: string
  column: string
  what: string
  found: string
  nothingFound: string
  notes: string
  lacks: (count: string) => string
  lacksText: string
  made: string
  changed: string
  bringNow: string
  bringNowText: string
  publishNow: string
  goneText: string
  sendAgain: string
  another: string
}

export const fr: ExchangeStrings = {
  title: 'Importer et exporter',
  intro:
    'Emportez les contenus pour les relire ou les donner à d’autres, et ramenez-les ici. Une seule faute dans un fichier, et rien n’est modifié.',
  takeHome: 'Emporter',
  home: {
    QUESTIONS: {
      name: 'Les questions, en tableau',
      text: 'Celles que vous pouvez modifier, brouillons compris. S’ouvre dans Excel d’un double clic ; corrigez, enregistrez comme CSV et ramenez le fichier ici.',
    },
    HSDS_JSON: {
      name: 'Les services et les organismes, en JSON (HSDS 3.1)',
      text: 'Tout ce qui est publié, en un fichier : pour un autre annuaire ou un programme.',
    },
    HSDS_CSV: {
      name: 'Les mêmes, en tableaux (HSDS 3.1)',
      text: 'Un tableau pour les services, un pour les horaires, un pour les téléphones… : pour qui travaille avec un tableur.',
    },
  },
  tables: 'Tableaux HSDS',
  tablesText: 'Tout ce qui est publié, un fichier CSV par tableau. Pour les ramener, choisissez-les tous ensemble.',
  descriptor: 'ce que contient chaque colonne',
  back: 'Importer et exporter',
  workshop: 'Atelier des contenus',
  bringIn: 'Importer',
  format: 'Que contient le fichier ?',
  formats: {
    QUESTIONS: { name: 'Des questions', text: 'Un tableau CSV, comme celui que vous avez emporté.' },
    HSDS_JSON: { name: 'Des services, en JSON', text: 'HSDS 3.1, un fichier .json.' },
    HSDS_CSV: { name: 'Des services, en tableaux', text: 'HSDS 3.1, un ou plusieurs fichiers .csv.' },
  },
  file: 'Fichier',
  fileHint: (megabytes) => `Plusieurs tableaux vont ensemble : choisissez-les tous. ${megabytes} Mo au plus.`,
  texts: 'Langue des textes',
  textsHint: 'Pour les textes dont le fichier ne dit pas la langue.',
  language: { FR: 'français', DE: 'allemand', NL: 'néerlandais', EN: 'anglais' },
  source: 'Source',
  sourceHint: 'D’où viennent ces informations, par exemple « Province de Liège ». Il la faut pour publier de nouvelles fiches.',
  publish: 'Publier tout de suite',
  publishHint: 'Sinon ce sont des brouillons, que quelqu’un relit d’abord.',
  tryFirst: 'Essayer d’abord',
  tryHint: 'L’essai montre ce qui changerait, ligne par ligne, et ne modifie rien.',
  bring: 'Importer comme brouillons',
  bringAndPublish: 'Importer et publier',
  sending: 'Envoi du fichier…',
  noFile: 'Choisissez un fichier.',
  fileAgain: 'Le fichier est à choisir à nouveau ; tout le reste est encore là.',
  tooMany: (most) => `Choisissez ${most} fichiers au plus.`,
  tooLarge: (megabytes) => `C’est trop grand : ${megabytes} Mo au plus pour tous les fichiers ensemble. Partagez-les.`,
  goBack: 'Revenez à la page précédente : ce que vous aviez choisi y est encore.',
  busy: 'D’autres fichiers sont en train d’arriver. Réessayez dans un instant.',
  unreadable: 'L’envoi s’est interrompu en chemin. Choisissez le fichier à nouveau.',
  unsuited: {
    workbook: (name) => `« ${name} » est un classeur : ouvrez-le et enregistrez la feuille comme CSV (UTF-8).`,
    is_json: (name) => `« ${name} » contient du JSON, pas un tableau : choisissez l’autre contenu, ou un autre fichier.`,
    is_table: (name) => `« ${name} » ne contient pas de JSON : choisissez l’autre contenu, ou un autre fichier.`,
  },
  underWay: 'Un autre de vos imports est en cours. Attendez qu’il soit fini.',
  underWayLink: 'Voir où il en est',
  ended: 'Votre session était terminée. Choisissez le fichier à nouveau ; tout le reste est encore là.',
  noRole: 'Réservé à la rédaction',
  noRoleText:
    'Seules les personnes de la rédaction peuvent importer et exporter. L’administration de votre organisation peut vous donner ce rôle.',
  goOn: 'Continuer vers votre travail',
  missing: 'Cet import n’existe pas',
  missingText: 'Il n’y en a pas à cette adresse, il n’est pas à vous, ou il a plus de 30 jours.',
  list: 'Derniers imports',
  listNone: 'Il n’y en a pas encore.',
  listHint: 'Les vôtres et ceux de vos collègues. Leurs rapports sont gardés 30 jours.',
  way: { trial: 'essai', drafts: 'comme brouillons', published: 'publié tout de suite' },
  state: { WAITING: 'En attente', RUNNING: 'En cours', DONE: 'Réussi', REFUSED: 'Refusé : rien n’a été modifié', FAILED: 'Pas abouti' },
  by: (name, when) => `${name}, ${when}`,
  at: (day, time) => `le ${day} à ${time}`,
  running: { trial: 'Essai en cours', other: 'Import en cours' },
  runningText: 'Vous pouvez quitter cette page : le travail continue, et le rapport vous attend ici.',
  progress: (done, total) => `${done} fiches sur ${total}`,
  begins: 'Le fichier est en cours de lecture.',
  lookAgain: 'Regarder à nouveau',
  done: {
    trial: { title: 'L’essai a réussi', text: 'Rien n’a été modifié, et rien ne s’oppose à l’import. Voici ce qu’il ferait.' },
    drafts: {
      title: 'C’est importé',
      text: 'Tout est enregistré comme brouillons. Le public n’en voit rien : relisez et publiez dans l’atelier.',
    },
    published: { title: 'C’est importé et publié', text: 'Le public voit ces informations dès maintenant.' },
  },
  nothingNew: { title: 'Ce fichier ne change rien', text: 'Tout ce qu’il dit est déjà là.' },
  refused: 'Rien n’a été modifié',
  refusedText: (count) => `À corriger dans le fichier : ${count}. Corrigez, puis envoyez-le à nouveau.`,
  failed: 'L’import n’a pas abouti',
  failedText: 'Le serveur n’y est pas arrivé, et rien n’a été modifié. Réessayez ; si cela recommence, prévenez l’exploitant du serveur.',
  counts: 'En nombres',
  kind: 'Sorte',
  kinds: {
    SERVICE: 'Services',
    QUESTION: 'Questions',
    LINE: 'Lignes',
    ORGANIZATION: 'Organismes',
    LOCATION: 'Lieux',
    CLOSING_DAY: 'Jours de fermeture',
  },
  kindOne: {
    SERVICE: 'Service',
    QUESTION: 'Question',
    LINE: 'Ligne',
    ORGANIZATION: 'Organisme',
    LOCATION: 'Lieu',
    CLOSING_DAY: 'Jour de fermeture',
  },
  all: 'En tout',
  outcomes: { MADE: 'Nouveaux', CHANGED: 'Modifiés', UNCHANGED: 'Inchangés', WRONG: 'À corriger' },
  wrong: 'À corriger',
  firstOf: (shown, all) => `Voici les ${shown} premières fautes sur ${all}.`,
  where: 'Où',
  column: 'Colonne',
  what: 'Ce qui ne va pas',
  found: 'Ce qui s’y trouve',
  nothingFound: 'rien',
  notes: 'À savoir',
  lacks: (count) => `À compléter avant de publier : ${count}`,
  lacksText: 'Comme brouillons, ces fiches sont acceptées ; pour les publier, il faut encore ceci.',
  made: 'Nouveaux',
  changed: 'Modifiés',
  bringNow: 'Importer ce fichier comme brouillons',
  bringNowText: 'Le fichier essayé est gardé jusqu’à demain : vous n’avez pas à le choisir à nouveau.',
  publishNow: 'Importer ce fichier et le publier',
  goneText: 'Le fichier de cet essai n’est plus ici : pour l’importer, choisissez-le à nouveau.',
  sendAgain: 'Envoyer le fichier corrigé',
  another: 'Choisir un autre fichier',
}
