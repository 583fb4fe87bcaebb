import { error, manualPage } from './page.js'

manualPage(
  'Aggregate Functions',
  {
    grouping: [
      { ask: '/acts?select=count()', status: 200, json: [{ count: 4 }] },
      {
        ask: '/acts?select=stage_id,fees:fee.sum()::text&order=stage_id',
        status: 200,
        json: [
          { stage_id: 1, fees: '2500.00' },
          { stage_id: 2, fees: '2100.50' },
          { stage_id: null, fees: null },
        ],
      },
    ],
    'the total is that of the groups': [
      {
        ask: '/acts?select=stage_id,count()',
        headers: { Prefer: 'count=exact' },
        status: 200,
        answers: { 'Content-Range': '0-2/3' },
      },
    ],
    'in embeds': [
      {
        ask: '/stages?select=name,acts(fee.max())&order=id&limit=2',
        status: 200,
        json: [
          { name: 'Main', acts: [{ max: 2500 }] },
          { name: 'Tent', acts: [{ max: 1200 }] },
        ],
      },
      {
        ask: '/acts?select=...stages(stage:name),fee.max()&id=eq.1',
        status: 200,
        json: [{ stage: 'Main', max: 2500 }],
      },
      {
        ask: '/stages?select=name,...acts(fee.max())',
        status: 400,
        json: error(
          'PGRST127',
          'Feature not implemented',
          'Aggregates are not implemented for one-to-many or many-to-many spreads.',
        ),
      },
    ],
    'what it does not do': [
      {
        ask: '/acts?select=name&order=fee.sum()',
        status: 400,
        json: error(
          'PGRST100',
          '"failed to parse order (fee.sum())" (line 1, column 5)',
          'unexpected "s" expecting "asc", "desc", "nullsfirst" or "nullslast"',
        ),
      },
    ],
  },
  { dbAggregatesEnabled: true },
)

manualPage('Aggregate Functions, as they come', {
  'are not allowed': [
    { ask: '/acts?select=count()', status: 400, json: error('PGRST123', 'Use of aggregate functions is not allowed') },
    { ask: '/stages?select=acts(fee.sum())', status: 400, answers: { 'Proxy-Status': 'PostgREST; error=PGRST123' } },
  ],
})
