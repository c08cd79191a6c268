import type { SiteStrings } from './fr.ts'

export const en: SiteStrings = {
  problems: {
    origin_malformed: ({ value }) => `“${value}” is not the address of a website. Example: https://www.rivage.be.`,
    origin_path: ({ value, origin }) => `“${value}” says too much: give ${origin} only, without a page or anything after it.`,
    origin_wildcard: ({ value }) => `“${value}”: name each address in full, without an asterisk.`,
    origin_insecure: ({ value }) =>
      `“${value}” must begin with https. Only addresses of your own machine, for trying things out, may begin with http.`,
    name_taken: () => 'Your organization has a site of this name already.',
    language_not_offered: () => 'The first language must be one of the languages of the site.',
    colour_malformed: ({ value }) => `“${value}” is not a colour like #1a2b3c.`,
    contrast_on_accent: ({ ratio: found }) =>
      `On the main colour the text of buttons is hard to read: a contrast of ${found}:1, where 4.5:1 is the least. Take the one lighter or the other darker.`,
    contrast_text: ({ ratio: found }) =>
      `On this background the text and its notes, which are a little paler, are hard to read: a contrast of ${found}:1, where 4.5:1 is the least.`,
    contrast_error: ({ ratio: found }) =>
      `On this background mistakes, which are told in red, are hard to read: a contrast of ${found}:1, where 4.5:1 is the least. Take a background that is quite light or quite dark.`,
  },
  conflicts: {
    site_changed: 'This site has changed meanwhile. Nothing is stored: look at it again, then start anew.',
    site_revoked: 'The key of this site is revoked: it is not changed any more. Make another site.',
  },
}
