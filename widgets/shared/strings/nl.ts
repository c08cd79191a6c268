import type { Texts } from './fr.ts'

export const edition: Texts['edition'] = 'source'

export const common: Texts['common'] = {
  loading: 'Een ogenblik…',
  optional: 'niet verplicht',
  emergency: 'Onmiddellijk gevaar? Bel',
  exit: 'Deze pagina snel verlaten',
  exitHint: 'of drie keer de Shift-toets',
  newTab: 'nieuw tabblad',
  retry: 'Opnieuw proberen',
  offline: 'U bent offline.',
  unreachable: 'De dienst antwoordt niet.',
  limited: 'Te veel aanvragen: probeer het over enkele minuten opnieuw.',
  rejected: 'Deze site mag de dienst niet gebruiken.',
  failed: 'Er ging bij ons iets mis.',
}

export const callback: Texts['callback'] = {
  title: 'Gratis teruggebeld worden',
  intro: 'Laat een nummer achter: iemand belt u terug, zonder oordeel.',
  start: 'Vraag een telefoontje',
  follow: 'Mijn aanvraag volgen',
  back: 'Terug',

  problems: 'Eén punt te verbeteren|{n} punten te verbeteren',
  missing: 'Nog in te vullen: {field}',

  need: 'Waarover gaat het?',
  noNeed: 'Dat zeg ik aan de telefoon',
  about: 'Onderwerp:',
  line: 'Wie moet u terugbellen?',

  safe: 'Hoe bereiken we u zonder risico?',
  voicemail: 'U mag een bericht inspreken',
  sms: 'U mag een sms sturen',
  sayWhoCalls: 'U mag zeggen wie er belt',
  note: 'Waar we op moeten letten',
  noteHint: 'Bijvoorbeeld: niet na 16 uur',

  phone: 'Uw telefoonnummer',
  phoneHint: 'Bijvoorbeeld 0470 12 34 56',
  name: 'Uw naam of voornaam',
  postalCode: 'Uw postcode',
  postalCodeHint: '4 cijfers, waar u woont',
  language: 'Taal van het gesprek',
  message: 'Uw bericht',
  messageHint: 'Zonder rijksregisternummer, rekeningnummer of gezondheidsgegevens',

  when: '{line} belt u zo snel mogelijk terug, tijdens de openingsuren.',
  notice:
    '{organization} gebruikt deze gegevens alleen om u terug te bellen. Dit is een openbare taak: uw toestemming is niet nodig. ' +
    'U kunt vragen ze in te kijken, te verbeteren of te wissen.',
  us: 'De gekozen organisatie',

  send: 'Mijn aanvraag versturen',
  sending: 'Bezig met versturen…',
  kept: 'Wat u schreef, staat er nog.',

  done: 'Genoteerd, wij bellen u terug',
  reference: 'Uw referentie',
  keep: 'Bewaar ze om uw aanvraag te volgen.',
  notFormal: 'Dit is geen officiële hulpaanvraag.',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
  print: 'Afdrukken',

  safety: 'Uw veiligheid eerst: bel',
  iAmSafe: 'Ik ben veilig en wil teruggebeld worden',

  empty: 'Terugbellen kan nu niet: bel zelf.',

  see: 'Bekijken hoe het ermee staat',
  notFound: 'Geen aanvraag met deze referentie en dit nummer.',
  status: {
    NEW: 'Ontvangen: wij bellen u terug.',
    CLAIMED: 'Iemand belt u zo dadelijk.',
    REACHED: 'Wij hebben elkaar gesproken.',
    CLOSED: 'Afgerond.',
    ESCALATED: 'Doorgegeven aan een partner, die contact met u opneemt.',
    UNREACHABLE: 'Wij konden u niet bereiken: bel ons.',
    CANCELLED: 'Ingetrokken.',
  },
  asked: 'Aangevraagd op {date}',
}

export const finder: Texts['finder'] = {
  title: 'Hulp vinden',
  intro: 'Kies een onderwerp, of zeg het in uw eigen woorden.',
  words: 'Wat zoekt u?',
  wordsHint: 'Bijvoorbeeld: elektriciteitsrekening',
  commune: 'Waar woont u?',
  communeHint: 'Gemeente of postcode',
  communeUnknown: 'We vinden deze gemeente niet: dit is alle hulp.',
  which: 'Welke gemeente?',
  search: 'Zoeken',
  subjects: 'Of kies een onderwerp',
  back: 'Anders zoeken',
  all: 'Alles',

  count: '{n} resultaat|{n} resultaten',
  more: 'Meer hulp tonen',
  cpas: 'Uw OCMW is waarschijnlijk',
  near: 'In uw buurt',
  everywhere: 'Waar u ook woont',
  byPhone: 'Per telefoon',
  local: 'In sommige gemeenten',
  questions: 'Vragen en antwoorden',
  urgent: 'Bel eerst',

  details: 'Meer weten',
  conditions: 'Voor wie',
  how: 'Hoe aanvragen',
  documents: 'Meebrengen',
  cost: 'Prijs',
  where: 'Adres',
  route: 'Op de kaart bekijken',
  write: 'Schrijven',
  site: 'Website',
  checked: 'Nagekeken: {date}.',
  old: 'Oudere informatie ({date}): vraag het na per telefoon.',
  undated: 'Informatie zonder datum: vraag het na per telefoon.',
  source: 'Bron:',

  unhelped: 'Niet gevonden?',
  unhelpedText: 'Iemand kan samen met u zoeken.',
  notThis: 'Dit helpt mij niet: bel mij terug',
  callMe: 'Vragen om teruggebeld te worden',
  callThem: 'U kunt bellen:',
  empty: 'We hebben niets gevonden',
  emptyText: 'Probeer een ander woord of onderwerp.',
}
