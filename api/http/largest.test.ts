import { complexityFromQuery } from '@pothos/plugin-complexity'
import fc from 'fast-check'
import { type OperationDefinitionNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import * as pages from '../graphql/connection.ts'
import { schema } from '../schema.ts'
import * as lists from '../taxonomy/rules.ts'
import { LONGEST_LIST, LONGEST_PAGE, largestVariables } from './largest.ts'

const QUERY = `query ($first: Int, $filter: ServiceFilter, $situation: SituationInput!, $at: DateTime) {
  services(first: $first, filter: $filter) { edges { node { name eligibility(situation: $situation) { verdict } openingStatus(at: $at) { open } } } }
  findAid(situation: $situation, first: $first) { urgency matches { service { slug } } }
}`
const weigh = (variables: Record<string, unknown>) => complexityFromQuery(QUERY, { schema, variables }).complexity
const [operation] = parse(QUERY).definitions
const largest = largestVariables(schema, (operation as OperationDefinitionNode).variableDefinitions ?? [])

test('it knows how long pages and lists may be', () => {
  expect([LONGEST_PAGE, LONGEST_LIST]).toEqual([pages.LONGEST_PAGE, lists.LONGEST_LIST])
})

test('nothing that is accepted weighs more than the largest variables', () => {
  const most = weigh(largest)
  const texts = fc.array(fc.constantFrom('food', 'debt'), { maxLength: LONGEST_LIST })
  const situation = fc.record(
    { needs: texts, audiences: texts, age: fc.integer({ min: 0, max: 130 }), text: fc.string({ maxLength: 2_000 }), openNow: fc.boolean() },
    { requiredKeys: [] },
  )
  const variables = fc.record(
    {
      first: fc.option(fc.integer({ min: -5, max: 500 })),
      filter: fc.record({ search: fc.string({ maxLength: 2_000 }), needs: texts, audiences: texts }, { requiredKeys: [] }),
      situation,
      at: fc.constantFrom('2026-11-17T09:00:00Z', null),
    },
    { requiredKeys: ['situation'] },
  )
  fc.assert(fc.property(variables, (one) => weigh(one) <= most))
  expect(weigh({ situation: {} })).toBeLessThan(most)
})
