import type { UnmetReason } from '../../../db/generated/enums.ts'
import type { Fate, Return, Said } from '../../rules/demand.ts'

/** Every sentence of the report, one object a language. */
export type ReportWords = {
  title: string
  period: (from: string, to: string) => string
  lead: string
  all: string
  /** All needs that have no number of their own. */
  others: string
  /** The person did not say which need. */
  unsaid: string
  /** The postal code is not known, or lies in several communes. */
  unknownPlace: string
  withheld: string
  fewer: (fewest: number) => string
  nothing: string
  tooFew: string
  tooFewCases: string
  tooFewAnswers: string
  /** Until what a partner is waited for. */
  answer: string
  outcome: string
  file: string
  /** The table of a plot, for who cannot see its edge: it scrolls. */
  table: (title: string) => string
  figures: { requests: string; reached: string; escalated: string; median: string }
  columns: {
    need: string
    week: string
    nis: string
    commune: string
    requests: string
    became: string
    reason: string
    times: string
    of: string
    median: string
    ninetieth: string
    until: string
    ended: string
    cases: string
    said: string
    share: string
  }
  sections: {
    needs: string
    weeks: string
    communes: string
    needsWeeks: string
    needsCommunes: string
    became: string
    needsBecame: string
    delays: string
    partners: string
    returned: string
    said: string
    unmet: string
    needsUnmet: string
    unmetCommunes: string
    how: string
  }
  notes: {
    needs: string
    weeks: string
    communes: (shown: number) => string
    became: string
    delays: string
    partners: string
    returned: string
    said: string
    unmet: string
    files: string
  }
  /** What a plot shows, for who cannot see it. */
  plot: (bars: number, largest: string, value: string) => string
  minutes: (count: string) => string
  how: (fewest: number) => string[]
  fates: Record<Fate, string>
  returns: Record<Return, string>
  said: Record<keyof Said, string>
  reasons: Record<UnmetReason, string>
}

/** The first day of a month has a number of its own kind: 1er janvier. */
const first = (day: string): string => day.replace(/^1 /, '1er ')

export const fr: ReportWords = {
  title: 'Demandes de rappel et besoins',
  period: (from, to) => `Du ${first(from)} au ${first(to)}`,
  lead: 'Qui a demandé de l’aide, pour quoi, où et quand, et ce qui en est advenu. Rien ici ne permet de reconnaître une personne.',
  all: 'Tout',
  others: 'Autres besoins, ensemble',
  unsaid: 'Besoin non précisé',
  unknownPlace: 'Commune inconnue',
  withheld: 'non montré',
  fewer: (fewest) => `moins de ${fewest}`,
  nothing: 'Rien à montrer pour cette période.',
  tooFew: 'Moins de vingt appels : rien n’est dit des délais.',
  tooFewCases: 'Moins de vingt dossiers : rien n’est dit des délais.',
  tooFewAnswers: 'Moins de vingt réponses : rien n’en est dit.',
  answer: 'La réponse : il prend ou non le dossier',
  outcome: 'Le résultat',
  file: 'Le même tableau en fichier',
  table: (title) => `Tableau : ${title}`,
  figures: {
    requests: 'demandes de rappel',
    reached: 'personnes jointes',
    escalated: 'reprises par un partenaire',
    median: 'd’attente pour la moitié des personnes, heures d’ouverture',
  },
  columns: {
    need: 'Besoin',
    week: 'Semaine du',
    nis: 'Code INS',
    commune: 'Commune',
    requests: 'Demandes',
    became: 'Suite donnée',
    reason: 'Raison',
    times: 'Fois',
    of: 'Pour',
    median: 'La moitié, en minutes',
    ninetieth: 'Neuf sur dix, en minutes',
    until: 'Délai jusqu’à',
    ended: 'Fin du dossier',
    cases: 'Dossiers',
    said: 'Réponse',
    share: 'Part, en %',
  },
  sections: {
    needs: 'Demandes par besoin',
    weeks: 'Demandes par semaine',
    communes: 'Demandes par commune',
    needsWeeks: 'Besoins par semaine',
    needsCommunes: 'Besoins par commune',
    became: 'Ce qui en est advenu',
    needsBecame: 'Ce qui en est advenu, par besoin',
    delays: 'Attente jusqu’au premier appel',
    partners: 'Délais des partenaires',
    returned: 'Dossiers que les partenaires n’ont pas menés à bien',
    said: 'Ce qu’en disent les personnes',
    unmet: 'Besoins restés sans réponse',
    needsUnmet: 'Besoins restés sans réponse, par besoin',
    unmetCommunes: 'Besoins restés sans réponse, par commune',
    how: 'Comment lire ces chiffres',
  },
  notes: {
    needs: 'Un besoin comprend ses sous-besoins.',
    weeks: 'Une semaine commence le lundi.',
    communes: (shown) => `Le graphique montre les ${shown} premières ; le tableau les montre toutes.`,
    became: 'Chaque demande compte une fois, selon ce qu’elle est devenue en dernier.',
    delays:
      'En minutes d’ouverture de la ligne, à cinq minutes près, à partir du moment où la personne pouvait être appelée. Qui n’a pas été appelé n’y compte pas.',
    partners:
      'En minutes d’ouverture de la ligne, à partir du moment où le partenaire a reçu le dossier. Les dossiers sans réponse n’y comptent pas.',
    returned: 'Une demande peut avoir eu plusieurs partenaires, l’un après l’autre : ce sont des dossiers, non des personnes.',
    said: 'Réponses des personnes après qu’un partenaire a terminé, à la dizaine près. « Utile » : parmi celles qui l’ont dit.',
    unmet: 'Recherches en ligne et appels pour lesquels aucune aide n’a convenu. Ce sont des recherches, non des personnes.',
    files: 'Autres tableaux en fichiers :',
  },
  plot: (bars, largest, value) => `${bars} barres. La plus longue : ${largest}, ${value}.`,
  minutes: (count) => `${count} min`,
  how: (fewest) => [
    `Un nombre de 1 à ${fewest - 1} est écrit « <${fewest} ». Pour qu’on ne puisse pas le retrouver par soustraction, d’autres nombres ne sont pas montrés non plus : « … ». Leurs barres sont creuses.`,
    'Les demandes dont les données personnelles ont été effacées comptent toujours. Qui a demandé deux fois pendant qu’une demande était ouverte compte une fois.',
    'Une demande confiée à un partenaire puis revenue à la ligne compte selon ce que la ligne en a fait.',
    '« Terminée sans aide » : aucune aide n’existait, les conditions n’étaient pas remplies, ou la personne ne le souhaitait plus. Les raisons sont parmi les besoins restés sans réponse.',
    'Deux rapports dont les périodes se recoupent pourraient être soustraits l’un de l’autre : n’en publiez qu’un.',
  ],
  fates: {
    WAITING: 'En attente d’un appel',
    UNDER_WAY: 'En cours, après un entretien',
    WITH_PARTNER: 'Chez un partenaire',
    RESOLVED: 'Résolue',
    PARTLY: 'Résolue en partie',
    REFERRED_ON: 'Orientée vers un service',
    PARTNER_HELPED: 'Aidée par un partenaire',
    PARTNER_NOT_HELPED: 'Partenaire sans solution',
    NOT_HELPED: 'Terminée sans aide',
    NOT_REACHED: 'Pas joignable',
    WITHDRAWN: 'Retirée par la personne',
    OTHER: 'Autre fin',
  },
  returns: {
    REFUSED: 'Refusé par le partenaire',
    FAILED: 'Abandonné par le partenaire',
    MOVED_ON: 'Passé à un autre partenaire',
    TAKEN_BACK: 'Repris par la ligne',
    WITHDRAWN: 'Accord retiré ou données effacées',
  },
  said: {
    contacted: 'A été contactée',
    useful: 'C’était utile',
    stillNeeded: 'A encore besoin d’aide',
  },
  reasons: {
    NOTHING_FOUND: 'Rien trouvé',
    OUT_OF_AREA: 'Seulement ailleurs',
    NOT_ELIGIBLE: 'Pas dans les conditions',
    FULL: 'Complet',
    CLOSED: 'Fermé',
  },
}
