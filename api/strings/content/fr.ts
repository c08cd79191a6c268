import type { ContentConflictCode, ContentProblemCode } from '../../errors.ts'

type Params = Record<string, string | number>

/** What the editors' workshop says by itself. */
export type ContentStrings = {
  problems: Record<ContentProblemCode, (params: Params) => string>
  conflicts: Record<ContentConflictCode, string>
  /** What a value of a record is called. */
  fields: Record<ContentField, string>
  /** One entry of a list: its number or name follows. */
  words: { yes: string; no: string; closed: string; days: Record<string, string> }
  /** Values with a name of their own. */
  values: Record<string, string>
  /** An eligibility rule. Phrases go on after "Il faut :"; those of `not` say what must not be. */
  rule: RuleStrings & {
    open: string
    all: (phrases: readonly string[]) => string
    any: (phrases: readonly string[]) => string
    not: RuleStrings
  }
}

type RuleStrings = {
  age: (min: number | null, max: number | null) => string
  audience: (label: string) => string
  commune: (names: string) => string
  language: (language: string) => string
  condition: (text: string) => string
  assessed: (text: string) => string
}

export type ContentField =
  | 'acceptsCallbacks'
  | 'alert'
  | 'answer'
  | 'applicationProcess'
  | 'areas'
  | 'assuredDate'
  | 'audiences'
  | 'available'
  | 'callsPerHour'
  | 'capacities'
  | 'checkFailedOn'
  | 'closes'
  | 'closingMessage'
  | 'commune'
  | 'day'
  | 'days'
  | 'description'
  | 'eligibility'
  | 'eligibilityText'
  | 'email'
  | 'exceptions'
  | 'fallback'
  | 'fees'
  | 'firstDay'
  | 'hours'
  | 'keeper'
  | 'key'
  | 'kind'
  | 'kinds'
  | 'label'
  | 'language'
  | 'languages'
  | 'lastDay'
  | 'latitude'
  | 'lineKind'
  | 'locations'
  | 'longitude'
  | 'maximum'
  | 'maximumAge'
  | 'menu'
  | 'minimumAge'
  | 'name'
  | 'needs'
  | 'number'
  | 'openOnHolidays'
  | 'opens'
  | 'organization'
  | 'organizationKind'
  | 'partner'
  | 'phones'
  | 'position'
  | 'postalCode'
  | 'question'
  | 'reason'
  | 'related'
  | 'requiredDocuments'
  | 'reviewedAt'
  | 'script'
  | 'service'
  | 'services'
  | 'slotDaysAhead'
  | 'slotNoticeMinutes'
  | 'slug'
  | 'source'
  | 'status'
  | 'street'
  | 'successor'
  | 'transferTo'
  | 'unit'
  | 'updated'
  | 'urgency'
  | 'url'
  | 'validFrom'
  | 'validTo'
  | 'virtual'

const days: Record<string, string> = {
  MO: 'lundi',
  TU: 'mardi',
  WE: 'mercredi',
  TH: 'jeudi',
  FR: 'vendredi',
  SA: 'samedi',
  SU: 'dimanche',
}

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `de ${min} à ${max} ans` : min !== null ? `${min} ans ou plus` : `${max} ans ou moins`

export const fr: ContentStrings = {
  problems: {
    slug_malformed: () => 'Une adresse courte : minuscules sans accent, chiffres et traits d’union, de 2 à 80 signes.',
    slug_taken: ({ value }) => `L’adresse « ${value} » est déjà prise.`,
    slug_fixed: () => 'L’adresse d’une fiche publiée ne change plus : d’autres sites y mènent.',
    url_malformed: () => 'Cette adresse web ne semble pas correcte. Exemple : https://www.exemple.be.',
    number_unknown_shape: ({ value }) =>
      `« ${value} » ne ressemble pas à un numéro de téléphone. Exemples : 04 222 00 00, 0800/43 436, 1718.`,
    time_malformed: () => 'Une heure s’écrit comme 08:30.',
    day_malformed: () => 'Un jour s’écrit comme 11-15, chaque année, ou 2026-11-15, une seule fois ; il doit exister.',
    rule_malformed: () => 'Cette partie de la règle est incomplète ou n’est pas comprise.',
    rule_empty: () => 'Cette partie de la règle est vide : complétez-la ou retirez-la.',
    rule_age_impossible: ({ min, max }) => `La règle demande à la fois ${min} ans ou plus et ${max} ans ou moins : personne n’y répond.`,
    rule_never: () => 'Personne ne peut remplir cette règle : ses conditions se contredisent.',
    rule_always: () => 'Tout le monde remplit cette règle : elle ne demande rien. Retirez-la ou corrigez-la.',
    hours_overlap: ({ day }) => `Deux horaires se chevauchent le ${days[day as string] ?? day}.`,
    hours_needed: () => 'Une ligne qui rappelle doit avoir des heures d’ouverture.',
    exception_twice: () => 'Ces jours sont déjà indiqués plus haut.',
    exception_half: () => 'Indiquez les deux heures, ou aucune si c’est fermé.',
    valid_range_reversed: () => 'La fin vient avant le début.',
    age_reversed: () => 'L’âge maximum est plus petit que l’âge minimum.',
    area_twice: () => 'Cet endroit est déjà dans la liste.',
    listed_twice: ({ value }) => `« ${value} » est deux fois dans la liste.`,
    capacity_over: ({ max }) => `Il ne peut pas y avoir plus de places libres que de places : ${max}.`,
    menu_key_twice: ({ key }) => `La touche ${key} a déjà un autre choix à partir du même jour.`,
    menu_entry_loop: () => 'Ce choix renvoie à la ligne elle-même.',
    leads_to_itself: () => 'Cela renvoie à la fiche elle-même.',
    fallback_loop: () => 'De ligne en ligne, l’appel reviendrait à celle-ci.',
    target_retired: ({ value }) => `« ${value} » a été retiré : choisissez autre chose.`,
    target_unpublished: ({ value }) => `« ${value} » n’est encore qu’un brouillon : publiez-le d’abord.`,
    still_used: ({ value }) => `Cette fiche sert encore ailleurs : ${value}. Changez cela d’abord.`,
    still_peopled: () => 'Cet organisme a encore des collaborateurs ici, ou reçoit des dossiers : arrêtez cela d’abord.',
    requests_stay: () =>
      'Des personnes ont demandé à cette ligne d’être rappelées : leurs demandes, et donc la ligne, restent à son organisme. Créez une autre ligne.',
    contact_needed: () =>
      'Personne ne saurait comment y arriver : indiquez un numéro, un site web, un e-mail, un lieu, ou comment faire la demande.',
    successor_needed: ({ count }) => `Des demandes de rappel sont encore ouvertes (${count}) : indiquez la ligne qui prend la suite.`,
    out_of_reach: () => 'Vous ne gérez pas les fiches de cet organisme.',
    region_only: () => 'Cela vaut pour tout le monde : seule la Région peut le décider.',
    number_premium: () => 'Ce numéro est surtaxé : une personne en difficulté ne doit pas payer pour appeler.',
    cpas_twice: ({ value }) => `Cette commune a déjà un CPAS : ${value}.`,
  },
  conflicts: {
    record_changed: 'Cette fiche a changé entre-temps. Votre version n’est pas enregistrée : voyez ce qui a changé, puis recommencez.',
    record_retired: 'Cette fiche est retirée : remettez-la d’abord.',
    record_not_retired: 'Cette fiche n’est pas retirée.',
    nothing_to_publish: 'Il n’y a rien de nouveau à publier.',
    content_busy: 'D’autres fiches sont en cours de publication, par un import peut-être. Réessayez dans une minute : rien n’est perdu.',
  },
  fields: {
    acceptsCallbacks: 'Rappelle les personnes',
    alert: 'Avertissement',
    answer: 'Réponse',
    applicationProcess: 'Comment faire la demande',
    areas: 'Où',
    assuredDate: 'Vérifié le',
    audiences: 'Publics',
    available: 'Places libres',
    callsPerHour: 'Appels par heure',
    capacities: 'Places',
    checkFailedOn: 'Ne répond plus depuis',
    closes: 'Fermeture',
    closingMessage: 'Message de fin',
    commune: 'Commune',
    day: 'Jour',
    days: 'Jours',
    description: 'Description',
    eligibility: 'Règle d’accès',
    eligibilityText: 'Pour qui',
    email: 'E-mail',
    exceptions: 'Jours particuliers',
    fallback: 'Ligne quand c’est fermé',
    fees: 'Coût',
    firstDay: 'Premier jour',
    hours: 'Heures',
    keeper: 'Géré par',
    key: 'Touche',
    kind: 'Sorte',
    kinds: 'Sortes d’organismes',
    label: 'Intitulé',
    language: 'Langue d’origine',
    languages: 'Langues',
    lastDay: 'Dernier jour',
    latitude: 'Latitude',
    lineKind: 'Sorte de ligne',
    locations: 'Lieux',
    longitude: 'Longitude',
    maximum: 'Places en tout',
    maximumAge: 'Âge maximum',
    menu: 'Menu',
    minimumAge: 'Âge minimum',
    name: 'Nom',
    needs: 'Besoins',
    number: 'Numéro',
    openOnHolidays: 'Ouvert les jours fériés',
    opens: 'Ouverture',
    organization: 'Organisme',
    organizationKind: 'Sorte d’organisme',
    partner: 'Partenaire',
    phones: 'Téléphones',
    position: 'Place dans les listes',
    postalCode: 'Code postal',
    question: 'Question',
    reason: 'Raison',
    related: 'Questions liées',
    requiredDocuments: 'Documents à apporter',
    reviewedAt: 'Texte relu le',
    script: 'Guide de l’appel',
    service: 'Service',
    services: 'Services',
    slotDaysAhead: 'Jours proposés à l’avance',
    slotNoticeMinutes: 'Délai avant un rendez-vous, en minutes',
    slug: 'Adresse courte',
    source: 'Source',
    status: 'Statut',
    street: 'Rue et numéro',
    successor: 'Ligne qui prend la suite',
    transferTo: 'Transfert vers',
    unit: 'Ce qui est compté',
    updated: 'Compté le',
    urgency: 'Urgence',
    url: 'Site web',
    validFrom: 'À partir du',
    validTo: 'Jusqu’au',
    virtual: 'Par téléphone ou en ligne',
  },
  words: { yes: 'oui', no: 'non', closed: 'fermé', days },
  values: {
    ACTIVE: 'en service',
    INACTIVE: 'pas donné actuellement',
    DEFUNCT: 'terminé',
    TEMPORARILY_CLOSED: 'fermé temporairement',
    CPAS: 'CPAS',
    COMMUNE: 'commune',
    REGION: 'région',
    ASSOCIATION: 'association',
    PUBLIC_SERVICE: 'service public',
    DANGER: 'danger',
    CRISIS: 'crise',
    SOON: 'bientôt',
    INFO: 'information',
    SOCIAL: 'ligne d’aide',
    LISTENING: 'écoute',
    EMERGENCY: 'urgence',
    SERVICE: 'service de la ligne',
    QUEUE: 'file d’attente',
    PARTNER: 'partenaire',
    TRANSFER: 'transfert',
  },
  rule: {
    open: 'Tout le monde peut en bénéficier.',
    all: (phrases) => `toutes ces conditions : ${phrases.join(' ; ')}`,
    any: (phrases) => `au moins une de ces conditions : ${phrases.join(' ; ')}`,
    age: (min, max) => `avoir ${ages(min, max)}`,
    audience: (label) => `faire partie de ce public : ${label}`,
    commune: (names) => `habiter à ${names}`,
    language: (language) => `parler cette langue : ${language}`,
    condition: (text) => text,
    assessed: (text) => `${text} (c’est le service qui décide)`,
    not: {
      age: (min, max) => `ne pas avoir ${ages(min, max)}`,
      audience: (label) => `ne pas faire partie de ce public : ${label}`,
      commune: (names) => `ne pas habiter à ${names}`,
      language: (language) => `ne pas parler cette langue : ${language}`,
      condition: (text) => `ne pas être dans ce cas : ${text}`,
      assessed: (text) => `ne pas être dans ce cas, selon le service : ${text}`,
    },
  },
}
