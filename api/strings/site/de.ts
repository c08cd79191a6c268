import type { SiteStrings } from './fr.ts'

/** "3,2" from 3.2. */
const ratio = (value: string | number | undefined): string => String(value).replace('.', ',')

export const de: SiteStrings = {
  problems: {
    origin_malformed: ({ value }) => `„${value}“ ist keine Adresse einer Website. Beispiel: https://www.rivage.be.`,
    origin_path: ({ value, origin }) => `„${value}“ sagt zu viel: Geben Sie nur ${origin} an, ohne Seite und ohne etwas danach.`,
    origin_wildcard: ({ value }) => `„${value}“: Nennen Sie jede Adresse ganz, ohne Sternchen.`,
    origin_insecure: ({ value }) =>
      `„${value}“ muss mit https beginnen. Nur Adressen Ihres eigenen Rechners dürfen zum Ausprobieren mit http beginnen.`,
    name_taken: () => 'Ihre Organisation hat schon eine Website mit diesem Namen.',
    language_not_offered: () => 'Die erste Sprache muss eine der Sprachen der Website sein.',
    colour_malformed: ({ value }) => `„${value}“ ist keine Farbe der Form #1a2b3c.`,
    contrast_on_accent: ({ ratio: found }) =>
      `Auf der Hauptfarbe ist der Text der Knöpfe schlecht lesbar: Kontrast ${ratio(found)} : 1, nötig sind mindestens 4,5 : 1. Nehmen Sie die eine heller oder die andere dunkler.`,
    contrast_text: ({ ratio: found }) =>
      `Auf diesem Hintergrund sind der Text und seine etwas blasseren Hinweise schlecht lesbar: Kontrast ${ratio(found)} : 1, nötig sind mindestens 4,5 : 1.`,
    contrast_error: ({ ratio: found }) =>
      `Auf diesem Hintergrund sind rot gezeigte Fehler schlecht lesbar: Kontrast ${ratio(found)} : 1, nötig sind mindestens 4,5 : 1. Nehmen Sie einen recht hellen oder recht dunklen Hintergrund.`,
  },
  conflicts: {
    site_changed: 'Diese Website wurde inzwischen geändert. Nichts ist gespeichert: Sehen Sie sie noch einmal an und beginnen Sie neu.',
    site_revoked: 'Der Schlüssel dieser Website ist widerrufen: Sie lässt sich nicht mehr ändern. Legen Sie eine andere an.',
  },
}
