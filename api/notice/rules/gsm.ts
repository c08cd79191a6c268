/** The characters of one text message (3GPP TS 23.038, 6.2.1): of the basic alphabet, those that texts in our languages use. */
const GSM = /^[\nA-Za-z0-9 !"#%&'()*+,\-./:;<=>?@_$£¥§¿¡ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùü]*$/

/** Such characters in one message; one character outside of them, and it holds 70. */
export const LONGEST_SMS = 160

/** Letters that the alphabet has with another accent, or none; and what printers write finer than telephones. */
const PLAIN: Record<string, string> = {
  á: 'a',
  â: 'a',
  ç: 'c',
  ê: 'e',
  ë: 'e',
  í: 'i',
  î: 'i',
  ï: 'i',
  ó: 'o',
  ô: 'o',
  ú: 'u',
  û: 'u',
  À: 'A',
  È: 'E',
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
}

/** A text in the letters of one text message. */
export const toGsm = (text: string): string => [...text].map((character) => PLAIN[character] ?? character).join('')

/** Whether a text is one text message. */
export const isOneSms = (text: string): boolean => text.length <= LONGEST_SMS && GSM.test(text)
