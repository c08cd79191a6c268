import { afterAll, beforeAll, expect, test } from 'vitest'
import { NotFound } from '../errors.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { editing, ORGANIZATION_CONTENT } from '../testing/editing.ts'
import { staff } from '../testing/staff.ts'
import { type OrganizationOptions, placeOrganization } from './actions/console.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const place = (options: OrganizationOptions) => placeOrganization({ db: app.db, directory: app.directory.current(), now: NOW }, options)

test('a region is made where there is none; its editors decide what holds for everybody', async () => {
  expect(await place({ slug: 'ma-region', name: 'Ma Région', kind: 'REGION', source: 'region.example' })).toBe('MADE')
  await app.directory.refresh()
  const { data } = await app.ask('{ organization(slug: "ma-region") { name kind } }')
  expect(data.organization).toEqual({ name: 'Ma Région', kind: 'REGION' })
  const { headers } = await staff(app, { role: 'EDITOR', organization: 'ma-region' })
  const content = { day: '12-27', kinds: ['CPAS'], texts: [{ language: 'FR', name: 'Pont' }] }
  const { id, version } = await editing(app).saveClosingDay({ content }, headers)
  expect(await editing(app).publish({ id, version }, headers)).toMatchObject({ state: 'PUBLISHED' })
})

test('what is wrong with one is told, and nothing is made', async () => {
  await expect(place({ slug: 'Ma Région', name: 'x', source: 'x' })).rejects.toMatchObject({
    problems: [{ path: ['slug'], code: 'slug_malformed' }],
  })
  await expect(place({ slug: 'sans-source', name: 'x' })).rejects.toMatchObject({ problems: [{ path: ['source'], code: 'required' }] })
  const twice = { slug: 'encore-un-cpas', name: 'x', source: 'x', kind: 'CPAS', commune: '92094' } as const
  await expect(place(twice)).rejects.toMatchObject({ problems: [{ path: ['commune'], code: 'cpas_twice' }] })
  await expect(place({ slug: 'rwlp', name: 'Un autre nom' })).rejects.toMatchObject({ problems: [{ path: ['name'], code: 'slug_taken' }] })
  await expect(place({ slug: 'nulle-part' })).rejects.toBeInstanceOf(NotFound)
  expect(await app.db.contentRecord.count({ where: { slug: { in: ['sans-source', 'encore-un-cpas', 'nulle-part'] } } })).toBe(0)
})

test('who looks after one is said and taken back, whatever its versions say', async () => {
  const edit = editing(app)
  const eva = (await staff(app, { role: 'EDITOR' })).headers
  const { id } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
  expect(await edit.record(id, eva)).toMatchObject({ mayEdit: false })
  expect(await place({ slug: 'rwlp', keeper: 'ville-de-liege' })).toBe('KEPT')
  expect(await edit.record(id, eva, ORGANIZATION_CONTENT)).toMatchObject({ mayEdit: true, content: { keeper: 'ville-de-liege' } })
  await expect(place({ slug: 'rwlp', keeper: 'rwlp' })).rejects.toMatchObject({ problems: [{ code: 'leads_to_itself' }] })
  await expect(place({ slug: 'rwlp', keeper: 'nulle-part' })).rejects.toBeInstanceOf(NotFound)
  await place({ slug: 'rwlp', keeper: null })
  expect(await edit.record(id, eva)).toMatchObject({ mayEdit: false })
  expect(await app.db.auditEvent.count({ where: { subjectId: id, action: 'content.keeper_set' } })).toBe(2)
})
