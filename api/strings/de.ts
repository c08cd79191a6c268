import type { Strings } from './fr.ts'

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `von ${min} bis ${max} Jahren` : min !== null ? `ab ${min} Jahren` : `bis ${max} Jahre`

export const de: Strings = {
  problems: {
    required: () => 'Diese Angabe ist nötig.',
    too_long: ({ max }) => `Dieser Text ist zu lang: höchstens ${max} Zeichen.`,
    too_many: ({ max }) => `Das ist zu viel auf einmal: höchstens ${max} Angaben.`,
    out_of_range: ({ min, max }) => `Dieser Wert muss zwischen ${min} und ${max} liegen.`,
    malformed: () => 'Dieser Wert hat nicht die erwartete Form.',
    unknown: ({ value }) => `„${value}“ gibt es nicht.`,
    contradictory: () => 'Diese Postleitzahl und diese Gemeinde passen nicht zusammen.',
    phone_malformed: () => 'Diese Telefonnummer scheint nicht zu stimmen. Beispiel: 0470 12 34 56.',
    phone_not_allowed: () =>
      'Diese Nummer können wir nicht zurückrufen. Geben Sie eine Festnetz- oder Handynummer aus Belgien oder einem Nachbarland an.',
    line_takes_no_callbacks: ({ number }) => `Unter dieser Nummer gibt es keinen Rückruf. Rufen Sie ${number} an.`,
    line_not_in_service: ({ number }) => `Diese Nummer ist nicht in Betrieb. Rufen Sie ${number} an.`,
  },
  invalidInput: (count) => (count > 1 ? `${count} Angaben müssen berichtigt werden.` : 'Eine Angabe muss berichtigt werden.'),
  conflicts: { idempotency_key_reused: 'Dieser Sendeschlüssel wurde schon für eine andere Anfrage benutzt.' },
  siteRefused: {
    UNKNOWN_SITE: 'Der Schlüssel der Website (Kopfzeile Passerelle-Site) fehlt oder existiert nicht.',
    ORIGIN_NOT_ALLOWED: 'Diese Seite darf diesen Schlüssel nicht benutzen.',
  },
  unavailable:
    'Der Dienst ist im Moment nicht erreichbar. Versuchen Sie es gleich noch einmal: Ihre Anfrage wird nicht doppelt gespeichert.',
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
  },
  reasons: {
    ageWithin: (min, max) => `Ihr Alter passt (${ages(min, max)}).`,
    ageOutside: (min, max) => `Dieser Dienst ist nur für Personen ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Dafür muss man Ihr Alter kennen (${ages(min, max)}).`,
    audienceYes: (label) => `Sie gehören zur Zielgruppe: ${label}.`,
    audienceNo: (label) => `Dieser Dienst richtet sich an diese Zielgruppe: ${label}.`,
    audienceUnknown: (label) => `Es kommt darauf an: Der Dienst richtet sich an diese Zielgruppe: ${label}.`,
    areaYes: 'Dieser Dienst ist für Ihre Gemeinde da.',
    areaNo: 'Dieser Dienst ist nicht für Ihre Gemeinde da.',
    areaUnknown: 'Es kommt darauf an, in welcher Gemeinde Sie leben.',
    languageYes: (language) => `Man kann Ihnen in Ihrer Sprache helfen (${language}).`,
    languageNo: (language) => `Dieser Dienst hilft nur in einer Sprache: ${language}.`,
    languageUnknown: (language) => `Es kommt auf Ihre Sprache an (${language}).`,
    condition: (text) => `Eine Bedingung ist zu prüfen: ${text}.`,
    assessed: (text) => `Der Dienst entscheidet: ${text}.`,
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
