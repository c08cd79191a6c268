import type { Rule } from '../../api/service/rules/eligibility.ts'
import type { Random } from './random.ts'
import { WHO } from './words.ts'

/** A rule of one to four parts, as editors write them. */
export function makeRule(random: Random, audienceCodes: readonly string[], nis: string): Rule {
  const audience = (): Rule => ({ audience: random.pick(audienceCodes) })
  const ages = (): Rule => ({ age: random.chance(0.7) ? { min: random.pick([18, 60, 65]) } : { max: random.pick([18, 25]) } })
  const texts = random.pick(WHO)
  const condition = (): Rule => ({ condition: { code: `condition-${random.between(1, 40)}`, texts } })
  switch (random.between(0, 5)) {
    case 0:
      return audience()
    case 1:
      return { any: [audience(), ages()] }
    case 2:
      return { all: [{ any: [audience(), audience()] }, condition()] }
    case 3:
      return { any: [{ all: [audience(), { any: [ages(), audience()] }] }, { assessed: texts }] }
    case 4:
      return { all: [{ commune: [nis] }, { not: { all: [audience(), condition()] } }] }
    default:
      return { all: [{ language: random.pick(['FR', 'FR', 'DE', 'NL'] as const) }, ages()] }
  }
}
