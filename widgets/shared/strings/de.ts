import type { Texts } from './fr.ts'

export const edition: Texts['edition'] = 'source'

export const common: Texts['common'] = {
  loading: 'Einen Moment…',
  optional: 'freiwillig',
  emergency: 'Unmittelbare Gefahr? Rufen Sie an:',
  exit: 'Seite schnell verlassen',
  exitHint: 'oder dreimal die Umschalttaste',
  newTab: 'neuer Tab',
  retry: 'Erneut versuchen',
  offline: 'Sie sind offline.',
  unreachable: 'Der Dienst antwortet nicht.',
  limited: 'Zu viele Anfragen: Versuchen Sie es in einigen Minuten.',
  rejected: 'Diese Seite darf den Dienst nicht nutzen.',
  failed: 'Bei uns ist ein Fehler aufgetreten.',
}

export const callback: Texts['callback'] = {
  title: 'Kostenlos zurückgerufen werden',
  intro: 'Hinterlassen Sie eine Nummer: Jemand ruft Sie zurück, ohne zu urteilen.',
  start: 'Rückruf anfragen',
  follow: 'Meine Anfrage verfolgen',
  back: 'Zurück',

  problems: 'Bitte eine Angabe prüfen|Bitte {n} Angaben prüfen',
  missing: 'Bitte ausfüllen: {field}',

  need: 'Worum geht es?',
  noNeed: 'Das sage ich am Telefon',
  about: 'Thema:',
  line: 'Wer soll Sie zurückrufen?',

  safe: 'Wie erreichen wir Sie ohne Risiko?',
  voicemail: 'Sie dürfen eine Nachricht hinterlassen',
  sms: 'Sie dürfen eine SMS schicken',
  sayWhoCalls: 'Sie dürfen sagen, wer anruft',
  note: 'Worauf wir achten sollen',
  noteHint: 'Zum Beispiel: nicht nach 16 Uhr',

  phone: 'Ihre Telefonnummer',
  phoneHint: 'Zum Beispiel 0470 12 34 56',
  name: 'Ihr Name oder Vorname',
  postalCode: 'Ihre Postleitzahl',
  postalCodeHint: '4 Ziffern, dort, wo Sie wohnen',
  language: 'Sprache des Anrufs',
  message: 'Ihre Nachricht',
  messageHint: 'Ohne Nationalnummer, Kontonummer oder Angaben zur Gesundheit',

  when: '{line} ruft Sie so bald wie möglich zurück, während der Öffnungszeiten.',
  notice:
    '{organization} nutzt diese Daten nur für den Rückruf. Das ist eine öffentliche Aufgabe: Ihre Einwilligung ist nicht nötig. ' +
    'Sie können Ihre Daten einsehen, berichtigen oder löschen lassen.',
  us: 'Die gewählte Einrichtung',

  send: 'Anfrage senden',
  sending: 'Wird gesendet…',
  kept: 'Ihre Angaben sind noch da.',

  done: 'Notiert, wir rufen Sie zurück',
  reference: 'Ihr Aktenzeichen',
  keep: 'Damit können Sie Ihre Anfrage verfolgen.',
  notFormal: 'Dies ist kein offizieller Antrag auf Hilfe.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  print: 'Drucken',

  safety: 'Ihre Sicherheit zuerst: Rufen Sie an',
  iAmSafe: 'Ich bin in Sicherheit und möchte einen Rückruf',

  empty: 'Im Moment ist kein Rückruf möglich: Rufen Sie an.',

  see: 'Stand ansehen',
  notFound: 'Keine Anfrage mit diesem Aktenzeichen und dieser Nummer.',
  status: {
    NEW: 'Eingegangen: Wir rufen Sie zurück.',
    CLAIMED: 'Jemand ruft Sie gleich an.',
    REACHED: 'Wir haben miteinander gesprochen.',
    CLOSED: 'Abgeschlossen.',
    ESCALATED: 'An einen Partner übergeben, der sich bei Ihnen meldet.',
    UNREACHABLE: 'Wir konnten Sie nicht erreichen: Rufen Sie uns an.',
    CANCELLED: 'Zurückgezogen.',
  },
  asked: 'Angefragt am {date}',
}

export const finder: Texts['finder'] = {
  title: 'Hilfe finden',
  intro: 'Wählen Sie ein Thema, oder sagen Sie es mit Ihren Worten.',
  words: 'Was suchen Sie?',
  wordsHint: 'Zum Beispiel: Stromrechnung',
  commune: 'Wo wohnen Sie?',
  communeHint: 'Gemeinde oder Postleitzahl',
  communeUnknown: 'Wir finden diese Gemeinde nicht: Hier sind alle Hilfen.',
  which: 'Welche Gemeinde?',
  search: 'Suchen',
  subjects: 'Oder wählen Sie ein Thema',
  back: 'Andere Suche',
  all: 'Alles',

  count: '{n} Ergebnis|{n} Ergebnisse',
  more: 'Mehr Hilfen zeigen',
  cpas: 'Ihr ÖSHZ ist wahrscheinlich',
  near: 'In Ihrer Nähe',
  everywhere: 'Wo immer Sie wohnen',
  byPhone: 'Am Telefon',
  local: 'In einzelnen Gemeinden',
  questions: 'Fragen und Antworten',
  urgent: 'Rufen Sie zuerst an',

  details: 'Mehr dazu',
  conditions: 'Für wen',
  how: 'So fragen Sie an',
  documents: 'Mitbringen',
  cost: 'Preis',
  where: 'Adresse',
  route: 'Auf der Karte zeigen',
  write: 'Schreiben',
  site: 'Website',
  checked: 'Geprüft: {date}.',
  old: 'Ältere Angabe ({date}): Fragen Sie am Telefon nach.',
  undated: 'Angabe ohne Datum: Fragen Sie am Telefon nach.',
  source: 'Quelle:',

  unhelped: 'Nichts gefunden?',
  unhelpedText: 'Jemand kann mit Ihnen suchen.',
  notThis: 'Das hilft mir nicht: Ich möchte zurückgerufen werden',
  callMe: 'Um Rückruf bitten',
  callThem: 'Sie können anrufen:',
  empty: 'Wir haben nichts gefunden',
  emptyText: 'Versuchen Sie ein anderes Wort oder Thema.',
}
