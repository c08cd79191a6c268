import type { LanguageCode } from '../../db/generated/enums.ts'
import type { ExchangeCode, Note, Outcome } from './entry.ts'

type Params = Record<string, string | number>

/** What importing says by itself, beside what is said of any record. */
type Words = {
  /** Heading of the column that tells from which version a row was made. */
  version: string
  row: (row: number) => string
  lacks: string
  outcomes: Record<Outcome, string>
  summary: (counts: { made: number; changed: number; unchanged: number; wrong: number; problems: number }) => string
  nothingChanged: string
  stored: string
  trial: string
  problems: Record<ExchangeCode, (params: Params) => string>
  notes: Record<Note['code'], (value: string, count: number) => string>
}

export const WORDS: Record<LanguageCode, Words> = {
  FR: {
    version: 'Version',
    row: (row) => `ligne ${row}`,
    lacks: 'Il manque pour publier :',
    outcomes: { MADE: 'Nouveau', CHANGED: 'Modifié', UNCHANGED: 'Inchangé', WRONG: 'À corriger' },
    summary: ({ made, changed, unchanged, wrong, problems }) =>
      `Nouvelles fiches : ${made}. Modifiées : ${changed}. Inchangées : ${unchanged}. À corriger : ${wrong} (problèmes : ${problems}).`,
    nothingChanged: 'Rien n’a été modifié.',
    stored: 'Tout est enregistré.',
    trial: 'C’était un essai : rien n’a été modifié, et rien ne s’y oppose.',
    problems: {
      file_unreadable: () => 'Ce fichier ne peut pas être lu : enregistrez-le comme CSV (UTF-8) ou JSON.',
      file_empty: () => 'Ce fichier ne contient aucune ligne.',
      file_malformed: () => 'Ce fichier n’est pas du JSON complet.',
      quote_open: () => 'Un guillemet ouvert ici n’est jamais fermé.',
      table_unknown: ({ value }) => `« ${value} » n’est pas une table de HSDS 3.1.`,
      table_twice: ({ value }) => `La table « ${value} » est envoyée deux fois.`,
      column_unknown: () => 'Cette colonne n’est pas connue : corrigez son titre ou retirez-la.',
      column_twice: ({ value }) => `La colonne « ${value} » est là deux fois.`,
      columns_missing: ({ value }) => `Il faut au moins une de ces colonnes : ${value}.`,
      cells_too_many: () => 'Cette ligne a plus de cellules que de colonnes : il y a peut-être un séparateur de trop.',
      rows_too_many: ({ max }) => `Un fichier peut avoir ${max} lignes au plus : partagez-le.`,
      value_shape: () => 'Cette valeur n’a pas la forme attendue.',
      row_twice: ({ value }) => `« ${value} » est déjà plus haut dans le fichier.`,
      row_changed: ({ value }) =>
        `Cette fiche a changé depuis l’export (${value}) : exportez-la de nouveau, ou videz la colonne « Version ».`,
      row_retired: () => 'Cette fiche est retirée : remettez-la d’abord.',
      row_unknown: ({ value }) =>
        `Aucune fiche n’a cette adresse courte, alors que la ligne en annonce la version ${value} : reprenez l’adresse de l’export, ou videz la colonne « Version » pour une nouvelle fiche.`,
      draft_waiting: () =>
        'Un brouillon de cette fiche attend d’être publié : publiez-le ou abandonnez-le d’abord, ou importez cette ligne sans publier.',
      id_of_other: () => 'Cet identifiant est celui d’une autre sorte de fiche.',
      reference_missing: ({ value }) => `« ${value} » n’existe pas dans l’autre table.`,
    },
    notes: {
      left_out: (value, count) => `Non repris : ${value} (${count}).`,
      terms_unknown: (value, count) => `Terme inconnu, non repris : ${value} (${count}).`,
      read_as: (value) => `Lu comme ${value} : vérifiez les accents.`,
      retired: (value, count) => `Retirées ici, donc laissées telles quelles : ${count} (${value}…).`,
      drafted: (value, count) => `Comme leur brouillon, qui reste à publier dans l’atelier : ${count} (${value}…).`,
    },
  },
  DE: {
    version: 'Version',
    row: (row) => `Zeile ${row}`,
    lacks: 'Zum Veröffentlichen fehlt:',
    outcomes: { MADE: 'Neu', CHANGED: 'Geändert', UNCHANGED: 'Unverändert', WRONG: 'Zu berichtigen' },
    summary: ({ made, changed, unchanged, wrong, problems }) =>
      `Neue Einträge: ${made}. Geändert: ${changed}. Unverändert: ${unchanged}. Zu berichtigen: ${wrong} (Fehler: ${problems}).`,
    nothingChanged: 'Es wurde nichts geändert.',
    stored: 'Alles ist gespeichert.',
    trial: 'Das war eine Probe: Es wurde nichts geändert, und nichts spricht dagegen.',
    problems: {
      file_unreadable: () => 'Diese Datei kann nicht gelesen werden: Speichern Sie sie als CSV (UTF-8) oder JSON.',
      file_empty: () => 'Diese Datei enthält keine Zeile.',
      file_malformed: () => 'Diese Datei ist kein vollständiges JSON.',
      quote_open: () => 'Ein Anführungszeichen, das hier beginnt, endet nie.',
      table_unknown: ({ value }) => `„${value}“ ist keine Tabelle von HSDS 3.1.`,
      table_twice: ({ value }) => `Die Tabelle „${value}“ wurde zweimal gesendet.`,
      column_unknown: () => 'Diese Spalte ist nicht bekannt: Berichtigen Sie ihre Überschrift oder entfernen Sie sie.',
      column_twice: ({ value }) => `Die Spalte „${value}“ kommt zweimal vor.`,
      columns_missing: ({ value }) => `Mindestens eine dieser Spalten wird gebraucht: ${value}.`,
      cells_too_many: () => 'Diese Zeile hat mehr Zellen als Spalten: Vielleicht ist ein Trennzeichen zu viel.',
      rows_too_many: ({ max }) => `Eine Datei darf höchstens ${max} Zeilen haben: Teilen Sie sie.`,
      value_shape: () => 'Dieser Wert hat nicht die erwartete Form.',
      row_twice: ({ value }) => `„${value}“ steht schon weiter oben in der Datei.`,
      row_changed: ({ value }) =>
        `Dieser Eintrag wurde seit dem Export geändert (${value}): Exportieren Sie ihn neu oder leeren Sie die Spalte „Version“.`,
      row_retired: () => 'Dieser Eintrag ist zurückgezogen: Nehmen Sie ihn zuerst wieder auf.',
      row_unknown: ({ value }) =>
        `Kein Eintrag hat diese Kurzadresse, obwohl die Zeile von seiner Version ${value} spricht: Nehmen Sie die Adresse des Exports, oder leeren Sie die Spalte „Version“ für einen neuen Eintrag.`,
      draft_waiting: () =>
        'Ein Entwurf dieses Eintrags wartet: Veröffentlichen oder verwerfen Sie ihn zuerst, oder importieren Sie diese Zeile, ohne zu veröffentlichen.',
      id_of_other: () => 'Diese Kennung gehört zu einer anderen Art von Eintrag.',
      reference_missing: ({ value }) => `„${value}“ gibt es in der anderen Tabelle nicht.`,
    },
    notes: {
      left_out: (value, count) => `Nicht übernommen: ${value} (${count}).`,
      terms_unknown: (value, count) => `Unbekannter Begriff, nicht übernommen: ${value} (${count}).`,
      read_as: (value) => `Als ${value} gelesen: Prüfen Sie die Umlaute.`,
      retired: (value, count) => `Hier zurückgezogen und deshalb nicht geändert: ${count} (${value} …).`,
      drafted: (value, count) => `Wie ihr Entwurf, der in der Werkstatt noch zu veröffentlichen ist: ${count} (${value} …).`,
    },
  },
  NL: {
    version: 'Versie',
    row: (row) => `rij ${row}`,
    lacks: 'Om te publiceren ontbreekt:',
    outcomes: { MADE: 'Nieuw', CHANGED: 'Gewijzigd', UNCHANGED: 'Ongewijzigd', WRONG: 'Te verbeteren' },
    summary: ({ made, changed, unchanged, wrong, problems }) =>
      `Nieuwe fiches: ${made}. Gewijzigd: ${changed}. Ongewijzigd: ${unchanged}. Te verbeteren: ${wrong} (fouten: ${problems}).`,
    nothingChanged: 'Er is niets gewijzigd.',
    stored: 'Alles is opgeslagen.',
    trial: 'Dit was een proef: er is niets gewijzigd, en niets staat in de weg.',
    problems: {
      file_unreadable: () => 'Dit bestand kan niet gelezen worden: sla het op als CSV (UTF-8) of JSON.',
      file_empty: () => 'Dit bestand bevat geen enkele rij.',
      file_malformed: () => 'Dit bestand is geen volledige JSON.',
      quote_open: () => 'Een aanhalingsteken dat hier begint, wordt nooit gesloten.',
      table_unknown: ({ value }) => `“${value}” is geen tabel van HSDS 3.1.`,
      table_twice: ({ value }) => `De tabel “${value}” is twee keer verstuurd.`,
      column_unknown: () => 'Deze kolom is niet bekend: verbeter de titel of verwijder ze.',
      column_twice: ({ value }) => `De kolom “${value}” komt twee keer voor.`,
      columns_missing: ({ value }) => `Minstens één van deze kolommen is nodig: ${value}.`,
      cells_too_many: () => 'Deze rij heeft meer cellen dan kolommen: misschien is er een scheidingsteken te veel.',
      rows_too_many: ({ max }) => `Een bestand mag hoogstens ${max} rijen hebben: splits het.`,
      value_shape: () => 'Deze waarde heeft niet de verwachte vorm.',
      row_twice: ({ value }) => `“${value}” staat al hoger in het bestand.`,
      row_changed: ({ value }) =>
        `Deze fiche is gewijzigd sinds de export (${value}): exporteer ze opnieuw, of maak de kolom “Versie” leeg.`,
      row_retired: () => 'Deze fiche is ingetrokken: zet ze eerst terug.',
      row_unknown: ({ value }) =>
        `Geen enkele fiche heeft dit korte adres, terwijl de rij haar versie ${value} noemt: neem het adres van de export, of maak de kolom “Versie” leeg voor een nieuwe fiche.`,
      draft_waiting: () =>
        'Een ontwerp van deze fiche wacht: publiceer het of laat het eerst vallen, of importeer deze rij zonder te publiceren.',
      id_of_other: () => 'Dit kenmerk is van een ander soort fiche.',
      reference_missing: ({ value }) => `“${value}” bestaat niet in de andere tabel.`,
    },
    notes: {
      left_out: (value, count) => `Niet overgenomen: ${value} (${count}).`,
      terms_unknown: (value, count) => `Onbekende term, niet overgenomen: ${value} (${count}).`,
      read_as: (value) => `Gelezen als ${value}: controleer de accenten.`,
      retired: (value, count) => `Hier ingetrokken en dus niet gewijzigd: ${count} (${value} …).`,
      drafted: (value, count) => `Zoals hun ontwerp, dat in de werkplaats nog gepubliceerd moet worden: ${count} (${value} …).`,
    },
  },
  EN: {
    version: 'Version',
    row: (row) => `row ${row}`,
    lacks: 'Missing before it can be published:',
    outcomes: { MADE: 'New', CHANGED: 'Changed', UNCHANGED: 'Unchanged', WRONG: 'To be corrected' },
    summary: ({ made, changed, unchanged, wrong, problems }) =>
      `New records: ${made}. Changed: ${changed}. Unchanged: ${unchanged}. To be corrected: ${wrong} (problems: ${problems}).`,
    nothingChanged: 'Nothing was changed.',
    stored: 'All of it is stored.',
    trial: 'This was a trial: nothing was changed, and nothing stands in the way.',
    problems: {
      file_unreadable: () => 'This file cannot be read: save it as CSV (UTF-8) or JSON.',
      file_empty: () => 'This file has no rows.',
      file_malformed: () => 'This file is not complete JSON.',
      quote_open: () => 'A quotation mark that opens here is never closed.',
      table_unknown: ({ value }) => `“${value}” is no table of HSDS 3.1.`,
      table_twice: ({ value }) => `The table “${value}” was sent twice.`,
      column_unknown: () => 'This column is not known: correct its heading or remove it.',
      column_twice: ({ value }) => `The column “${value}” is there twice.`,
      columns_missing: ({ value }) => `At least one of these columns is needed: ${value}.`,
      cells_too_many: () => 'This row has more cells than there are columns: perhaps there is one separator too many.',
      rows_too_many: ({ max }) => `A file may have ${max} rows at most: divide it.`,
      value_shape: () => 'This value does not have the form expected.',
      row_twice: ({ value }) => `“${value}” is already further up in the file.`,
      row_changed: ({ value }) => `This record has changed since the export (${value}): export it again, or empty the column “Version”.`,
      row_retired: () => 'This record is retired: bring it back first.',
      row_unknown: ({ value }) =>
        `No record has this short address, yet the row names its version ${value}: take the address of the export, or empty the column “Version” for a new record.`,
      draft_waiting: () => 'A draft of this record waits: publish it or give it up first, or import this row without publishing.',
      id_of_other: () => 'This identifier belongs to another kind of record.',
      reference_missing: ({ value }) => `“${value}” does not exist in the other table.`,
    },
    notes: {
      left_out: (value, count) => `Left out: ${value} (${count}).`,
      terms_unknown: (value, count) => `Unknown term, left out: ${value} (${count}).`,
      read_as: (value) => `Read as ${value}: check the accents.`,
      retired: (value, count) => `Retired here, and so left alone: ${count} (${value} …).`,
      drafted: (value, count) => `As their drafts, which are still to be published in the workshop: ${count} (${value} …).`,
    },
  },
}
