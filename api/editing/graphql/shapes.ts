import type { InputRef, OutputRef } from '@pothos/core'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'

/**
 * What is read of a document and what is sent for it are the same values, so one table makes both types: `ServiceContent` and
 * `ServiceContentInput`.
 */
type Scalar = 'String' | 'Int' | 'Float' | 'Boolean' | 'Date' | 'DateTime' | 'EligibilityRule'
type Plain = Record<string, unknown>

export type Field = {
  of: Scalar | OutputRef<unknown> | Shape | 'Localized'
  /** Of an enum: its reference serves for both. */
  list?: boolean
  /** A form must send it; a record always has it. */
  required?: boolean
  /** What a record has that was sent without it; it is never null then. */
  otherwise?: string | number | boolean
  /** A form may leave it out, and what it is then is made or stays; a record always has it. */
  made?: boolean
  description: string
}
export type Fields = Readonly<Record<string, Field>>

/** A part of a document as GraphQL has it. */
export type Shape = {
  output: OutputRef<Plain>
  input: InputRef<Plain>
  /** What was sent, as a document has it. */
  read(input: Plain): Plain
}

const isShape = (of: Field['of']): of is Shape => typeof of === 'object' && 'read' in of

const LocalizedTextType = builder.objectRef<{ language: string; text: string }>('LocalizedText').implement({
  description: 'A short text in one language.',
  fields: (t) => ({
    language: t.field({ type: LanguageCodeEnum, description: 'Which.', resolve: ({ language }) => language as never }),
    text: t.exposeString('text', { description: 'The text.' }),
  }),
})
const LocalizedTextInput = builder.inputType('LocalizedTextInput', {
  description: 'A short text in one language.',
  fields: (t) => ({
    language: t.field({ type: LanguageCodeEnum, required: true, description: 'Which.' }),
    text: t.string({ required: true, description: 'The text; an empty one is none.' }),
  }),
})

/** Makes the two types of a part of documents. @param name of the part, as `ServiceContent` */
export function shape(name: string, description: string, fields: Fields): Shape {
  const output = builder.objectRef<Plain>(name)
  output.implement({ description, fields: (t) => outputsOf(t as never, fields) as never })
  const input = builder.inputType(`${name}Input`, { description, fields: (t) => inputsOf(t as never, fields) as never })
  return { output, input: input as unknown as InputRef<Plain>, read: (sent) => readFields(fields, sent) }
}

type Builder = { field(options: object): unknown }

const outputsOf = (t: Builder, fields: Fields): Plain =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { of, list, required, otherwise, made, description }]) => {
      const type = of === 'Localized' ? LocalizedTextType : isShape(of) ? of.output : of
      const many = list || of === 'Localized'
      const nullable = !many && !required && !made && otherwise === undefined
      return [
        name,
        t.field({ type: many ? [type] : type, nullable, description, resolve: (document: Plain) => shownValue(of, document[name]) }),
      ]
    }),
  )

const inputsOf = (t: Builder, fields: Fields): Plain =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { of, list, required, description }]) => {
      const type = of === 'Localized' ? LocalizedTextInput : isShape(of) ? of.input : of
      const many = list || of === 'Localized'
      return [name, t.field({ type: many ? [type] : type, required: required ?? false, description })]
    }),
  )

/** A value of a document as GraphQL shows it: short texts as a list, moments as dates. */
function shownValue(of: Field['of'], value: unknown): unknown {
  if (of === 'Localized') return byLanguage((value ?? {}) as Record<string, string>).map(([language, text]) => ({ language, text }))
  return of === 'DateTime' && typeof value === 'string' ? new Date(value) : value
}

/** Entries of an object whose keys are languages, in capitals. */
export const byLanguage = <T>(texts: Readonly<Record<string, T>>): [string, T][] =>
  ['fr', 'de', 'nl', 'en'].flatMap((tag) => (texts[tag] === undefined ? [] : [[tag.toUpperCase(), texts[tag] as T]]))

function readFields(fields: Fields, sent: Plain): Plain {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, readValue(field, sent[name])]))
}

function readValue({ of, list, otherwise }: Field, value: unknown): unknown {
  if (of === 'Localized' && list) return ((value ?? []) as Plain[][]).map(localizedOf)
  if (of === 'Localized') return localizedOf((value ?? []) as Plain[])
  const one = (single: unknown): unknown => {
    if (single === null || single === undefined) return otherwise ?? null
    if (isShape(of)) return of.read(single as Plain)
    return single instanceof Date ? single.toISOString() : single
  }
  return list ? ((value ?? []) as unknown[]).map(one) : one(value)
}

const localizedOf = (texts: readonly Plain[]): Plain =>
  Object.fromEntries(texts.map(({ language, text }) => [String(language).toLowerCase(), text]))
