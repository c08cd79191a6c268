import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** Folder of the official schemas of HSDS 3.1; without it their test is left out. */
export const HSDS_SCHEMAS = process.env.HSDS_SCHEMAS?.trim() || undefined

type Schema = { [key: string]: unknown }

/** The official schemas as functions from a record to what is wrong with it; a property that a schema does not name is wrong. */
export function readHsdsSchemas(folder: string): (schema: string, record: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  // Written for CommonJS: its default export is the module.
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && !['datapackage.json', 'openapi.json'].includes(name))) {
    ajv.addSchema(closed(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))) as Schema, file)
  }
  return (schema, record) => {
    const validate = ajv.getSchema(`${schema}.json`) as ValidateFunction | undefined
    if (!validate) throw new Error(`no schema ${schema}.json in ${folder}`)
    if (validate(record)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
  }
}

/** The same schema, refusing what it does not name, at every depth. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in parts ? { ...parts, unevaluatedProperties: false } : parts
}
