import type { LanguageCode, SiteTheme } from '../../../db/generated/enums.ts'
import type { Colours, Contrast } from '../../../site/rules/look.ts'

/** Sentences of the pages on which partners look after their websites. */
export type SitesStrings = {
  title: string
  intro: string
  none: string
  make: string
  makeNow: string
  organization: string
  organizationHint: string
  name: string
  nameHint: string
  origins: string
  originsHint: string
  languages: string
  languagesHint: string
  defaultLanguage: string
  language: Record<LanguageCode, string>
  key: string
  quota: (perHour: number) => string
  made: string
  saved: string
  savedLook: string
  back: string
  missing: string
  missingText: string
  /** By whom it was changed meanwhile. */
  by: (name: string) => string
  paste: string
  pasteText: string
  shown: string
  shownAs: Record<'both' | 'finder' | 'callback', string>
  snippetLanguage: string
  line: string
  choose: string
  copy: string
  copied: string
  plain: string
  plainText: string
  wordpress: string
  wordpressText: string
  wordpressPlugin: string
  wordpressUse: string
  wordpressBlock: string
  drupal: string
  drupalText: string
  drupalLibrary: (file: string, info: string) => string
  drupalCss: (file: string) => string
  drupalFormat: string
  tags: string
  plone: string
  ploneText: string
  ploneFilter: string
  ploneTags: string
  ploneAttributes: string
  ploneScript: string
  ploneCss: string
  frame: string
  frameText: string
  policy: string
  policyText: string
  policyFrame: string
  preview: string
  previewText: string
  showPreview: string
  look: string
  theme: string
  themes: Record<SiteTheme, string>
  colours: string
  coloursAs: { widget: string; own: string }
  coloursHint: string
  colour: Record<keyof Colours, string>
  contrast: Record<Contrast['of'], string>
  /** `ratio` as it is told in the language: "7,4". */
  contrastTold: (what: string, ratio: string, enough: boolean) => string
  comma: boolean
  radius: string
  radiusHint: (most: number) => string
  save: string
  addresses: string
  revoke: string
  revokeText: string
  revokeStep: string
  revokeSure: (name: string) => string
  revokeSureText: (key: string) => string
  revokeNow: string
  keep: string
  revoked: (day: string) => string
  revokedText: string
}

export const fr: SitesStrings = {
  title: 'Vos sites',
  intro:
    'Un site, ce sont les pages où vous placez la recherche d’aide et la demande de rappel. Sa clé est publique et n’ouvre rien : elle ne sert que depuis les adresses que vous donnez ici.',
  none: 'Vous n’avez pas encore de site.',
  make: 'Créer un site',
  makeNow: 'Créer le site et sa clé',
  organization: 'Organisation',
  organizationHint: 'Au nom de qui le site montre ces aides.',
  name: 'Nom du site',
  nameHint: 'Pour vous y retrouver. Le public ne le voit pas, mais la clé en est tirée.',
  origins: 'Adresses du site',
  originsHint:
    'Une par ligne, seulement le début : https://www.rivage.be. Avec et sans « www » sont deux adresses. Pour des essais sur votre machine : http://localhost:8080.',
  languages: 'Langues de vos pages',
  languagesHint: 'Il y aura un extrait à coller pour chacune.',
  defaultLanguage: 'Première langue',
  language: { FR: 'français', DE: 'allemand', NL: 'néerlandais', EN: 'anglais' },
  key: 'Clé',
  quota: (perHour) => `Jusqu’à ${perHour} demandes de rappel par heure sans attente. L’exploitant peut changer ce nombre.`,
  made: 'Le site est créé et sa clé fonctionne. Copiez l’extrait ci-dessous dans vos pages.',
  saved: 'C’est enregistré, et cela compte tout de suite.',
  savedLook: 'C’est enregistré. L’aspect est écrit dans l’extrait : collez-le à nouveau dans vos pages.',
  back: 'Tous vos sites',
  missing: 'Ce site n’existe pas',
  missingText: 'Il n’y en a pas de ce nom, ou il n’est pas à vous.',
  by: (name) => `Changé par ${name}.`,
  paste: 'À coller dans vos pages',
  pasteText: 'Choisissez ce que la page montre, puis copiez l’extrait de votre système.',
  shown: 'La page montre',
  shownAs: { both: 'la recherche et le rappel', finder: 'la recherche d’aide', callback: 'la demande de rappel' },
  snippetLanguage: 'Langue de la page',
  line: 'Ligne qui rappelle',
  choose: 'Adapter l’extrait',
  copy: 'Copier',
  copied: 'Copié',
  plain: 'Page HTML',
  plainText:
    'À l’endroit où les aides doivent apparaître. Le numéro dans la balise se montre tant que le script n’est pas là, et chaque fois que le service ne répond pas : gardez-le, et tenez-le à jour.',
  wordpress: 'WordPress',
  wordpressText:
    'WordPress retire les scripts et les balises inconnues de ce qu’écrivent la plupart des gens. Le plus sûr est une petite extension, que votre webmestre installe une fois (WordPress 6.5 ou plus récent).',
  wordpressPlugin: 'À enregistrer comme wp-content/plugins/passerelle.php, puis à activer',
  wordpressUse: 'Ensuite, dans un bloc « Code court »',
  wordpressBlock:
    'Sans extension : un bloc « HTML personnalisé » avec l’extrait « Page HTML » suffit, mais seulement si votre compte peut écrire du HTML non filtré (administration ou édition, hors réseau multisite). Si le script disparaît à l’enregistrement, votre compte ne le peut pas.',
  drupal: 'Drupal',
  drupalText: 'Le script et les couleurs vont dans le thème, les balises dans un format de texte qui les laisse passer.',
  drupalLibrary: (file, info) => `Dans ${file} ; puis « libraries: [mytheme/passerelle] » dans ${info}`,
  drupalCss: (file) => `Dans ${file}`,
  drupalFormat:
    'Configuration › Rédaction de contenu › Formats de texte : ajoutez le bouton « Source », puis ces balises dans « Balises HTML modifiables manuellement »',
  tags: 'Dans le texte de la page, par le bouton « Source »',
  plone: 'Plone',
  ploneText:
    'Le filtre HTML de Plone retire les scripts et les balises inconnues, mais laisse passer les cadres : le plus simple est d’y coller le cadre sans script, plus bas. Pour avoir les couleurs, l’administration du site peut régler ce qui suit.',
  ploneFilter: 'Configuration du site › Filtrage HTML :',
  ploneTags: 'Balises valides, à ajouter',
  ploneAttributes: 'Attributs personnalisés, à ajouter',
  ploneScript: 'Configuration du site › Site, dans le champ pour les scripts de statistiques',
  ploneCss: 'Configuration du site › Thèmes › CSS personnalisé',
  frame: 'Cadre, sans script',
  frameText:
    'Pour les sites qui n’acceptent aucun script. Tout y est, mais sans vos couleurs. Seules les adresses de ce site peuvent montrer ces cadres.',
  policy: 'Politique de sécurité du contenu (CSP)',
  policyText: 'Si votre site envoie un en-tête Content-Security-Policy, ajoutez-y :',
  policyFrame: 'Pour le cadre :',
  preview: 'Aperçu',
  previewText: 'Les vraies aides, dans l’aspect choisi. Rien de ce que vous envoyez d’ici n’est pris.',
  showPreview: 'Montrer dans l’aperçu',
  look: 'Langues et aspect',
  theme: 'Clair ou foncé',
  themes: { PAGE: 'comme la page', LIGHT: 'toujours clair', DARK: 'toujours foncé' },
  colours: 'Couleurs',
  coloursAs: { widget: 'celles d’origine', own: 'celles de notre site' },
  coloursHint: 'Avec vos propres couleurs, c’est le fond qui décide de clair ou foncé.',
  colour: { accent: 'Couleur principale', onAccent: 'Texte sur la couleur principale', background: 'Fond', text: 'Texte' },
  contrast: {
    onAccent: 'Texte des boutons',
    text: 'Texte et remarques',
    error: 'Fautes signalées en rouge',
    accent: 'Couleur principale sur le fond',
  },
  contrastTold: (what, ratio, enough) =>
    `${what} : contraste de ${ratio} : 1, ${enough ? 'bien visible' : 'peu visible : les liens se reconnaîtront mal'}.`,
  comma: true,
  radius: 'Arrondi des coins',
  radiusHint: (most) => `En pixels, de 0 à ${most}. Laissez vide pour l’arrondi d’origine.`,
  save: 'Enregistrer',
  addresses: 'Nom et adresses',
  revoke: 'Révoquer la clé',
  revokeText: 'Pour un site qui n’existe plus, ou qui montre ces aides sans que vous le vouliez.',
  revokeStep: 'Révoquer la clé…',
  revokeSure: (name) => `Révoquer la clé de « ${name} » ?`,
  revokeSureText: (key) =>
    `La clé ${key} ne fonctionnera plus, tout de suite et pour toujours. Les pages qui l’ont encore montreront le numéro à appeler qui est dans leurs balises. Les demandes déjà reçues restent.`,
  revokeNow: 'Oui, révoquer la clé',
  keep: 'Non, la garder',
  revoked: (day) => `Clé révoquée le ${day}`,
  revokedText: 'Elle ne fonctionne plus, et ne sera donnée à aucun autre site. Retirez l’extrait de vos pages s’il y est encore.',
}
