import { describe, expect, test } from 'vitest'
import type { PlanOptions } from './context.js'
import { festivalCache } from './festival.fixture.js'
import { parsedRequest } from './parsed.fixture.js'
import { everyColumn } from './plan.js'
import { planQuery } from './plan-query.js'
import { noNames } from './visible-names.js'

const cache = festivalCache()
const options: PlanOptions = { maximumRows: null, aggregates: false, explain: false, visible: noNames }

function plan(request: string, body?: unknown, others: Partial<PlanOptions> = {}) {
  return planQuery(parsedRequest(request, body), cache, { ...options, ...others })
}

describe('names are bound', () => {
  test('columns, with what they need to be used', () => {
    const { root } = plan('/acts?select=id,rider->a,name->0,colour&words=fts.a&name=fts.b&colour=eq.red')
    expect(root.fields.map(({ field, format, alias }) => [field.name, field.toJson, format, alias])).toEqual([
      ['id', false, null, null],
      ['rider', false, null, 'a'],
      ['name', true, null, 'name'],
      ['colour', false, '"fest"."json"', 'colour'],
    ])
    expect(root.where).toMatchObject([{ toTsvector: false }, { toTsvector: true }, { parse: '"fest"."colour"' }])
  })

  test('everything, one by one where a column has a representation', () => {
    expect(plan('/stages').root.fields.map(({ field }) => field.name)).toEqual([everyColumn])
    // in quotes as well, where no column is called so
    expect(plan('/stages?select="*"').root.fields.map(({ field }) => field.name)).toEqual([everyColumn])
    expect(plan('/acts').root.fields.map(({ field }) => field.name)).toEqual([
      'id',
      'name',
      'stage_id',
      'rider',
      'words',
      'colour',
    ])
  })

  test('embeds, under names that hide nothing', () => {
    const { root } = plan('/acts?select=id,stages(id,acts(id)),people(name)')
    const [stages, people] = root.embeds
    expect(stages).toMatchObject({ toOne: true, name: 'stages', node: { alias: 'stages_1' } })
    expect(stages?.node.embeds[0]).toMatchObject({ toOne: false, node: { alias: 'acts_2' } })
    expect(people).toMatchObject({ toOne: false, junctionAlias: 'members_1' })
  })

  test('values stay where they are: a plan has their numbers', () => {
    const { root } = plan('/acts?id=eq.7&name=in.(a,b)&limit=5&offset=6')
    expect(root.where).toMatchObject([{ value: 0 }, { value: 1 }])
    expect([root.limit, root.offset]).toEqual([2, 3])
    expect(JSON.stringify(root)).not.toContain('"7"')
  })
})

describe('what cannot be planned', () => {
  test.each([
    ['/nothing', 'PGRST205'],
    ['/acts?select=payroll(id)', 'PGRST200'],
    ['/acts?select=id.sum()', 'PGRST123'],
    ['/stages?select=acts(id)&order=acts(id)', 'PGRST118'],
    ['/rpc/none', 'PGRST202'],
    ['/rpc/pick?x=1', 'PGRST203'],
    ['/acts | image/png', 'PGRST107'],
    ['/acts | application/vnd.pgrst.plan', 'PGRST107'],
  ])('%s', (request, code) => {
    expect(() => plan(request)).toThrow(expect.objectContaining({ code }))
  })

  test.each([
    ['POST /acts', { nothing: 1 }, 'PGRST204'],
    ['PUT /acts?name=eq.a', { id: 1 }, 'PGRST105'],
  ])('%s', (request, body, code) => {
    expect(() => plan(request, body)).toThrow(expect.objectContaining({ code }))
  })
})

describe('writes', () => {
  test('know what must come back', () => {
    const full = 'return=representation'
    expect(plan(`POST /acts?select=name | | ${full}`, { id: 1 })).toMatchObject({ returning: ['name'] })
    expect(plan(`POST /acts?select=name,stages(id)&order=id | | ${full}`, { id: 1 })).toMatchObject({
      returning: ['name', 'id', 'stage_id'],
    })
    expect(plan('POST /acts', { id: 1 })).toMatchObject({ returning: null, handler: null })
    expect(plan('POST /acts | | return=headers-only', { id: 1 })).toMatchObject({ returning: ['id'], location: ['id'] })
  })

  test('read values in the type that their column takes', () => {
    expect(plan('POST /acts', { id: 1, colour: 'red' })).toMatchObject({
      write: {
        columns: [
          { name: 'colour', type: 'json', parse: '"fest"."colour"' },
          { name: 'id', type: 'integer', parse: null },
        ],
      },
    })
  })
})

describe('calls', () => {
  test('take arguments one by one, or as JSON, or the body as it is', () => {
    expect(plan('/rpc/add?a=1&b=2')).toMatchObject({
      arguments: { kind: 'values', values: [{ slot: 0 }, { slot: 1 }] },
    })
    expect(plan('POST /rpc/add', { a: 1 })).toMatchObject({ arguments: { kind: 'json', parameters: [{ name: 'a' }] } })
    expect(plan('POST /rpc/whole', { a: 1 })).toMatchObject({ arguments: { kind: 'body', type: 'json' } })
  })

  test('embed what the rows that come back can', () => {
    expect(plan('/rpc/acts_on?stage=1&select=id,stages(name)').root.embeds).toHaveLength(1)
  })
})
