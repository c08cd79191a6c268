import type { Strings } from './fr.ts'

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `van ${min} tot ${max} jaar` : min !== null ? `vanaf ${min} jaar` : `tot ${max} jaar`

export const nl: Strings = {
  problems: {
    required: () => 'Deze informatie is nodig.',
    too_long: ({ max }) => `Deze tekst is te lang: hoogstens ${max} tekens.`,
    too_many: ({ max }) => `Dat is te veel tegelijk: hoogstens ${max} keuzes.`,
    out_of_range: ({ min, max }) => `Deze waarde moet tussen ${min} en ${max} liggen.`,
    malformed: () => 'Deze waarde heeft niet de verwachte vorm.',
    unknown: ({ value }) => `“${value}” bestaat niet.`,
    contradictory: () => 'Deze postcode en deze gemeente horen niet bij elkaar.',
    phone_malformed: () => 'Dit telefoonnummer lijkt niet te kloppen. Voorbeeld: 0470 12 34 56.',
    phone_not_allowed: () => 'Dit nummer kunnen we niet terugbellen. Geef een vast of mobiel nummer uit België of een buurland.',
    line_takes_no_callbacks: ({ number }) => `Deze lijn belt niet terug. Bel ${number}.`,
    line_not_in_service: ({ number }) => `Deze lijn is niet in dienst. Bel ${number}.`,
  },
  invalidInput: (count) => (count > 1 ? `${count} gegevens moeten worden verbeterd.` : 'Eén gegeven moet worden verbeterd.'),
  conflicts: { idempotency_key_reused: 'Deze verzendsleutel is al voor een andere aanvraag gebruikt.' },
  siteRefused: {
    UNKNOWN_SITE: 'De sleutel van de website (header Passerelle-Site) ontbreekt of bestaat niet.',
    ORIGIN_NOT_ALLOWED: 'Deze pagina mag deze sleutel niet gebruiken.',
  },
  unavailable: 'De dienst is even niet bereikbaar. Probeer het zo meteen opnieuw: uw aanvraag wordt geen twee keer bewaard.',
  postRequired: 'Deze gegevens zijn persoonlijk: stuur ze met POST, nooit in een adres.',
  demonstration: 'Inhoud voor demonstratie: controleer alle informatie bij de dienst zelf.',
  hours: {
    time: (hour, minute) =>
      hour === 0 && minute === 0 ? 'middernacht' : minute === 0 ? `${hour} uur` : `${hour}.${String(minute).padStart(2, '0')} uur`,
    unknown: 'Openingsuren niet bekend',
    openAlways: 'Dag en nacht open',
    openUntil: (time) => `Open tot ${time}`,
    openUntilDay: (day, time) => `Open tot ${day} om ${time}`,
    opensToday: (time) => `Opent vandaag om ${time}`,
    opensTomorrow: (time) => `Opent morgen om ${time}`,
    opensOn: (day, time) => `Opent ${day} om ${time}`,
    closed: 'Gesloten',
    suspended: 'Tijdelijk gesloten',
  },
  reasons: {
    ageWithin: (min, max) => `Uw leeftijd past (${ages(min, max)}).`,
    ageOutside: (min, max) => `Deze dienst is alleen voor personen ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Hiervoor moet uw leeftijd bekend zijn (${ages(min, max)}).`,
    audienceYes: (label) => `U hoort bij de doelgroep: ${label}.`,
    audienceNo: (label) => `Deze dienst is er voor deze doelgroep: ${label}.`,
    audienceUnknown: (label) => `Het hangt ervan af: de dienst is er voor deze doelgroep: ${label}.`,
    areaYes: 'Deze dienst is er voor uw gemeente.',
    areaNo: 'Deze dienst is er niet voor uw gemeente.',
    areaUnknown: 'Het hangt af van de gemeente waar u woont.',
    languageYes: (language) => `Men kan u in uw taal helpen (${language}).`,
    languageNo: (language) => `Deze dienst helpt maar in één taal: ${language}.`,
    languageUnknown: (language) => `Het hangt af van uw taal (${language}).`,
    condition: (text) => `Een voorwaarde die moet worden nagegaan: ${text}.`,
    assessed: (text) => `De dienst beslist: ${text}.`,
  },
  areas: {
    country: 'België',
    regions: { wallonie: 'Wallonië', flandre: 'Vlaanderen', bruxelles: 'Brussels Hoofdstedelijk Gewest' },
    provinces: {
      anvers: 'Provincie Antwerpen',
      'brabant-flamand': 'Provincie Vlaams-Brabant',
      'brabant-wallon': 'Provincie Waals-Brabant',
      'flandre-occidentale': 'Provincie West-Vlaanderen',
      'flandre-orientale': 'Provincie Oost-Vlaanderen',
      hainaut: 'Provincie Henegouwen',
      liege: 'Provincie Luik',
      limbourg: 'Provincie Limburg',
      luxembourg: 'Provincie Luxemburg',
      namur: 'Provincie Namen',
    },
  },
}
