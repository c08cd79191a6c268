import type { SiteConflictCode, SiteProblemCode } from '../../errors.ts'

type Params = Record<string, string | number>

/** What is said of partners' websites. */
export type SiteStrings = {
  problems: Record<SiteProblemCode, (params: Params) => string>
  conflicts: Record<SiteConflictCode, string>
}

/** "3,2" from 3.2. */
const ratio = (value: string | number | undefined): string => String(value).replace('.', ',')

export const fr: SiteStrings = {
  problems: {
    origin_malformed: ({ value }) => `« ${value} » n’est pas l’adresse d’un site. Exemple : https://www.rivage.be.`,
    origin_path: ({ value, origin }) => `« ${value} » en dit trop : donnez seulement ${origin}, sans page ni rien après.`,
    origin_wildcard: ({ value }) => `« ${value} » : nommez chaque adresse en entier, sans astérisque.`,
    origin_insecure: ({ value }) =>
      `« ${value} » doit commencer par https. Seules les adresses de votre propre machine, pour des essais, peuvent commencer par http.`,
    name_taken: () => 'Votre organisation a déjà un site de ce nom.',
    language_not_offered: () => 'La première langue doit être une des langues du site.',
    colour_malformed: ({ value }) => `« ${value} » n’est pas une couleur de la forme #1a2b3c.`,
    contrast_on_accent: ({ ratio: found }) =>
      `Sur la couleur principale, le texte des boutons se lit mal : contraste de ${ratio(found)} : 1, il faut au moins 4,5 : 1. Prenez l’une plus claire ou l’autre plus foncée.`,
    contrast_text: ({ ratio: found }) =>
      `Sur ce fond, le texte et ses remarques, un peu plus pâles, se lisent mal : contraste de ${ratio(found)} : 1, il faut au moins 4,5 : 1.`,
    contrast_error: ({ ratio: found }) =>
      `Sur ce fond, les fautes signalées en rouge se lisent mal : contraste de ${ratio(found)} : 1, il faut au moins 4,5 : 1. Prenez un fond bien clair ou bien foncé.`,
  },
  conflicts: {
    site_changed: 'Ce site a changé entre-temps. Rien n’est enregistré : relisez-le, puis recommencez.',
    site_revoked: 'La clé de ce site est révoquée : il ne se change plus. Créez un autre site.',
  },
}
