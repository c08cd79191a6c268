/**
 * Every column that holds sealed values: what rotation seals anew, and what must hold nothing of a key before that goes. The column of the
 * database is the one named here with `_sealed` behind; a test compares this list with the tables.
 */
export const SEALED: readonly { table: string; column: string }[] = [
  { table: 'callback_request', column: 'phone' },
  { table: 'callback_request', column: 'name' },
  { table: 'callback_request', column: 'email' },
  { table: 'callback_request', column: 'message' },
  { table: 'callback_request', column: 'safe_note' },
  { table: 'call_note', column: 'text' },
  { table: 'contact_reveal', column: 'reason' },
  { table: 'correction', column: 'message' },
  { table: 'endpoint_secret', column: 'key' },
  { table: 'escalation', column: 'object' },
  { table: 'escalation_step', column: 'note' },
]
