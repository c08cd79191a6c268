import type { Localized } from '../../prisma/seed/content.ts'

/** One text in the four languages. `{thing}`, `{who}`, `{place}`, `{body}` and `{street}` are filled in by `texts.ts`. */
export type Words = Required<Localized>

const words = (fr: string, de: string, nl: string, en: string): Words => ({ fr, de, nl, en })

export const THINGS: readonly Words[] = [
  words('un colis alimentaire', 'ein Lebensmittelpaket', 'een voedselpakket', 'a food parcel'),
  words('un repas chaud', 'eine warme Mahlzeit', 'een warme maaltijd', 'a hot meal'),
  words('un plan de paiement', 'ein Ratenplan', 'een afbetalingsplan', 'a payment plan'),
  words('une lettre de l’huissier', 'ein Schreiben des Gerichtsvollziehers', 'een brief van de deurwaarder', 'a letter from the bailiff'),
  words('la garantie locative', 'die Mietkaution', 'de huurwaarborg', 'the rental deposit'),
  words('un loyer en retard', 'eine rückständige Miete', 'een achterstallige huur', 'overdue rent'),
  words('le mazout de chauffage', 'das Heizöl', 'de stookolie', 'heating oil'),
  words(
    'le tarif social de l’électricité',
    'der Sozialtarif für Strom',
    'het sociaal tarief voor elektriciteit',
    'the social electricity rate',
  ),
  words('une prime de rénovation', 'eine Renovierungsprämie', 'een renovatiepremie', 'a renovation grant'),
  words('le chômage temporaire', 'die Kurzarbeit', 'de tijdelijke werkloosheid', 'temporary unemployment'),
  words('une formation gratuite', 'eine kostenlose Ausbildung', 'een gratis opleiding', 'free training'),
  words('le droit passerelle', 'das Überbrückungsrecht', 'het overbruggingsrecht', 'the bridging right'),
  words('une consultation médicale', 'eine ärztliche Sprechstunde', 'een medische raadpleging', 'a medical consultation'),
  words('un entretien psychologique', 'ein psychologisches Gespräch', 'een psychologisch gesprek', 'a talk with a psychologist'),
  words('une aide familiale', 'eine Familienhilfe', 'gezinshulp', 'home help'),
  words('la garde d’enfants', 'die Kinderbetreuung', 'de kinderopvang', 'child care'),
  words('les allocations familiales', 'das Kindergeld', 'de kinderbijslag', 'family allowances'),
  words('un hébergement d’urgence', 'eine Notunterkunft', 'noodopvang', 'emergency shelter'),
  words('le transport adapté', 'der Behindertenfahrdienst', 'aangepast vervoer', 'adapted transport'),
  words('les courses à domicile', 'der Einkaufsdienst', 'boodschappen aan huis', 'shopping brought home'),
  words('un ordinateur reconditionné', 'ein aufbereiteter Computer', 'een opgeknapte computer', 'a refurbished computer'),
  words('une demande de pension', 'ein Rentenantrag', 'een pensioenaanvraag', 'a pension application'),
  words('la carte d’identité', 'der Personalausweis', 'de identiteitskaart', 'the identity card'),
  words('un avocat gratuit', 'ein kostenloser Anwalt', 'een gratis advocaat', 'a free lawyer'),
  words('des vêtements chauds', 'warme Kleidung', 'warme kleren', 'warm clothes'),
  words('un meuble d’occasion', 'ein gebrauchtes Möbelstück', 'een tweedehands meubel', 'second-hand furniture'),
  words('le permis de séjour', 'die Aufenthaltserlaubnis', 'de verblijfsvergunning', 'the residence permit'),
  words('un cours de français', 'ein Französischkurs', 'een cursus Frans', 'a French course'),
  words('la facture de l’hôpital', 'die Krankenhausrechnung', 'de ziekenhuisfactuur', 'the hospital bill'),
  words(
    'une assurance après l’inondation',
    'eine Versicherung nach dem Hochwasser',
    'een verzekering na de overstroming',
    'flood insurance',
  ),
]

export const WHO: readonly Words[] = [
  words('les personnes âgées', 'ältere Menschen', 'ouderen', 'elderly people'),
  words('les familles monoparentales', 'Alleinerziehende', 'eenoudergezinnen', 'single-parent families'),
  words(
    'les indépendants en difficulté',
    'Selbstständige in Schwierigkeiten',
    'zelfstandigen in moeilijkheden',
    'the self-employed in difficulty',
  ),
  words('les jeunes de 16 à 25 ans', 'Jugendliche von 16 bis 25 Jahren', 'jongeren van 16 tot 25 jaar', 'young people from 16 to 25'),
  words('les habitants isolés', 'alleinstehende Einwohner', 'alleenstaande bewoners', 'isolated residents'),
  words('les demandeurs d’emploi', 'Arbeitsuchende', 'werkzoekenden', 'job seekers'),
  words('les personnes sans abri', 'obdachlose Menschen', 'dakloze mensen', 'homeless people'),
  words('les étudiants', 'Studierende', 'studenten', 'students'),
  words('les proches aidants', 'pflegende Angehörige', 'mantelzorgers', 'informal carers'),
  words(
    'les personnes à mobilité réduite',
    'Menschen mit eingeschränkter Mobilität',
    'mensen met beperkte mobiliteit',
    'people with reduced mobility',
  ),
  words('les personnes exilées', 'geflüchtete Menschen', 'mensen op de vlucht', 'people in exile'),
  words('toute personne qui le demande', 'alle, die danach fragen', 'iedereen die erom vraagt', 'anybody who asks'),
]

/** What a description is made of. */
export const SENTENCES: readonly Words[] = [
  words(
    'Une équipe de {body} accueille {who} et cherche une solution avec eux.',
    'Ein Team von {body} empfängt {who} und sucht mit ihnen nach einer Lösung.',
    'Een team van {body} ontvangt {who} en zoekt samen een oplossing.',
    'A team of {body} welcomes {who} and looks for a solution with them.',
  ),
  words(
    'Vous pouvez y demander {thing}, sans devoir vous expliquer longuement.',
    'Sie können dort nach Folgendem fragen, ohne lange Erklärungen: {thing}.',
    'U kunt er vragen naar {thing}, zonder lange uitleg.',
    'You can ask there for {thing} without a long explanation.',
  ),
  words(
    'Un assistant social examine votre situation et vous dit par écrit ce à quoi vous avez droit.',
    'Ein Sozialarbeiter prüft Ihre Lage und teilt Ihnen schriftlich mit, worauf Sie Anspruch haben.',
    'Een maatschappelijk werker bekijkt uw situatie en zegt u schriftelijk waarop u recht hebt.',
    'A social worker looks at your situation and tells you in writing what you are entitled to.',
  ),
  words(
    'L’accueil se trouve {street}, à {place}, près de l’arrêt de bus.',
    'Der Empfang befindet sich {street} in {place}, nahe der Bushaltestelle.',
    'Het onthaal ligt {street} in {place}, vlak bij de bushalte.',
    'The reception is at {street} in {place}, near the bus stop.',
  ),
  words(
    'Le service travaille avec les communes voisines et avec les associations de {place}.',
    'Der Dienst arbeitet mit den Nachbargemeinden und den Vereinen von {place} zusammen.',
    'De dienst werkt samen met de buurgemeenten en met de verenigingen van {place}.',
    'The service works with the neighbouring communes and the associations of {place}.',
  ),
  words(
    'Si {thing} pose problème, on vous aide à écrire un courrier et à téléphoner.',
    'Wenn es um Folgendes geht, hilft man Ihnen beim Schreiben und Telefonieren: {thing}.',
    'Als {thing} een probleem is, helpt men u een brief te schrijven en te bellen.',
    'If {thing} is a problem, you are helped to write a letter and to phone.',
  ),
  words(
    'Des bénévoles se rendent à domicile quand {who} ne peuvent pas se déplacer.',
    'Freiwillige kommen ins Haus, wenn {who} nicht selbst kommen können.',
    'Vrijwilligers komen aan huis wanneer {who} zich niet kunnen verplaatsen.',
    'Volunteers visit at home when {who} cannot come themselves.',
  ),
  words(
    'Rien de ce que vous dites n’est transmis à quelqu’un d’autre sans votre accord.',
    'Nichts, was Sie sagen, wird ohne Ihre Zustimmung weitergegeben.',
    'Niets van wat u zegt wordt zonder uw akkoord doorgegeven.',
    'Nothing of what you say is passed on without your agreement.',
  ),
  words(
    'L’intervention est accordée une fois par an et dépend des revenus du ménage.',
    'Die Unterstützung wird einmal im Jahr gewährt und hängt vom Einkommen des Haushalts ab.',
    'De tussenkomst wordt eens per jaar toegekend en hangt af van het inkomen van het gezin.',
    'The allowance is granted once a year and depends on the income of the household.',
  ),
  words(
    'En hiver, {thing} passe avant toute autre demande.',
    'Im Winter hat Folgendes Vorrang vor jedem anderen Anliegen: {thing}.',
    'In de winter gaat {thing} voor op elke andere vraag.',
    'In winter, {thing} comes before any other request.',
  ),
  words(
    'Un groupe de parole se réunit chaque mois, ouvert à {who}.',
    'Jeden Monat trifft sich eine Gesprächsgruppe für {who}.',
    'Elke maand komt een praatgroep samen, open voor {who}.',
    'A talking group meets every month, open to {who}.',
  ),
  words(
    'La décision tombe au plus tard trente jours après la demande et peut être contestée.',
    'Die Entscheidung fällt spätestens dreißig Tage nach dem Antrag und kann angefochten werden.',
    'De beslissing valt ten laatste dertig dagen na de aanvraag en kan betwist worden.',
    'The decision comes thirty days after the request at the latest and can be contested.',
  ),
]

export const PROCESSES: readonly Words[] = [
  words(
    'Téléphonez ou passez à la permanence {street}. Un rendez-vous est fixé dans la semaine.',
    'Rufen Sie an oder kommen Sie in die Sprechstunde, {street}. Ein Termin wird noch in der Woche vereinbart.',
    'Bel of kom langs op het spreekuur, {street}. Er wordt binnen de week een afspraak gemaakt.',
    'Phone, or come to the office hours at {street}. An appointment is made within the week.',
  ),
  words(
    'Écrivez à {body} avec vos nom et adresse ; une personne vous rappelle.',
    'Schreiben Sie an {body} mit Namen und Anschrift; man ruft Sie zurück.',
    'Schrijf naar {body} met uw naam en adres; iemand belt u terug.',
    'Write to {body} with your name and address; somebody calls you back.',
  ),
  words(
    'Demandez à votre CPAS de vous y envoyer, ou présentez-vous sans rendez-vous le matin.',
    'Lassen Sie sich vom ÖSHZ überweisen oder kommen Sie morgens ohne Termin.',
    'Laat u doorverwijzen door uw OCMW of kom ’s ochtends zonder afspraak.',
    'Ask your public welfare centre to refer you, or come in the morning without an appointment.',
  ),
]

export const FEES: readonly Words[] = [
  words('Gratuit', 'Kostenlos', 'Gratis', 'Free'),
  words('Selon les revenus du ménage', 'Je nach Einkommen des Haushalts', 'Volgens het inkomen van het gezin', 'According to the income'),
  words('5 € par personne', '5 € pro Person', '5 € per persoon', '€5 a person'),
]

export const ELIGIBLE: readonly Words[] = [
  words(
    'Pour {who} qui habitent à {place} ou dans une commune voisine.',
    'Für {who}, die in {place} oder einer Nachbargemeinde wohnen.',
    'Voor {who} die in {place} of in een buurgemeente wonen.',
    'For {who} who live in {place} or a neighbouring commune.',
  ),
  words(
    'Pour {who}, après analyse de la situation par un assistant social.',
    'Für {who}, nach Prüfung der Lage durch einen Sozialarbeiter.',
    'Voor {who}, na onderzoek van de situatie door een maatschappelijk werker.',
    'For {who}, after a social worker has looked at the situation.',
  ),
]

export const ALERTS: readonly Words[] = [
  words(
    'Fermé la dernière semaine de juillet.',
    'In der letzten Juliwoche geschlossen.',
    'Gesloten de laatste week van juli.',
    'Closed in late July.',
  ),
  words('Liste d’attente de trois semaines.', 'Drei Wochen Wartezeit.', 'Wachtlijst van drie weken.', 'Waiting list of three weeks.'),
]

export const DOCUMENTS: readonly Words[] = [
  words('Carte d’identité', 'Personalausweis', 'Identiteitskaart', 'Identity card'),
  words('Preuve des revenus du ménage', 'Einkommensnachweis des Haushalts', 'Bewijs van gezinsinkomen', 'Proof of the household’s income'),
  words('Dernières factures', 'Letzte Rechnungen', 'Laatste facturen', 'Latest bills'),
  words('Contrat de bail', 'Mietvertrag', 'Huurcontract', 'Lease'),
]

export const PHONE_LABELS: readonly Words[] = [
  words('Accueil', 'Empfang', 'Onthaal', 'Reception'),
  words('Prise de rendez-vous', 'Terminvereinbarung', 'Afspraken', 'Appointments'),
  words('Urgences', 'Notfälle', 'Dringende oproepen', 'Urgent calls'),
]

export const QUESTIONS: readonly Words[] = [
  words(
    'Qui peut m’aider pour {thing} ?',
    'Wer hilft mir in dieser Sache: {thing}?',
    'Wie helpt me met {thing}?',
    'Who can help me with {thing}?',
  ),
  words(
    'Que faire quand je ne peux plus payer {thing} ?',
    'Was tun, wenn ich das nicht mehr bezahlen kann: {thing}?',
    'Wat als ik {thing} niet meer kan betalen?',
    'What if I cannot pay for {thing} any more?',
  ),
  words('À quoi ont droit {who} ?', 'Worauf haben {who} Anspruch?', 'Waarop hebben {who} recht?', 'What are {who} entitled to?'),
  words(
    'Comment obtenir {thing} à {place} ?',
    'Wie bekomme ich das in {place}: {thing}?',
    'Hoe krijg ik {thing} in {place}?',
    'How do I get {thing} in {place}?',
  ),
]

/** How people begin, in a search field. */
export const SEARCHES: readonly Words[] = [
  words('jai besoin de {thing}', 'ich brauche {thing}', 'ik heb nodig {thing}', 'i need {thing}'),
  words('comment avoir {thing} svp', 'wie bekomme ich {thing}', 'hoe krijg ik {thing}', 'how do i get {thing}'),
  words('{thing} {place}', '{thing} {place}', '{thing} {place}', '{thing} {place}'),
  words('je peux plus payer, {thing}', 'kann nicht mehr zahlen, {thing}', 'kan niet meer betalen, {thing}', 'cant pay any more, {thing}'),
]

/** First and second parts of the names of bodies; names are not translated. */
export const BODY_KINDS = [
  'Maison',
  'Centre',
  'Espace',
  'Relais',
  'Service',
  'Collectif',
  'Coopérative',
  'Fondation',
  'Plateforme',
  'Atelier',
]
export const BODY_NAMES = [
  'des Tilleuls',
  'de la Meuse',
  'du Condroz',
  'Saint-Martin',
  'de l’Ourthe',
  'des Trois Ponts',
  'de la Sambre',
  'du Pays de Herve',
  'Sainte-Barbe',
  'des Hautes Fagnes',
  'de la Lesse',
  'des Ardennes',
  'du Brabant',
  'de la Vesdre',
  'du Beffroi',
  'des Moulins',
  'de la Semois',
  'de l’Amblève',
]
export const STREETS = [
  'rue de l’Église',
  'place du Marché',
  'rue Haute',
  'avenue de la Gare',
  'chaussée de Liège',
  'rue des Écoles',
  'rue du Moulin',
  'quai de l’Ourthe',
  'boulevard Albert',
  'rue de la Station',
  'rue Neuve',
  'chemin du Bois',
  'rue des Tisserands',
  'place Saint-Jacques',
  'rue du Pont',
  'Grand-Place',
]
