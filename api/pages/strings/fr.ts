import { type CallbackStrings, fr as callback } from './callback/fr.ts'

/** Every word the pages say by themselves. French defines which there are: in the other languages a missing one is a compile error. */
export type PageStrings = {
  /** Of the language itself, for the choice of languages. */
  language: string
  languages: string
  skip: string
  emergency: string
  exit: string
  /** In front of a text that exists in another language only. */
  onlyIn: (language: string) => string
  notGiven: string
  ended: string
  call: string
  callFirst: string
  hours: string
  always: string
  from: (day: string) => string
  until: (day: string) => string
  fromUntil: (from: string, to: string) => string
  closedBecause: (reason: string) => string
  closed: string
  conditions: string
  ages: (min: number | null, max: number | null) => string
  how: string
  documents: string
  cost: string
  address: string
  map: string
  area: string
  spoken: string
  write: string
  site: string
  questions: string
  services: string
  related: string
  source: string
  checked: (day: string) => string
  unchecked: string
  read: (day: string) => string
  missingTitle: string
  missingText: string
  home: string
  callback: CallbackStrings
  /** The finder without a script. */
  finder: {
    title: string
    intro: string
    words: string
    wordsHint: string
    place: string
    placeHint: string
    whichPlace: string
    noPlace: string
    search: string
    subjects: string
    again: string
    found: string
    nothing: string
    notForYou: (count: number) => string
    callLine: string
    verdicts: { ELIGIBLE: string; TO_BE_ASSESSED: string; NOT_ELIGIBLE: string }
  }
}

export const fr: PageStrings = {
  language: 'Français',
  languages: 'Langues',
  skip: 'Aller au contenu',
  emergency: 'Danger immédiat ? Appelez le',
  exit: 'Quitter vite cette page',
  onlyIn: (language) => `Ce texte n’existe pas encore en français : le voici en ${language}.`,
  notGiven: 'Cette aide n’est pas donnée pour le moment.',
  ended: 'Cette aide n’existe plus.',
  call: 'Appeler',
  callFirst: 'Votre sécurité d’abord : appelez',
  hours: 'Heures d’ouverture',
  always: 'jour et nuit',
  from: (day) => `à partir du ${day}`,
  until: (day) => `jusqu’au ${day}`,
  fromUntil: (from, to) => `du ${from} au ${to}`,
  closedBecause: (reason) => `fermé (${reason})`,
  closed: 'fermé',
  conditions: 'Pour qui',
  ages: (min, max) =>
    min !== null && max !== null ? `De ${min} à ${max} ans.` : min !== null ? `À partir de ${min} ans.` : `Jusqu’à ${max} ans.`,
  how: 'Comment demander',
  documents: 'À apporter',
  cost: 'Prix',
  address: 'Adresse',
  map: 'Voir sur une carte',
  area: 'Pour les habitants de',
  spoken: 'Langues parlées',
  write: 'Écrire',
  site: 'Site internet',
  questions: 'Questions et réponses',
  services: 'Qui peut vous aider',
  related: 'Questions proches',
  source: 'Source :',
  checked: (day) => `Vérifié le ${day}.`,
  unchecked: 'Information sans date : vérifiez par téléphone.',
  read: (day) => `Texte relu le ${day}.`,
  missingTitle: 'Cette page n’existe pas',
  missingText: 'L’adresse contient peut-être une erreur, ou la page a été retirée.',
  home: 'Chercher une aide',
  callback,
  finder: {
    title: 'Qui peut m’aider ?',
    intro: 'Dites en quelques mots ce qui se passe, ou choisissez un sujet. Personne ne saura que vous avez cherché.',
    words: 'Que se passe-t-il ?',
    wordsHint: 'Par exemple : je ne peux plus payer mon loyer',
    place: 'Où vivez-vous ? (facultatif)',
    placeHint: 'Code postal ou nom de la commune',
    whichPlace: 'Plusieurs communes portent ce nom ou ce code : choisissez la vôtre.',
    noPlace: 'Nous ne trouvons pas cette commune : vérifiez le nom, ou essayez le code postal.',
    search: 'Chercher',
    subjects: 'Ou choisissez un sujet',
    again: 'Nouvelle recherche',
    found: 'Ce que nous avons trouvé',
    nothing: 'Nous n’avons rien trouvé qui convienne ici. Appelez : quelqu’un cherchera avec vous.',
    notForYou: (count) =>
      count > 1 ? `${count} aides qui ne sont probablement pas pour vous` : 'Une aide qui n’est probablement pas pour vous',
    callLine: 'Parler à quelqu’un',
    verdicts: { ELIGIBLE: 'Pour vous', TO_BE_ASSESSED: 'À vérifier avec eux', NOT_ELIGIBLE: 'Probablement pas pour vous' },
  },
}
