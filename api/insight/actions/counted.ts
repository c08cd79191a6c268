import { TIME_ZONE } from '../../service/rules/calendar.ts'

/**
 * The requests `r` that are counted: who asked twice counts once, so what adds to another request is not counted.
 * `$1`: lines, or null for all; `$2` and `$3`: when they came, from one moment until before the other.
 */
export const COUNTED = `r."repeat_of_id" IS NULL AND ($1::uuid[] IS NULL OR r."line_id" = ANY ($1)) AND r."requested_at" >= $2 AND r."requested_at" < $3`

/** The Monday of the week in which a request came. */
export const WEEK = `date_trunc('week', r."requested_at" AT TIME ZONE '${TIME_ZONE}')::date::text`
