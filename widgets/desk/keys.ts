import type { Outcome } from './model.ts'

/** In the order of their number keys, which is that of the buttons. */
export const OUTCOMES: readonly Outcome[] = [
  'REACHED',
  'NO_ANSWER',
  'BUSY',
  'VOICEMAIL',
  'ASKED_LATER',
  'WRONG_PERSON',
  'INVALID_NUMBER',
  'REFUSED',
]

export type Command = 'next' | 'reveal' | 'search' | 'close' | 'escape' | 'help' | Outcome

const COMMANDS: Record<string, Command> = { n: 'next', r: 'reveal', '/': 'search', c: 'close', Escape: 'escape', '?': 'help' }

/** Where single letters are text: there they are no command (WCAG 2.1.4). */
const FIELD = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]'

/** What a key asks for; nothing in a field, with Ctrl, Alt or Meta, or while a word is composed. Escape also leaves a field. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  const { key, ctrlKey, altKey, metaKey, isComposing, repeat } = event
  if (ctrlKey || altKey || metaKey || isComposing || repeat || event.defaultPrevented) return
  const command = COMMANDS[key] ?? (/^[1-8]$/.test(key) ? OUTCOMES[Number(key) - 1] : undefined)
  const at = event.composedPath()[0]
  if (command !== 'escape' && at instanceof Element && at.matches(FIELD)) return
  return command
}
