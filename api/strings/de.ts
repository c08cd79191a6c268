import { de as content } from './content/de.ts'
import { de as site } from './site/de.ts'
import type { Strings } from './fr.ts'
import { waitLabel } from './wait.ts'

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `von ${min} bis ${max} Jahren` : min !== null ? `ab ${min} Jahren` : `bis ${max} Jahre`

const holidays: Strings['holidays'] = {
  'new-year': 'Neujahr',
  'easter-monday': 'Ostermontag',
  'labour-day': '1. Mai',
  ascension: 'Christi Himmelfahrt',
  'whit-monday': 'Pfingstmontag',
  'national-day': 'Nationalfeiertag',
  assumption: 'Mariä Himmelfahrt',
  'all-saints': 'Allerheiligen',
  armistice: '11. November',
  christmas: 'Weihnachten',
}

/** The first of two times, which shares the unit of the second unless that is midnight: "8.30 bis 13 Uhr". */
const withoutUnit = (from: string, to: string): string => (to.endsWith(' Uhr') ? from.replace(/ Uhr$/, '') : from)

export const de: Strings = {
  content,
  problems: {
    required: () => 'Diese Angabe ist nötig.',
    too_long: ({ max }) => `Dieser Text ist zu lang: höchstens ${max} Zeichen.`,
    too_many: ({ max }) => `Das ist zu viel auf einmal: höchstens ${max} Angaben.`,
    out_of_range: ({ min, max }) => `Dieser Wert muss zwischen ${min} und ${max} liegen.`,
    malformed: () => 'Dieser Wert hat nicht die erwartete Form.',
    unknown: ({ value }) => `„${value}“ gibt es nicht.`,
    contradictory: () => 'Diese Postleitzahl und diese Gemeinde passen nicht zusammen.',
    one_only: () => 'Nennen Sie einen Dienst oder eine Frage, nicht beides.',
    phone_malformed: () => 'Diese Telefonnummer scheint nicht zu stimmen. Beispiel: 0470 12 34 56.',
    phone_not_allowed: () =>
      'Diese Nummer können wir nicht zurückrufen. Geben Sie eine Festnetz- oder Handynummer aus Belgien oder einem Nachbarland an.',
    line_takes_no_callbacks: ({ number }) => `Unter dieser Nummer gibt es keinen Rückruf. Rufen Sie ${number} an.`,
    line_not_in_service: ({ number }) => `Diese Nummer ist nicht in Betrieb.${number ? ` Rufen Sie ${number} an.` : ''}`,
    slot_not_offered: () => 'Diese Zeit bietet diese Nummer nicht an.',
    email_malformed: () => 'Diese E-Mail-Adresse scheint nicht zu stimmen. Beispiel: ada@beispiel.be.',
    email_unsupported: () =>
      "Mit dieser Adresse kann sich niemand anmelden: nur Buchstaben ohne Akzent, Ziffern und . _ + - '. Nehmen Sie eine andere.",
    moment_over: () => 'Dieser Zeitpunkt ist schon vorbei.',
    moment_too_far: ({ days }) => `Dieser Zeitpunkt liegt zu weit weg: höchstens ${days} Tage.`,
    moment_closed: () => 'Zu diesem Zeitpunkt ist geschlossen.',
    url_refused: () => 'Die Adresse muss mit https beginnen, öffentlich und ohne Passwort sein, mit Port 443 oder einem ab 1024.',
    not_sendable: () => 'So kann nichts gesendet werden: Die Person hat es nicht gewünscht, oder es könnte sie gefährden.',
    endpoint_missing: () => 'Dieser Partner hat noch keine geprüfte technische Adresse.',
    ...content.problems,
    ...site.problems,
  },
  invalidInput: (count) => (count > 1 ? `${count} Angaben müssen berichtigt werden.` : 'Eine Angabe muss berichtigt werden.'),
  conflicts: {
    idempotency_key_reused: 'Dieser Sendeschlüssel wurde schon für eine andere Anfrage benutzt.',
    in_progress: 'Dieselbe Anfrage wird gerade noch gesendet. Versuchen Sie es gleich noch einmal.',
    callback_under_way: 'Sie werden gerade angerufen: Die Anfrage kann nicht mehr verschoben werden.',
    callback_over: 'Diese Anfrage ist abgeschlossen.',
    own_account: 'Sich selbst können Sie die Rechte nicht entziehen: Bitten Sie einen anderen Administrator darum.',
    own_recovery:
      'Für Ihr eigenes Konto ändern Sie das Passwort auf der Seite Ihres Kontos, oder bitten Sie jemand anderen in der Verwaltung um den Link.',
    account_beyond_reach:
      'Diese Person hat auch anderswo eine Rolle: Nur die Verwaltung der ganzen Installation kann diesen Link erstellen.',
    account_not_recoverable: 'Dieses Konto hat hier kein Passwort oder ist geschlossen: Ein Link würde nichts ändern.',
    claimed_by_other: 'Jemand anders kümmert sich um diese Anfrage.',
    not_holding: 'Diese Anfrage liegt nicht bei Ihnen.',
    holding_another: 'Sie kümmern sich schon um eine andere Person: Schließen Sie diese Anfrage erst ab oder geben Sie sie zurück.',
    person_on_the_phone: 'Jemand spricht gerade schon mit dieser Person.',
    lease_ended: 'Ihre Reservierung ist abgelaufen, weil nichts geschah. Die Anfrage ist wieder in der Warteschlange.',
    not_due: 'Diese Person kann noch nicht angerufen werden.',
    not_tried: 'Noch niemand hat versucht anzurufen.',
    endpoint_fails: 'Die Adresse hat nicht richtig geantwortet: Vorerst wird nichts gesendet.',
    delivery_called_off: 'Diese Nachricht ist hinfällig: Sie wird nicht noch einmal gesendet.',
    colleague_busy: 'Diese Kollegin oder dieser Kollege kümmert sich schon um jemanden oder arbeitet nicht für diese Nummer.',
    not_reached: 'Sprechen Sie zuerst mit der Person: Ohne ihr Einverständnis wird nichts an einen Partner weitergegeben.',
    case_over: 'Dieser Fall ist abgeschlossen.',
    case_not_accepted: 'Übernehmen Sie diesen Fall zuerst.',
    case_accepted: 'Dieser Fall ist schon übernommen: Wenn es nicht weitergeht, sagen Sie warum.',
    case_changed: 'Dieser Fall hat sich inzwischen geändert. Lesen Sie ihn noch einmal und versuchen Sie es dann erneut.',
    case_open: 'Dieser Fall läuft noch.',
    agreement_for_one: 'Die Person ist nur mit einem bestimmten Partner einverstanden. Rufen Sie sie an und fragen Sie sie.',
    partner_full: 'Dieser Partner nimmt zurzeit keine neuen Fälle an.',
    answered: 'Sie haben schon geantwortet. Danke.',
    ...content.conflicts,
    ...site.conflicts,
  },
  nothingWaiting: 'Im Augenblick wartet niemand.',
  signInRequired: 'Melden Sie sich an: Dies ist dem Personal vorbehalten.',
  forbidden: 'Ihre Rolle erlaubt das nicht.',
  notFound: { callback: 'Zu dieser Referenz und dieser Nummer gibt es keine Anfrage.', record: 'Das gibt es nicht, oder nicht mehr.' },
  slotTaken: 'Diese Zeit wurde gerade vergeben. Hier sind andere.',
  challengeRequired: (number) => `Im Moment kommen viele Anfragen an. Ihr Gerät muss kurz rechnen, oder rufen Sie ${number} an.`,
  siteRefused: {
    UNKNOWN_SITE: 'Der Schlüssel der Website (Kopfzeile Passerelle-Site) fehlt oder existiert nicht.',
    ORIGIN_NOT_ALLOWED: 'Diese Seite darf diesen Schlüssel nicht benutzen.',
  },
  unavailable:
    'Der Dienst ist im Moment nicht erreichbar. Versuchen Sie es gleich noch einmal: Ihre Anfrage wird nicht doppelt gespeichert.',
  tooManyRequests(minutes, number) {
    const wait = waitLabel(minutes, {
      minutes: (count) => (count > 1 ? `in ${count} Minuten` : 'in einer Minute'),
      hours: (count) => `in ${count} Stunden`,
      tomorrow: 'morgen',
    })
    return `Zu viele Sendungen in kurzer Zeit. Versuchen Sie es ${wait} noch einmal${number ? `, oder rufen Sie ${number} an` : ''}.`
  },
  postRequired: 'Diese Daten sind persönlich: Senden Sie sie mit POST, nie in einer Adresse.',
  demonstration: 'Inhalt zur Vorführung: Prüfen Sie jede Angabe beim Dienst selbst.',
  hours: {
    time: (hour, minute) =>
      hour === 0 && minute === 0 ? 'Mitternacht' : minute === 0 ? `${hour} Uhr` : `${hour}.${String(minute).padStart(2, '0')} Uhr`,
    unknown: 'Öffnungszeiten nicht bekannt',
    openAlways: 'Tag und Nacht geöffnet',
    openUntil: (time) => `Geöffnet bis ${time}`,
    openUntilDay: (day, time) => `Geöffnet bis ${day} um ${time}`,
    opensToday: (time) => `Öffnet heute um ${time}`,
    opensTomorrow: (time) => `Öffnet morgen um ${time}`,
    opensOn: (day, time) => `Öffnet ${day} um ${time}`,
    closed: 'Geschlossen',
    suspended: 'Vorübergehend geschlossen',
    ended: 'Nicht mehr in Betrieb',
    closedOn: (holiday) => `Geschlossen (Feiertag: ${holidays[holiday]})`,
    closedFor: (reason) => `Geschlossen: ${reason}`,
    closedOnHolidays: 'An gesetzlichen Feiertagen geschlossen.',
    closedAlso: (days) => `Außerdem geschlossen: ${days}.`,
  },
  slots: {
    today: 'heute',
    tomorrow: 'morgen',
    tonight: 'heute Nacht',
    date: (weekday, day) => `${weekday}, ${day}`,
    onDate: (date) => `am ${date},`,
    times: (from, to) => `${withoutUnit(from, to)} bis ${to}`,
    between: (when, from, to) => `${when} zwischen ${withoutUnit(from, to)} und ${to}`,
    before: (when, time) => `${when} vor ${time}`,
  },
  notices: {
    asSoonAsPossible: 'so bald wie möglich',
    mail: {
      subject: (reference) => `Ihre Referenz ${reference}`,
      hello: 'Guten Tag,',
      told: {
        requested: 'Ihre Anfrage ist bei uns angekommen.',
        rescheduled: 'Die Zeit des Anrufs hat sich geändert.',
        cancelled: 'Ihre Anfrage ist zurückgezogen. Wenn Sie für diese Nummer eine andere gestellt haben, bleibt sie.',
        unreachable: 'Wir haben versucht, Sie anzurufen, und Sie nicht erreicht. Wir rufen nicht mehr an.',
        taken_over: 'Jemand hat Ihre Anfrage übernommen. Wer, sehen Sie auf der Website, auf der Sie sie gestellt haben.',
        outcome_known:
          'Es gibt Neues zu Ihrer Anfrage. Sehen Sie auf der Website nach, auf der Sie sie gestellt haben, und sagen Sie uns, ob es geholfen hat.',
        oriented: 'Hier ist, worüber wir am Telefon gesprochen haben.',
      },
      reference: (reference) => `Ihre Referenz: ${reference}`,
      call: (when) => `Wir rufen Sie ${when} an.`,
      tried: (count, day) => (count > 1 ? `Wir haben ${count}-mal angerufen, zuletzt ${day}.` : `Wir haben ${day} angerufen.`),
      again:
        'Möchten Sie noch mit jemandem sprechen? Stellen Sie auf derselben Website eine neue Anfrage, oder rufen Sie die Nummer an, die dort steht.',
      follow:
        'Wenn Sie wissen möchten, wie es um Ihre Anfrage steht, sie verschieben oder zurückziehen möchten, gehen Sie auf die Website, auf der Sie ' +
        'sie gestellt haben. Sie brauchen dazu diese Referenz und die Telefonnummer, die Sie angegeben haben.',
      notYou: 'Sie haben nichts angefragt? Dann beachten Sie diese Nachricht nicht.',
      automatic: 'Diese Nachricht wurde automatisch gesendet. Bitte antworten Sie nicht darauf: Niemand würde Ihre Antwort lesen.',
    },
    sms: {
      requested: (reference, when) => `Ref. ${reference}: Wir rufen Sie ${when} an. Zurückziehen: Website, mit Referenz und Ihrer Nummer.`,
      rescheduled: (reference, when) =>
        `Ref. ${reference}, neue Zeit: Wir rufen Sie ${when} an. Zurückziehen: Website, mit Referenz und Nummer.`,
      cancelled: (reference) =>
        `Ref. ${reference}: Anfrage zurückgezogen. Wenn Sie für diese Nummer eine andere gestellt haben, bleibt sie.`,
      unreachable: (reference, day) =>
        `Ref. ${reference}: Wir konnten Sie nicht erreichen (zuletzt ${day}). Stellen Sie auf der Website eine neue Anfrage, oder rufen Sie an.`,
      oriented: (reference, list) => `Ref. ${reference}: ${list}`,
      taken_over: (reference) =>
        `Ref. ${reference}: Jemand hat Ihre Anfrage übernommen. Wer, sehen Sie auf der Website mit dieser Referenz und Ihrer Nummer.`,
      outcome_known: (reference) =>
        `Ref. ${reference}: Es gibt Neues. Sehen Sie auf der Website nach (Referenz, Nummer), und sagen Sie, ob es geholfen hat.`,
    },
  },
  holidays,
  partners: {
    accepting: { yes: 'Nimmt neue Fälle an.', no: 'Nimmt zurzeit keine neuen Fälle an.' },
    room: {
      yes: (open, capacity) => (capacity === null ? `Laufende Fälle: ${open}.` : `Laufende Fälle: ${open} von ${capacity}.`),
      no: (open, capacity) => `Voll: ${open} laufende Fälle von ${capacity}.`,
    },
    unreachable: 'Sein System kann zurzeit nicht von Fällen benachrichtigt werden: Nachrichten warten.',
    need: {
      all: 'Arbeitet zu allen Themen.',
      yes: (need) => `Arbeitet zu diesem Thema: ${need}.`,
      no: (need) => `Arbeitet nicht zu diesem Thema: ${need}.`,
      unknown: 'Über das Thema ist zu wenig bekannt, um zu sagen, ob dieser Partner passt.',
    },
    place: {
      all: 'Arbeitet überall.',
      yes: (place) => `Arbeitet dort, wo die Person lebt: ${place}.`,
      no: (place) => `Arbeitet nicht dort, wo die Person lebt: ${place}.`,
      unknown: 'Es ist zu wenig bekannt, wo die Person lebt.',
    },
    language: {
      yes: (language) => `Spricht ihre Sprache: ${language}.`,
      no: (language) => `Spricht ihre Sprache nicht: ${language}.`,
    },
    agreement: {
      one: (partner, also) =>
        `Damit es weitergeht, kann ich Ihre Anfrage an ${partner} geben. Weitergegeben werden Ihre Telefonnummer, Ihre Wünsche, wie man Sie ohne ` +
        `Risiko anruft, und einige Zeilen dazu, was Sie brauchen. Ich lese sie Ihnen vor, bevor ich sie sende. ${also}Was Sie mir sonst anvertraut haben, ` +
        'bleibt hier. Sie können es sich jederzeit anders überlegen, mit Ihrer Referenz und Ihrer Nummer. Sind Sie einverstanden?',
      also: {
        NAME: 'Auch Ihr Name wird weitergegeben.',
        EMAIL: 'Auch Ihre E-Mail-Adresse wird weitergegeben.',
        PLACE: 'Auch Ihr Wohnort wird weitergegeben: Postleitzahl und Gemeinde.',
        MESSAGE: 'Auch was Sie in Ihrer Anfrage geschrieben haben, wird weitergegeben, Wort für Wort.',
      },
      anyone:
        'Falls dieser Partner Ihnen nicht helfen kann: Dürfen wir dieselbe Anfrage an einen anderen Partner geben, ohne Sie vorher anzurufen?',
    },
  },
  lineEnded: (instead) => `Diese Nummer ist nicht mehr in Betrieb.${instead ? ` Rufen Sie ${instead} an.` : ''}`,
  freshness: {
    stale: (month) => `Zuletzt geprüft: ${month}. Diese Angaben können sich geändert haben: Fragen Sie vorher nach.`,
    neverChecked: 'Diese Angaben wurden nicht geprüft. Sie können sich geändert haben: Fragen Sie vorher nach.',
    checkFailed: (date) => `Achtung: Am ${date} war dieser Dienst nicht mehr so erreichbar wie hier angegeben. Fragen Sie vorher nach.`,
  },
  reasons: {
    ageWithin: (min, max) => `Ihr Alter passt (${ages(min, max)}).`,
    ageOutside: (min, max) => `Dieser Dienst ist nur für Personen ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Dafür muss man Ihr Alter kennen (${ages(min, max)}).`,
    audienceYes: (label) => `Sie gehören zur Zielgruppe: ${label}.`,
    audienceNo: (label) => `Dieser Dienst richtet sich an diese Zielgruppe: ${label}.`,
    audienceUnknown: (label) => `Es kommt darauf an: Der Dienst richtet sich an diese Zielgruppe: ${label}.`,
    madeFor: (areas) => `Dieser Dienst ist gedacht für: ${areas}. Fragen Sie dort, ob er Ihnen helfen kann.`,
    areaYes: (commune) => (commune ? `Dieser Dienst ist für ${commune} da.` : 'Dieser Dienst ist für Ihre Gemeinde da.'),
    areaNo: (commune) => (commune ? `Dieser Dienst ist nicht für ${commune} da.` : 'Dieser Dienst ist nicht für Ihre Gemeinde da.'),
    areaUnknown: (communes) => `Es kommt darauf an, in welcher Gemeinde Sie leben${communes ? `: ${communes}` : ''}.`,
    languageYes: (language) => `Man kann Ihnen in Ihrer Sprache helfen (${language}).`,
    languageNo: (language) => `Dieser Dienst hilft nur in einer Sprache: ${language}.`,
    languageUnknown: (language) => `Es kommt auf Ihre Sprache an (${language}).`,
    condition: (text) => `Eine Bedingung ist zu prüfen: ${text}.`,
    assessed: (text) => `Der Dienst entscheidet: ${text}.`,
    not: {
      ageWithin: (min, max) => `Ihr Alter passt: Dieser Dienst ist nicht für Personen ${ages(min, max)}.`,
      ageOutside: (min, max) => `Dieser Dienst ist nicht für Personen ${ages(min, max)}.`,
      ageUnknown: (min, max) => `Dafür muss man Ihr Alter kennen: Dieser Dienst ist nicht für Personen ${ages(min, max)}.`,
      audienceYes: (label) => `Dieser Dienst ist nicht für diese Zielgruppe, zu der Sie nicht gehören: ${label}.`,
      audienceNo: (label) => `Dieser Dienst ist nicht für diese Zielgruppe: ${label}.`,
      audienceUnknown: (label) => `Es kommt darauf an: Der Dienst ist nicht für diese Zielgruppe: ${label}.`,
      languageYes: (language) => `Dieser Dienst ist für Personen, die diese Sprache nicht sprechen: ${language}.`,
      languageNo: (language) => `Dieser Dienst ist nicht für Personen, die diese Sprache sprechen: ${language}.`,
      languageUnknown: (language) => `Es kommt darauf an: Dieser Dienst ist nicht für Personen, die diese Sprache sprechen: ${language}.`,
      condition: (text) => `Zu prüfen ist: In diesem Fall ist der Dienst nicht für Sie: ${text}.`,
      assessed: (text) => `Der Dienst prüft, ob das nicht zutrifft: ${text}.`,
    },
  },
  areas: {
    country: 'Belgien',
    regions: { wallonie: 'Wallonie', flandre: 'Flandern', bruxelles: 'Region Brüssel-Hauptstadt' },
    provinces: {
      anvers: 'Provinz Antwerpen',
      'brabant-flamand': 'Provinz Flämisch-Brabant',
      'brabant-wallon': 'Provinz Wallonisch-Brabant',
      'flandre-occidentale': 'Provinz Westflandern',
      'flandre-orientale': 'Provinz Ostflandern',
      hainaut: 'Provinz Hennegau',
      liege: 'Provinz Lüttich',
      limbourg: 'Provinz Limburg',
      luxembourg: 'Provinz Luxemburg',
      namur: 'Provinz Namur',
    },
  },
}
