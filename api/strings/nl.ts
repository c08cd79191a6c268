import { nl as content } from './content/nl.ts'
import { nl as site } from './site/nl.ts'
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
  content,
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
    email_unsupported: () =>
      "Met dit adres kan niemand zich aanmelden: alleen letters zonder accent, cijfers en . _ + - '. Neem een ander.",
    moment_over: () => 'Dit moment is al voorbij.',
    moment_too_far: ({ days }) => `Dit moment is te ver weg: hoogstens ${days} dagen.`,
    moment_closed: () => 'De lijn is dan gesloten.',
    url_refused: () => 'Het adres moet met https beginnen, openbaar zijn en zonder wachtwoord, op poort 443 of een poort vanaf 1024.',
    not_sendable: () => 'Zo kan er niets worden verstuurd: de persoon wenste het niet, of het kan een risico voor haar zijn.',
    endpoint_missing: () => 'Deze partner heeft nog geen gecontroleerd technisch adres.',
    ...content.problems,
    ...site.problems,
  },
  invalidInput: (count) => (count > 1 ? `${count} gegevens moeten worden verbeterd.` : 'Eén gegeven moet worden verbeterd.'),
  conflicts: {
    idempotency_key_reused: 'Deze verzendsleutel is al voor een andere aanvraag gebruikt.',
    in_progress: 'Dezelfde aanvraag wordt nog verzonden. Probeer het zo meteen opnieuw.',
    callback_under_way: 'U wordt op dit moment gebeld: de aanvraag kan niet meer worden verplaatst.',
    callback_over: 'Deze aanvraag is afgesloten.',
    own_account: 'U kunt uw eigen rechten niet intrekken: vraag het aan een andere beheerder.',
    own_recovery: 'Voor uw eigen account wijzigt u het wachtwoord op de pagina van uw account, of vraag de link aan een andere beheerder.',
    account_beyond_reach: 'Deze persoon heeft ook elders een rol: alleen een beheerder van de hele installatie kan deze link maken.',
    account_not_recoverable: 'Dit account heeft hier geen wachtwoord, of het is gesloten: een link zou niets veranderen.',
    claimed_by_other: 'Iemand anders behandelt deze aanvraag.',
    not_holding: 'U behandelt deze aanvraag niet.',
    holding_another: 'U helpt al iemand anders: rond die aanvraag eerst af of geef ze terug.',
    person_on_the_phone: 'Iemand is al met deze persoon aan het bellen.',
    lease_ended: 'Uw reservering is verlopen omdat er niets gebeurde. De aanvraag staat weer in de wachtrij.',
    not_due: 'Deze persoon kan nog niet worden gebeld.',
    not_tried: 'Nog niemand heeft geprobeerd te bellen.',
    endpoint_fails: 'Het adres heeft niet goed geantwoord: voorlopig wordt er niets verzonden.',
    delivery_called_off: 'Dit bericht is niet meer nodig: het wordt niet opnieuw verzonden.',
    colleague_busy: 'Deze collega helpt al iemand, of werkt niet voor deze lijn.',
    not_reached: 'Spreek eerst met de persoon: zonder haar akkoord wordt er niets aan een partner doorgegeven.',
    case_over: 'Dit dossier is afgesloten.',
    case_not_accepted: 'Neem dit dossier eerst over.',
    case_accepted: 'Dit dossier is al overgenomen: als het niet verder kan, zeg dan waarom.',
    case_changed: 'Dit dossier is intussen veranderd. Lees het opnieuw en probeer het dan nog eens.',
    case_open: 'Dit dossier loopt nog.',
    agreement_for_one: 'De persoon gaf haar akkoord voor één partner. Bel haar om het te vragen.',
    partner_full: 'Deze partner neemt op dit moment geen nieuwe dossiers aan.',
    answered: 'U hebt al geantwoord. Dank u.',
    ...content.conflicts,
    ...site.conflicts,
  },
  nothingWaiting: 'Er wacht op dit moment niemand.',
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
        unreachable: 'We hebben geprobeerd u te bellen, maar u niet bereikt. We bellen niet meer.',
        taken_over: 'Iemand heeft uw aanvraag overgenomen. Wie, ziet u op de website waar u ze hebt gedaan.',
        outcome_known: 'Er is nieuws over uw aanvraag. Kijk op de website waar u ze hebt gedaan, en zeg ons of het heeft geholpen.',
        oriented: 'Dit is waarover we aan de telefoon hebben gesproken.',
      },
      reference: (reference) => `Uw referentie: ${reference}`,
      call: (when) => `We bellen u ${when}.`,
      tried: (count, day) => (count > 1 ? `We hebben ${count} keer gebeld, de laatste keer ${day}.` : `We hebben ${day} gebeld.`),
      again: 'Wilt u toch nog iemand spreken? Doe een nieuwe aanvraag op dezelfde website, of bel het nummer dat daar staat.',
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
      unreachable: (reference, day) =>
        `Ref. ${reference}: we konden u niet bereiken (laatst ${day}). Doe een nieuwe aanvraag op de website, of bel ons.`,
      oriented: (reference, list) => `Ref. ${reference}: ${list}`,
      taken_over: (reference) =>
        `Ref. ${reference}: iemand heeft uw aanvraag overgenomen. Zie wie op de website, met deze referentie en uw nummer.`,
      outcome_known: (reference) =>
        `Ref. ${reference}: er is nieuws. Kijk op de website, met deze referentie en uw nummer, en zeg of het heeft geholpen.`,
    },
  },
  holidays,
  partners: {
    accepting: { yes: 'Neemt nieuwe dossiers aan.', no: 'Neemt op dit moment geen nieuwe dossiers aan.' },
    room: {
      yes: (open, capacity) => (capacity === null ? `Lopende dossiers: ${open}.` : `Lopende dossiers: ${open} van ${capacity}.`),
      no: (open, capacity) => `Vol: ${open} lopende dossiers van ${capacity}.`,
    },
    unreachable: 'Het systeem van deze partner kan nu niet over dossiers worden ingelicht: berichten wachten.',
    need: {
      all: 'Werkt rond alle onderwerpen.',
      yes: (need) => `Werkt rond dit onderwerp: ${need}.`,
      no: (need) => `Werkt niet rond dit onderwerp: ${need}.`,
      unknown: 'Er is te weinig over het onderwerp bekend om te zeggen of deze partner past.',
    },
    place: {
      all: 'Werkt overal.',
      yes: (place) => `Werkt waar de persoon woont: ${place}.`,
      no: (place) => `Werkt niet waar de persoon woont: ${place}.`,
      unknown: 'Er is te weinig bekend over waar de persoon woont.',
    },
    language: {
      yes: (language) => `Spreekt haar taal: ${language}.`,
      no: (language) => `Spreekt haar taal niet: ${language}.`,
    },
    agreement: {
      one: (partner, also) =>
        `Om verder te gaan kan ik uw aanvraag aan ${partner} geven. Ik geef uw telefoonnummer door, uw wensen om zonder risico te worden gebeld, en ` +
        `enkele regels over wat u nodig hebt. Ik lees ze u voor vóór ik ze verstuur. ${also}Wat u mij nog hebt toevertrouwd, blijft hier. U kunt op elk ` +
        'moment van gedachten veranderen, met uw referentie en uw nummer. Gaat u akkoord?',
      also: {
        NAME: 'Ik geef ook uw naam door.',
        EMAIL: 'Ik geef ook uw e-mailadres door.',
        PLACE: 'Ik geef ook door waar u woont: uw postcode en uw gemeente.',
        MESSAGE: 'Ik geef ook, woord voor woord, door wat u in uw aanvraag hebt geschreven.',
      },
      anyone: 'Als deze partner u niet kan helpen: mogen we dezelfde aanvraag aan een andere partner geven, zonder u eerst te bellen?',
    },
  },
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
