import { error, manualPage } from './page.js'

const whole = 'return=representation'
const merge = `resolution=merge-duplicates, ${whole}`
const csv = { 'Content-Type': 'text/csv', Prefer: whole }

manualPage('Tables and Views', {
  insert: [
    { ask: 'POST /stages', headers: { Prefer: whole }, body: [], status: 201, text: '[]' },
    { ask: 'POST /stages', body: 5, status: 201, answers: { 'Content-Range': '*/*', 'Content-Type': null }, text: '' },
    {
      ask: 'POST /stages',
      headers: { Prefer: 'return=headers-only' },
      body: { id: 7, name: 'x' },
      status: 201,
      answers: { Location: '/stages?id=eq.7', 'Preference-Applied': 'return=headers-only' },
    },
    {
      ask: 'POST /stages',
      headers: { Prefer: 'return=headers-only' },
      body: [
        { id: 7, name: 'x' },
        { id: 8, name: 'y' },
      ],
      status: 201,
      answers: { Location: null },
    },
    {
      ask: 'POST /stages?select=unheard_of',
      headers: { Prefer: whole },
      body: { id: 7, name: 'x' },
      status: 400,
      json: error('42703', 'column stages.unheard_of does not exist'),
    },
    { ask: 'POST /stages?select=unheard_of', body: { id: 7, name: 'x' }, status: 201, text: '' },
    {
      ask: 'POST /stages',
      body: { nope: 1 },
      status: 400,
      json: error('PGRST204', "Could not find the 'nope' column of 'stages' in the schema cache"),
    },
    {
      ask: 'POST /stages',
      body: [{ id: 7 }, { name: 'x' }],
      status: 400,
      json: error('PGRST102', 'All object keys must match'),
    },
  ],
  'CSV and forms': [
    {
      ask: 'POST /stages',
      headers: csv,
      body: 'id,name,capacity\n7,x,NULL',
      status: 201,
      json: [{ id: 7, name: 'x', capacity: null, open: null }],
    },
    {
      ask: 'POST /stages?columns=id,name',
      headers: csv,
      // more than PostgREST takes: `columns` holds for CSV as it does for JSON
      body: 'id,name,nope\n7,x,1',
      status: 201,
      json: [{ id: 7, name: 'x', capacity: null, open: null }],
    },
    {
      ask: 'POST /stages',
      headers: csv,
      body: 'id,name\n7',
      status: 400,
      json: error('PGRST102', 'All lines must have same number of fields'),
    },
    {
      ask: 'POST /stages?select=id,name',
      headers: { ...csv, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'id=7&name=a+b',
      status: 201,
      json: [{ id: 7, name: 'a b' }],
    },
  ],
  upsert: [
    { ask: 'POST /stages', headers: { Prefer: merge }, body: [{ id: 1, name: 'x' }], status: 200 },
    {
      ask: 'POST /stages',
      headers: { Prefer: merge },
      body: [
        { id: 1, name: 'x' },
        { id: 7, name: 'y' },
      ],
      status: 201,
    },
    { ask: 'POST /stages', headers: { Prefer: merge }, body: [], status: 200, text: '[]' },
    {
      ask: 'POST /stages',
      headers: { Prefer: `resolution=ignore-duplicates, ${whole}` },
      body: [{ id: 1, name: 'x' }],
      status: 201,
      text: '[]',
    },
    {
      ask: 'POST /stages?on_conflict=name',
      headers: { Prefer: merge },
      body: [{ id: 1, name: 'x' }],
      status: 400,
      json: error('42P10', 'there is no unique or exclusion constraint matching the ON CONFLICT specification'),
    },
  ],
  PUT: [
    { ask: 'PUT /stages?id=eq.7', headers: { Prefer: whole }, body: { id: 7, name: 'x' }, status: 201 },
    { ask: 'PUT /stages?id=eq.1', headers: { Prefer: whole }, body: { id: 1, name: 'x' }, status: 200 },
    {
      ask: 'PUT /stages?id=eq.1',
      body: { id: 1, name: 'x' },
      status: 204,
      answers: { 'Content-Range': null },
      text: '',
    },
    { ask: 'PUT /stages?id=eq.1&offset=0', body: { id: 1, name: 'x' }, status: 204 },
    {
      ask: 'PUT /stages?id=eq.1&offset=1',
      body: { id: 1, name: 'x' },
      status: 400,
      json: error('PGRST114', 'limit/offset querystring parameters are not allowed for PUT'),
    },
    {
      ask: 'PUT /stages?id=eq.1',
      body: { id: 2, name: 'x' },
      status: 400,
      json: error('PGRST115', 'Payload values do not match URL in primary key column(s)'),
    },
    {
      ask: 'PUT /stages?id=eq.1',
      body: { name: 'x' },
      status: 400,
      json: error('42703', 'column pgrst_body.id does not exist'),
    },
    {
      ask: 'PUT /stages?name=eq.x',
      body: { id: 1, name: 'x' },
      status: 405,
      json: error('PGRST105', "Filters must include all and only primary key columns with 'eq' operators"),
    },
  ],
  'update and delete': [
    {
      ask: 'PATCH /stages?id=eq.1',
      headers: { Prefer: whole },
      body: {},
      status: 200,
      answers: { 'Content-Range': '*/*' },
      text: '[]',
    },
    {
      ask: 'PATCH /stages?id=eq.1',
      headers: { Prefer: 'count=exact' },
      body: { name: 'x' },
      status: 204,
      answers: { 'Content-Range': '0-0/1' },
    },
    {
      ask: 'PATCH /stages?id=eq.99',
      headers: { Prefer: 'count=exact' },
      body: { name: 'x' },
      status: 204,
      answers: { 'Content-Range': '*/0' },
    },
    {
      ask: 'DELETE /notes?id=eq.1',
      headers: { Prefer: `${whole}, count=exact` },
      status: 200,
      answers: { 'Content-Range': '*/1' },
    },
    {
      ask: 'DELETE /notes?id=in.(1,2)&order=id.desc&limit=1&select=id',
      headers: { Prefer: whole },
      status: 200,
      json: [{ id: 2 }, { id: 1 }],
    },
  ],
  'pagination and count': [
    {
      ask: '/stages',
      headers: { Range: '0-1', Prefer: 'count=exact' },
      status: 206,
      answers: { 'Content-Range': '0-1/3' },
    },
    { ask: 'POST /rpc/names', headers: { Range: '0-0' }, status: 200, answers: { 'Content-Range': '0-2/*' } },
    { ask: '/stages?limit=0', status: 200, answers: { 'Content-Range': '*/*' }, text: '[]' },
    { ask: '/stages?limit=-1&offset=1', status: 200, answers: { 'Content-Range': '*/*' }, text: '[]' },
    { ask: '/stages?limit=0&offset=1', status: 416 },
    { ask: '/stages?offset=-1&limit=1', status: 200, text: '[]' },
    { ask: '/stages?offset=-2&limit=1', status: 416 },
    {
      ask: '/stages?select=id&offset=-1&limit=2&order=id',
      status: 200,
      answers: { 'Content-Range': '0-0/*' },
      json: [{ id: 1 }],
    },
    { ask: '/stages?select=id&offset=-1&order=id', status: 200, json: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    {
      ask: '/stages',
      headers: { Range: '1-0' },
      status: 416,
      json: error(
        'PGRST103',
        'Requested range not satisfiable',
        'The lower boundary must be lower than or equal to the upper boundary in the Range header.',
      ),
    },
    {
      ask: '/stages?limit=-1',
      status: 416,
      json: error('PGRST103', 'Requested range not satisfiable', 'Limit should be greater than or equal to zero.'),
    },
  ],
})

manualPage(
  'db-max-rows',
  {
    'cuts what is read, on every level': [
      { ask: '/stages', status: 200, answers: { 'Content-Range': '0-0/*' } },
      { ask: '/stages?select=acts(id)&id=eq.2', status: 200, json: [{ acts: [{ id: 2 }] }] },
      { ask: '/rpc/names', status: 200, json: ['Main'] },
      {
        ask: '/stages?limit=2',
        headers: { Prefer: 'count=exact' },
        status: 206,
        answers: { 'Content-Range': '0-0/3' },
      },
    ],
    'and not what is written': [
      {
        ask: 'PATCH /stages?id=eq.2&select=acts(id)&acts.order=id',
        headers: { Prefer: 'return=representation' },
        body: { name: 'x' },
        status: 200,
        json: [{ acts: [{ id: 2 }, { id: 3 }] }],
      },
      {
        ask: 'DELETE /notes?id=in.(1,2)&select=id&order=id',
        headers: { Prefer: 'return=representation' },
        status: 200,
        json: [{ id: 1 }, { id: 2 }],
      },
    ],
  },
  { dbMaxRows: 1 },
)
