import type { SiteStrings } from './fr.ts'

/** "3,2" from 3.2. */
const ratio = (value: string | number | undefined): string => String(value).replace('.', ',')

export const nl: SiteStrings = {
  problems: {
    origin_malformed: ({ value }) => `“${value}” is geen adres van een website. Voorbeeld: https://www.rivage.be.`,
    origin_path: ({ value, origin }) => `“${value}” zegt te veel: geef alleen ${origin}, zonder pagina en zonder iets erna.`,
    origin_wildcard: ({ value }) => `“${value}”: noem elk adres voluit, zonder sterretje.`,
    origin_insecure: ({ value }) =>
      `“${value}” moet met https beginnen. Alleen adressen van uw eigen toestel mogen, om te proberen, met http beginnen.`,
    name_taken: () => 'Uw organisatie heeft al een site met deze naam.',
    language_not_offered: () => 'De eerste taal moet een van de talen van de site zijn.',
    colour_malformed: ({ value }) => `“${value}” is geen kleur van de vorm #1a2b3c.`,
    contrast_on_accent: ({ ratio: found }) =>
      `Op de hoofdkleur is de tekst van de knoppen moeilijk leesbaar: contrast ${ratio(found)} : 1, minstens 4,5 : 1 is nodig. Neem de ene lichter of de andere donkerder.`,
    contrast_text: ({ ratio: found }) =>
      `Op deze achtergrond zijn de tekst en zijn iets blekere opmerkingen moeilijk leesbaar: contrast ${ratio(found)} : 1, minstens 4,5 : 1 is nodig.`,
    contrast_error: ({ ratio: found }) =>
      `Op deze achtergrond zijn fouten, die in het rood staan, moeilijk leesbaar: contrast ${ratio(found)} : 1, minstens 4,5 : 1 is nodig. Neem een heel lichte of heel donkere achtergrond.`,
  },
  conflicts: {
    site_changed: 'Deze site is intussen gewijzigd. Er is niets bewaard: bekijk hem opnieuw en begin opnieuw.',
    site_revoked: 'De sleutel van deze site is ingetrokken: hij kan niet meer worden gewijzigd. Maak een andere site.',
  },
}
