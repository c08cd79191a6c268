import type { Strings } from './fr.ts'
import { waitLabel } from './wait.ts'

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `van ${min} tot ${max} jaar` : min !== null ? `vanaf ${min} jaar` : `tot ${max} jaar`

const holidays: Strings['holidays'] = {
  'new-year': 'Nieuwjaar',
  'easter-monday': 'paasmaandag',
  'labour-day': '1 mei',
  ascension: 'Onze-Lieve-Heer-Hemelvaart',
  'whit-monday': 'pinkstermaandag',
  'national-day': 'nationale feestdag',
  assumption: 'Onze-Lieve-Vrouw-Hemelvaart',
  'all-saints': 'Allerheiligen',
  armistice: '11 november',
  christmas: 'Kerstmis',
}

/** The first of two times, which shares the unit of the second unless that is midnight: "van 8.30 tot 13 uur". */
const withoutUnit = (from: string, to: string): string => (to.endsWith(' uur') ? from.replace(/ uur$/, '') : from)

export const nl: Strings = {
  problems: {
    required: () => 'Deze informatie is nodig.',
    too_long: ({ max }) => `Deze tekst is te lang: hoogstens ${max} tekens.`,
    too_many: ({ max }) => `Dat is te veel tegelijk: hoogstens ${max} keuzes.`,
    out_of_range: ({ min, max }) => `Deze waarde moet tussen ${min} en ${max} liggen.`,
    malformed: () => 'Deze waarde heeft niet de verwachte vorm.',
    unknown: ({ value }) => `“${value}” bestaat niet.`,
    contradictory: () => 'Deze postcode en deze gemeente horen niet bij elkaar.',
    one_only: () => 'Noem een dienst of een vraag, niet allebei.',
    phone_malformed: () => 'Dit telefoonnummer lijkt niet te kloppen. Voorbeeld: 0470 12 34 56.',
    phone_not_allowed: () => 'Dit nummer kunnen we niet terugbellen. Geef een vast of mobiel nummer uit België of een buurland.',
    line_takes_no_callbacks: ({ number }) => `Deze lijn belt niet terug. Bel ${number}.`,
    line_not_in_service: ({ number }) => `Deze lijn is niet in dienst.${number ? ` Bel ${number}.` : ''}`,
    slot_not_offered: () => 'Dit moment wordt door deze lijn niet aangeboden.',
    email_malformed: () => 'Dit e-mailadres lijkt niet te kloppen. Voorbeeld: ada@voorbeeld.be.',
  },
  invalidInput: (count) => (count > 1 ? `${count} gegevens moeten worden verbeterd.` : 'Eén gegeven moet worden verbeterd.'),
  conflicts: {
    idempotency_key_reused: 'Deze verzendsleutel is al voor een andere aanvraag gebruikt.',
    in_progress: 'Dezelfde aanvraag wordt nog verzonden. Probeer het zo meteen opnieuw.',
    callback_under_way: 'U wordt op dit moment gebeld: de aanvraag kan niet meer worden verplaatst.',
    callback_over: 'Deze aanvraag is afgesloten.',
    own_account: 'U kunt uw eigen rechten niet intrekken: vraag het aan een andere beheerder.',
  },
  signInRequired: 'Meld u aan: dit is voorbehouden aan het personeel.',
  forbidden: 'Uw rol laat dit niet toe.',
  notFound: { callback: 'Er is geen aanvraag met deze referentie en dit nummer.', record: 'Dit bestaat niet, of niet meer.' },
  slotTaken: 'Dit moment is net ingenomen. Hier zijn er andere.',
  challengeRequired: (number) => `Er komen op dit moment veel aanvragen binnen. Uw toestel moet even rekenen, of bel ${number}.`,
  siteRefused: {
    UNKNOWN_SITE: 'De sleutel van de website (header Passerelle-Site) ontbreekt of bestaat niet.',
    ORIGIN_NOT_ALLOWED: 'Deze pagina mag deze sleutel niet gebruiken.',
  },
  unavailable: 'De dienst is even niet bereikbaar. Probeer het zo meteen opnieuw: uw aanvraag wordt geen twee keer bewaard.',
  tooManyRequests(minutes, number) {
    const wait = waitLabel(minutes, {
      minutes: (count) => (count > 1 ? `over ${count} minuten` : 'over een minuut'),
      hours: (count) => `over ${count} uur`,
      tomorrow: 'morgen',
    })
    return `Te veel verzendingen in korte tijd. Probeer het ${wait} opnieuw${number ? `, of bel ${number}` : ''}.`
  },
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
    ended: 'Niet meer in dienst',
    closedOn: (holiday) => `Gesloten (feestdag: ${holidays[holiday]})`,
    closedFor: (reason) => `Gesloten: ${reason}`,
    closedOnHolidays: 'Gesloten op wettelijke feestdagen.',
    closedAlso: (days) => `Ook gesloten: ${days}.`,
  },
  slots: {
    today: 'vandaag',
    tomorrow: 'morgen',
    tonight: 'vannacht',
    date: (weekday, day) => `${weekday} ${day}`,
    onDate: (date) => `op ${date}`,
    times: (from, to) => `van ${withoutUnit(from, to)} tot ${to}`,
    between: (when, from, to) => `${when} tussen ${withoutUnit(from, to)} en ${to}`,
    before: (when, time) => `${when} voor ${time}`,
  },
  notices: {
    asSoonAsPossible: 'zo snel mogelijk',
    mail: {
      subject: (reference) => `Uw referentie ${reference}`,
      hello: 'Goeiedag,',
      told: {
        requested: 'We hebben uw aanvraag goed ontvangen.',
        rescheduled: 'Het moment van de oproep is veranderd.',
        cancelled: 'Uw aanvraag is ingetrokken. Hebt u voor dit nummer nog een andere gedaan, dan blijft die.',
      },
      reference: (reference) => `Uw referentie: ${reference}`,
      call: (when) => `We bellen u ${when}.`,
      follow:
        'Wilt u uw aanvraag volgen, een ander moment kiezen of ze intrekken? Ga dan terug naar de website waar u ze deed. U hebt daarvoor deze ' +
        'referentie nodig, en het telefoonnummer dat u opgaf.',
      notYou: 'Hebt u niets aangevraagd? Dan hoeft u niets te doen.',
      automatic: 'Dit bericht is automatisch verstuurd. Antwoord er niet op: niemand zou uw antwoord lezen.',
    },
    sms: {
      requested: (reference, when) => `Ref. ${reference}: we bellen u ${when}. Intrekken: op de website, met deze referentie en uw nummer.`,
      rescheduled: (reference, when) =>
        `Ref. ${reference}, nieuw moment: we bellen u ${when}. Intrekken: op de website, met referentie en nummer.`,
      cancelled: (reference) => `Ref. ${reference}: aanvraag ingetrokken. Hebt u voor dit nummer nog een andere gedaan, dan blijft die.`,
    },
  },
  holidays,
  lineEnded: (instead) => `Deze lijn is niet meer in dienst.${instead ? ` Bel ${instead}.` : ''}`,
  freshness: {
    stale: (month) => `Laatst nagekeken: ${month}. Deze informatie kan veranderd zijn: vraag het eerst na.`,
    neverChecked: 'Deze informatie is niet nagekeken. Ze kan veranderd zijn: vraag het eerst na.',
    checkFailed: (date) => `Let op: op ${date} was deze dienst niet meer bereikbaar zoals hier vermeld. Vraag het eerst na.`,
  },
  reasons: {
    ageWithin: (min, max) => `Uw leeftijd past (${ages(min, max)}).`,
    ageOutside: (min, max) => `Deze dienst is alleen voor personen ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Hiervoor moet uw leeftijd bekend zijn (${ages(min, max)}).`,
    audienceYes: (label) => `U hoort bij de doelgroep: ${label}.`,
    audienceNo: (label) => `Deze dienst is er voor deze doelgroep: ${label}.`,
    audienceUnknown: (label) => `Het hangt ervan af: de dienst is er voor deze doelgroep: ${label}.`,
    madeFor: (areas) => `Deze dienst is bedoeld voor: ${areas}. Vraag of hij u kan helpen.`,
    areaYes: (commune) => `Deze dienst is er voor ${commune ?? 'uw gemeente'}.`,
    areaNo: (commune) => `Deze dienst is er niet voor ${commune ?? 'uw gemeente'}.`,
    areaUnknown: (communes) => `Het hangt af van de gemeente waar u woont${communes ? `: ${communes}` : ''}.`,
    languageYes: (language) => `Men kan u in uw taal helpen (${language}).`,
    languageNo: (language) => `Deze dienst helpt maar in één taal: ${language}.`,
    languageUnknown: (language) => `Het hangt af van uw taal (${language}).`,
    condition: (text) => `Een voorwaarde die moet worden nagegaan: ${text}.`,
    assessed: (text) => `De dienst beslist: ${text}.`,
    not: {
      ageWithin: (min, max) => `Uw leeftijd past: deze dienst is niet voor personen ${ages(min, max)}.`,
      ageOutside: (min, max) => `Deze dienst is niet voor personen ${ages(min, max)}.`,
      ageUnknown: (min, max) => `Hiervoor moet uw leeftijd bekend zijn: deze dienst is niet voor personen ${ages(min, max)}.`,
      audienceYes: (label) => `Deze dienst is niet voor deze doelgroep, waar u niet bij hoort: ${label}.`,
      audienceNo: (label) => `Deze dienst is niet voor deze doelgroep: ${label}.`,
      audienceUnknown: (label) => `Het hangt ervan af: de dienst is niet voor deze doelgroep: ${label}.`,
      languageYes: (language) => `Deze dienst is voor wie deze taal niet spreekt: ${language}.`,
      languageNo: (language) => `Deze dienst is niet voor wie deze taal spreekt: ${language}.`,
      languageUnknown: (language) => `Het hangt ervan af: deze dienst is niet voor wie deze taal spreekt: ${language}.`,
      condition: (text) => `Na te gaan: in dit geval is de dienst niet voor u: ${text}.`,
      assessed: (text) => `De dienst gaat na of dit niet het geval is: ${text}.`,
    },
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
