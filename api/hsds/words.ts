import type { LanguageCode } from '../db/generated/enums.ts'

/** What the feed says by itself, beside the records' own texts. */
type Words = {
  needs: { name: string; description: string }
  audiences: { name: string; description: string }
  /** Label of the attribute that tells in which language a text is. */
  textLanguage: string
  /** What is counted in a capacity, by its code. */
  units: Record<string, string>
}

export const WORDS: Record<LanguageCode, Words> = {
  FR: {
    needs: { name: 'Besoins', description: 'Ce qui manque à une personne : alimentation, logement, énergie, travail …' },
    audiences: { name: 'Publics', description: 'À qui un service s’adresse : personnes âgées, jeunes, indépendants …' },
    textLanguage: 'Langue du texte',
    units: { bed: 'lit', place: 'place', appointment: 'rendez-vous' },
  },
  DE: {
    needs: { name: 'Bedürfnisse', description: 'Was einem Menschen fehlt: Ernährung, Wohnung, Energie, Arbeit …' },
    audiences: { name: 'Zielgruppen', description: 'Für wen ein Dienst da ist: ältere Menschen, Jugendliche, Selbstständige …' },
    textLanguage: 'Sprache des Textes',
    units: { bed: 'Bett', place: 'Platz', appointment: 'Termin' },
  },
  NL: {
    needs: { name: 'Behoeften', description: 'Wat iemand nodig heeft: voeding, wonen, energie, werk …' },
    audiences: { name: 'Doelgroepen', description: 'Voor wie een dienst er is: ouderen, jongeren, zelfstandigen …' },
    textLanguage: 'Taal van de tekst',
    units: { bed: 'bed', place: 'plaats', appointment: 'afspraak' },
  },
  EN: {
    needs: { name: 'Needs', description: 'What a person lacks: food, housing, energy, work …' },
    audiences: { name: 'Audiences', description: 'Whom a service is made for: older people, young people, the self-employed …' },
    textLanguage: 'Language of the text',
    units: { bed: 'bed', place: 'place', appointment: 'appointment' },
  },
}
