import type { LanguageCode } from '../../api/db/generated/enums.ts'
import type { Variables } from '../queries.ts'
import type { Selection } from './selection.ts'

/** A statement with its parameters; the text is the name under which a connection keeps its plan. */
export type Statement = { text: string; values: unknown[] }

/**
 * Hand-written SQL for the two questions, without a round trip more than one: PostgreSQL makes the JSON of just the fields that are asked
 * for. The order of the wanted languages is the first parameter of each statement; the first text there is wins.
 */
const LANGUAGES = '$1::"LanguageCode"[]'

/** A field's SQL, from the fields asked for below it. */
type Fields = Record<string, (below: Selection) => string>

const object = (fields: Fields, selection: Selection): string =>
  `json_build_object(${Object.entries(selection)
    .map(([name, below]) => `'${name}', ${(fields[name] ?? unknownField(name))(below)}`)
    .join(', ')})`

const unknownField = (name: string) => (): string => {
  throw new Error(`this peer does not know the field ${name}`)
}

/** Columns of a table under their names in the schema. */
const columns = (table: string, names: string): Fields =>
  Object.fromEntries(
    names.split(' ').map((name) => [name, () => `${table}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`]),
  )

const textIn = (table: string, condition: string): string =>
  `(SELECT * FROM ${table} x WHERE ${condition} ORDER BY array_position(${LANGUAGES}, x.language) LIMIT 1)`

const list = (row: string, order: string, from: string): string =>
  `(SELECT coalesce(json_agg(${row} ORDER BY ${order}), '[]') FROM ${from})`

const phones =
  (owner: string) =>
  (below: Selection): string =>
    list(
      object(
        { ...columns('p', 'number languages'), description: () => textColumn('phone_translation', 'description', 'x.phone_id = p.id') },
        below,
      ),
      'p.position',
      `phone p WHERE p.${owner}`,
    )

/** One column of a text: the first language there is nearly always, and looking it up by the primary key is faster than sorting all. */
const textColumn = (table: string, column: string, condition: string): string => {
  const from = `FROM ${table} x WHERE ${condition} AND x.language`
  return `coalesce(${[1, 2, 3, 4].map((place) => `(SELECT x.${column} ${from} = (${LANGUAGES})[${place}])`).join(', ')})`
}

const tags =
  (link: string, code: string, translation: string) =>
  (below: Selection): string =>
    list(
      object({ code: () => `l.${code}`, label: () => textColumn(translation, 'label', `x.${code} = l.${code}`) }, below),
      'l.position',
      `${link} l WHERE l.service_id = s.id`,
    )

const SERVICE: Fields = {
  ...columns('s', 'slug status url email minimumAge maximumAge virtual languages'),
  ...columns('t', 'name language description applicationProcess feesDescription eligibilityDescription alert'),
  organization: (below) => {
    const fields = { ...columns('o', 'slug'), ...columns('ot', 'name description'), phones: phones('organization_id = o.id') }
    const text = `CROSS JOIN LATERAL ${textIn('organization_translation', 'x.organization_id = o.id')} ot`
    return `(SELECT ${object(fields, below)} FROM organization o ${text} WHERE o.id = s.organization_id)`
  },
  phones: phones('service_id = s.id'),
  needs: tags('service_need', 'need_code', 'need_translation'),
  audiences: tags('service_audience', 'audience_code', 'audience_translation'),
  schedules: (below) =>
    list(object(columns('h', 'byday opensAt closesAt openOnHolidays'), below), 'h.position', 'schedule h WHERE h.service_id = s.id'),
  serviceAreas: (below) => list(object(columns('a', 'kind code'), below), 'a.position', 'service_area a WHERE a.service_id = s.id'),
}

const SERVICE_TEXT = `CROSS JOIN LATERAL ${textIn('service_translation', 'x.service_id = s.id')} t`

/** @returns a statement with one row with one JSON value, `service`; no row when there is none */
export function serviceStatement(selection: Selection, languages: readonly LanguageCode[], { slug }: Variables): Statement {
  const text = `SELECT ${object(SERVICE, selection)} AS service FROM service s ${SERVICE_TEXT} WHERE s.slug = $2`
  return { text, values: [languages, slug] }
}

/** The services that cover a commune, with how wide the narrowest area is that does, and last what is given from afar. */
const COVERING = `JOIN (
  SELECT x.service_id, min(x.width) AS width FROM (
    SELECT a.service_id, CASE a.kind WHEN 'COMMUNE' THEN 0 WHEN 'PROVINCE' THEN 1 WHEN 'REGION' THEN 2 ELSE 3 END AS width
    FROM service_area a WHERE a.kind = 'COUNTRY' OR (a.kind, a.code) IN (
      SELECT 'COMMUNE'::"AreaKind", c.nis_code FROM commune c WHERE c.nis_code = $NIS
      UNION ALL SELECT 'PROVINCE', c.province FROM commune c WHERE c.nis_code = $NIS
      UNION ALL SELECT 'REGION', c.region FROM commune c WHERE c.nis_code = $NIS)
    UNION ALL
    SELECT a.service_id, 4 FROM service_area a JOIN service v ON v.id = a.service_id AND v.virtual WHERE a.kind IN ('PROVINCE', 'REGION')
  ) x GROUP BY x.service_id) n ON n.service_id = s.id`

/** Without a commune: those of single communes after the others. */
const ANYWHERE = `LEFT JOIN (
  SELECT a.service_id, bool_and(a.kind = 'COMMUNE')::int AS width FROM service_area a GROUP BY a.service_id) n ON n.service_id = s.id`

/**
 * A page of services in this API's order: narrowest areas first with a commune, else those of single communes last; then the editors'
 * order. (That stale ones come last is left out: none is stale, and the peers have less to do.)
 * @param selection of one service
 * @returns a statement with one row: `edges` (JSON), `more` (records follow) and `last` (slug of the page's last record)
 */
export function servicesStatement(
  selection: Selection,
  languages: readonly LanguageCode[],
  { first = 20, after, filter }: Variables,
): Statement {
  const values: unknown[] = [languages, first]
  const parameter = (value: unknown): string => `$${values.push(value)}`
  const conditions = ["s.status IN ('ACTIVE', 'TEMPORARILY_CLOSED') AND s.check_failed_on IS NULL"]
  if (filter?.needs) {
    const codes = parameter(filter.needs)
    conditions.push(
      `EXISTS (SELECT FROM service_need l JOIN need n ON n.code = l.need_code
        WHERE l.service_id = s.id AND (n.code = ANY (${codes}) OR n.parent_code = ANY (${codes})))`,
    )
  }
  if (filter?.languages) conditions.push(`s.languages && ${parameter(filter.languages)}::"LanguageCode"[]`)
  const areas = filter?.nisCode ? COVERING.replaceAll('$NIS', parameter(filter.nisCode)) : ANYWHERE
  const follows = after
    ? `WHERE (w.width, w.position) > (SELECT f.width, f.position FROM found f WHERE f.slug = ${parameter(fromCursor(after))})`
    : ''
  const text = `
    WITH found AS (
      SELECT s.id, s.slug, s.position, coalesce(n.width, 0) AS width FROM service s ${areas} WHERE ${conditions.join(' AND ')}
    ), page AS (
      SELECT *, row_number() OVER (ORDER BY width, position) AS place FROM found w ${follows} ORDER BY width, position LIMIT $2::int + 1
    )
    SELECT
      coalesce(json_agg(json_build_object('node', ${object(SERVICE, selection)}) ORDER BY page.place), '[]') AS edges,
      (SELECT count(*) > $2::int FROM page) AS more,
      (array_agg(s.slug ORDER BY page.place DESC))[1] AS last
    FROM page JOIN service s ON s.id = page.id ${SERVICE_TEXT}
    WHERE page.place <= $2::int`
  return { text, values }
}

/** A cursor is the record's slug. */
export const toCursor = (slug: string | null): string | null => (slug === null ? null : Buffer.from(slug).toString('base64url'))
const fromCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8')
