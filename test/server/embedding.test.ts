import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({ dbAggregatesEnabled: true })
})
afterAll(() => festival?.close())

const cases: Record<string, [path: string, body: unknown][]> = {
  'kinds of relationships': [
    ['/acts?select=id,stages(name)&id=eq.1', [{ id: 1, stages: { name: 'Main' } }]],
    ['/acts?select=id,stages(name)&id=eq.4', [{ id: 4, stages: null }]],
    ['/stages?select=name,acts(id)&id=eq.2&acts.order=id', [{ name: 'Tent', acts: [{ id: 2 }, { id: 3 }] }]],
    ['/stages?select=name,acts(id)&id=eq.3', [{ name: 'Barn', acts: [] }]],
    ['/acts?select=id,people(name)&id=eq.1&people.order=name', [{ id: 1, people: [{ name: 'Ann' }, { name: 'Bo' }] }]],
    ['/people?select=name,acts(id)&id=eq.2&acts.order=id', [{ name: 'Bo', acts: [{ id: 1 }, { id: 2 }] }]],
    ['/acts?select=id,parent:parent_id(name)&id=eq.2', [{ id: 2, parent: { name: 'The Loud' } }]],
    ['/acts?select=id,covers:acts(name)&id=eq.1', [{ id: 1, covers: [{ name: 'Loud Unplugged' }] }]],
    ['/acts?select=id,home(name)&id=eq.1', [{ id: 1, home: { name: 'Main' } }]],
    ['/big_acts?select=id,stages(name)&id=eq.3', [{ id: 3, stages: { name: 'Tent' } }]],
    ['/stages?select=id,big_acts(id)&id=eq.1', [{ id: 1, big_acts: [{ id: 1 }] }]],
    [
      '/rpc/acts_on?stage=2&select=id,stages(name),people(name)&id=eq.3',
      [{ id: 3, stages: { name: 'Tent' }, people: [{ name: 'Cy' }] }],
    ],
  ],
  'hints and aliases': [
    [
      '/shifts?select=id,leader:people!shift_leader(name),helper:people!helper_id(name)&id=eq.1',
      [{ id: 1, leader: { name: 'Ann' }, helper: { name: 'Bo' } }],
    ],
    ['/people?select=id,led:shifts!shift_leader(id)&id=eq.3', [{ id: 3, led: [{ id: 2 }] }]],
    ['/acts?select=id,crew:people!members(name)&id=eq.3', [{ id: 3, crew: [{ name: 'Cy' }] }]],
    ['/stages?select=id,a:acts(id),b:acts(name)&id=eq.1', [{ id: 1, a: [{ id: 1 }], b: [{ name: 'The Loud' }] }]],
  ],
  depth: [
    [
      '/stages?select=name,acts(id,people(name,members(instrument)))&id=eq.1&acts.people.order=name&acts.people.limit=1',
      [{ name: 'Main', acts: [{ id: 1, people: [{ name: 'Ann', members: [{ instrument: 'drums' }] }] }] }],
    ],
    [
      '/stages?select=name,acts(id)&acts.id=gt.2&order=id&limit=2',
      [
        { name: 'Main', acts: [] },
        { name: 'Tent', acts: [{ id: 3 }] },
      ],
    ],
    [
      '/stages?select=name,acts(id)&acts.or=(id.eq.1,fee.lt.1000)&order=id&limit=2',
      [
        { name: 'Main', acts: [{ id: 1 }] },
        { name: 'Tent', acts: [{ id: 2 }] },
      ],
    ],
  ],
  'joins that filter': [
    ['/stages?select=name,acts!inner(id)&acts.id=eq.3', [{ name: 'Tent', acts: [{ id: 3 }] }]],
    ['/acts?select=id,stages!inner(name)&stages.name=eq.Main', [{ id: 1, stages: { name: 'Main' } }]],
    ['/stages?select=name,acts()&acts=is.null', [{ name: 'Barn' }]],
    ['/stages?select=name,acts()&acts=not.is.null&order=name', [{ name: 'Main' }, { name: 'Tent' }]],
    ['/acts?select=id,stages(),people()&or=(stages.is.null,people.is.null)&order=id', [{ id: 4 }]],
    ['/acts?select=id,stages!left(name)&id=eq.4', [{ id: 4, stages: null }]],
  ],
  'spread embeds': [
    ['/acts?select=id,...stages(stage:name)&id=eq.1', [{ id: 1, stage: 'Main' }]],
    [
      '/stages?select=name,...acts(ids:id,titles:name)&id=eq.2&acts.order=id.desc',
      [{ name: 'Tent', ids: [3, 2], titles: ['Quiet Sisters', 'Loud Unplugged'] }],
    ],
    ['/stages?select=name,...acts(ids:id)&id=eq.3', [{ name: 'Barn', ids: [] }]],
    ['/acts?select=id,stages(id),...stages(stage:name)&id=eq.1', [{ id: 1, stages: { id: 1 }, stage: 'Main' }]],
    ['/acts?select=id,...stages(stage:name),stages(id)&id=eq.1', [{ id: 1, stage: 'Main', stages: { id: 1 } }]],
    ['/members?select=...acts(act:name,...stages(stage:name))&person_id=eq.1', [{ act: 'The Loud', stage: 'Main' }]],
  ],
  'related order': [
    [
      '/acts?select=id,stages(name)&order=stages(name).desc.nullslast,id&limit=2',
      [
        { id: 2, stages: { name: 'Tent' } },
        { id: 3, stages: { name: 'Tent' } },
      ],
    ],
  ],
  aggregates: [
    ['/acts?select=count()', [{ count: 4 }]],
    [
      '/acts?select=stage_id,fee.sum()&order=stage_id.nullslast',
      [
        { stage_id: 1, sum: 2500 },
        { stage_id: 2, sum: 2100.5 },
        { stage_id: null, sum: null },
      ],
    ],
    ['/acts?select=top:fee.max()::int,fee.min(),fee.avg()&stage_id=eq.2', [{ top: 1200, min: 900.5, avg: 1050.25 }]],
    ['/stages?select=name,acts(fee.sum())&id=eq.2', [{ name: 'Tent', acts: [{ sum: 2100.5 }] }]],
    ['/acts?select=...stages(name),fee.sum()&stage_id=eq.2', [{ name: 'Tent', sum: 2100.5 }]],
    [
      '/members?select=...acts(...stages(name),fee.max())&person_id=eq.2&order=acts(name)',
      [
        { name: 'Main', max: 2500 },
        { name: 'Tent', max: 900.5 },
      ],
    ],
  ],
}

for (const [title, table] of Object.entries(cases)) {
  describe(title, () => {
    test.each(table)('%s', async (path, body) => {
      const answer = await festival.ask(path)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.json).toEqual(body)
    })
  })
}

describe('what cannot be embedded', () => {
  test.each([
    ['/acts?select=payroll(id)', 400, 'PGRST200', null],
    ['/acts?select=id,stage(name)', 400, 'PGRST200', "Perhaps you meant 'stages' instead of 'stage'."],
    ['/shifts?select=people(name)', 300, 'PGRST201', /shift_helper.*shift_leader/],
    ['/acts?select=id&stages.id=eq.1', 400, 'PGRST108', /included in the 'select'/],
    ['/stages?select=id,acts(id)&order=acts(id)', 400, 'PGRST118', null],
    ['/stages?select=id,...acts(fee.sum())', 400, 'PGRST127', null],
  ])('%s', async (path, status, code, hint) => {
    const answer = await festival.ask(path)
    expect([answer.status, answer.json]).toMatchObject([status, { code }])
    const said = (answer.json as { hint: string | null }).hint
    if (hint instanceof RegExp) expect(said).toMatch(hint)
    else expect(said).toBe(hint)
  })

  test('ambiguous relationships are described', async () => {
    const { json } = await festival.ask('/shifts?select=people(name)')
    expect(json).toMatchObject({
      details: [
        {
          cardinality: 'many-to-one',
          embedding: 'shifts with people',
          relationship: 'shift_helper using shifts(helper_id) and people(id)',
        },
        {
          cardinality: 'many-to-one',
          embedding: 'shifts with people',
          relationship: 'shift_leader using shifts(leader_id) and people(id)',
        },
      ],
    })
  })

  test('aggregates need to be allowed', async () => {
    const strict = await openFestival()
    try {
      expect((await strict.ask('/acts?select=fee.sum()')).json).toMatchObject({ code: 'PGRST123' })
    } finally {
      await strict.close()
    }
  })
})
