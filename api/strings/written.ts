/**
 * What people write, made fit to be stored: line ends and tabs are kept; other control characters and halves of characters say nothing, and break
 * logs, screens and the database.
 */
export const tidyText = (value: string): string =>
  value
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(/\p{Surrogate}/gu, '')
    .trim()

/** In characters as people count them, or nearly: an emoji is one, not two. */
export const lengthOf = (text: string): number => [...text].length
