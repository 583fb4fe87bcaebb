import { error, manualPage } from './page.js'

const full = { Prefer: 'return=representation' }
const headersOnly = { Prefer: 'return=headers-only' }

manualPage('What the manual does not say', {
  bodies: [
    {
      ask: 'POST /people',
      as: 'crew',
      headers: { 'Content-Type': 'application/vnd.pgrst.array+json' },
      body: '[{"id": 8, "name": "x"}]',
      status: 403,
    },
    {
      ask: 'POST /notes?select=title',
      headers: { ...full, 'Content-Type': 'application/vnd.pgrst.array+json; charset=utf-8' },
      body: '[{"title": "x"}]',
      status: 201,
      json: [{ title: 'x' }],
    },
    {
      ask: 'POST /notes',
      headers: { 'Content-Type': 'application/vnd.pgrst.object; x=1' },
      body: '{"title": "x"}',
      status: 400,
      json: error('PGRST102', 'Content-Type not acceptable: application/vnd.pgrst.object+json'),
    },
    {
      ask: 'POST /notes',
      headers: { 'Content-Type': 'application/vnd.pgrst.array+json;nulls=stripped' },
      body: '[{"title": "x"}]',
      status: 400,
      json: error('PGRST102', 'Content-Type not acceptable: application/vnd.pgrst.array+json;nulls=stripped'),
    },
    {
      ask: 'POST /rpc/whole',
      headers: { 'Content-Type': 'application/json' },
      body: '',
      status: 400,
      json: error('22P02', 'invalid input syntax for type json', 'The input string ended unexpectedly.'),
    },
    { ask: 'POST /rpc/nothing', headers: { 'Content-Type': 'application/json' }, body: '', status: 204 },
  ],
  'what PostgreSQL calls the rows in its messages': [
    { ask: '/stages?select=id,acts(x)', status: 400, json: error('42703', 'column acts_1.x does not exist') },
    { ask: '/acts?select=id,people(x)', status: 400, json: error('42703', 'column people.x does not exist') },
    {
      ask: '/stages?select=id,acts(id,people(id),managers(x))',
      status: 400,
      json: error('42703', 'column managers_2.x does not exist'),
    },
    {
      ask: '/acts?select=id,on:stages(id)&order=on(x)',
      status: 400,
      json: error('42703', 'column stages_1.x does not exist'),
    },
    { ask: '/rpc/acts_on?stage=2&x=eq.1', status: 400, json: error('42703', 'column acts.x does not exist') },
    { ask: '/rpc/acts_on?stage=2&select=x', status: 400, json: error('42703', 'column pgrst_call.x does not exist') },
  ],
  'HEAD fails where GET does': [
    { ask: 'HEAD /acts?select=name::integer', status: 400 },
    { ask: 'HEAD /acts?select=id::integer', status: 200 },
  ],
  'addresses of rows': [
    {
      ask: '/acts?id=gt.1&select=id&id=lt.3',
      status: 200,
      answers: { 'Content-Location': '/acts?id=gt.1,lt.3&select=id' },
    },
    {
      ask: 'POST /tickets',
      headers: headersOnly,
      body: { seat: 4, block: 'B' },
      status: 201,
      answers: { Location: '/tickets?seat=eq.4&block=eq.B' },
    },
    {
      ask: 'POST /tickets?select=seat',
      headers: headersOnly,
      body: { seat: 4, block: 'B' },
      status: 201,
      answers: { Location: '/tickets?block=eq.B&seat=eq.4' },
    },
  ],
  'what is embedded in written rows has no limit': [
    {
      ask: 'PATCH /stages?id=eq.2&select=id,acts(id)&acts.limit=1&acts.order=id.desc',
      headers: full,
      body: { open: true },
      status: 200,
      json: [{ id: 2, acts: [{ id: 3 }, { id: 2 }] }],
    },
  ],
  'functions that return no set have one row': [
    {
      ask: '/rpc/one_stage?id=1&name=eq.Tent',
      headers: { Prefer: 'count=exact' },
      status: 200,
      answers: { 'Content-Range': '0-0/1' },
      text: 'null',
    },
    {
      ask: '/rpc/one_stage?id=1&name=eq.Tent',
      headers: { Accept: 'application/vnd.pgrst.object+json' },
      status: 200,
      text: 'null',
    },
    { ask: '/rpc/add?a=1&limit=0', status: 200, answers: { 'Content-Range': '0-0/*' }, text: 'null' },
  ],
  'preferences that are refused': [
    {
      ask: '/acts?select=id',
      headers: { Prefer: 'handling=strict, nonsense' },
      status: 400,
      json: error('PGRST122', 'Invalid preferences given with handling=strict', 'Invalid preferences: nonsense'),
    },
    { ask: '/actz', headers: { Prefer: 'handling=strict, nonsense' }, status: 404 },
    {
      // stricter than PostgREST: a guard that cannot be read is refused
      ask: '/acts?select=id',
      headers: { Prefer: 'handling=strict, max-affected=many' },
      status: 400,
    },
    {
      ask: 'DELETE /notes?id=lt.0',
      headers: { Prefer: 'handling=strict, max-affected=-1' },
      status: 400,
      json: error('PGRST124', 'Query result exceeds max-affected preference constraint', 'The query affects 0 rows'),
    },
  ],
  'names that are not there': [
    {
      ask: '/flags?select=*,acts(*)',
      status: 400,
      json: error(
        'PGRST200',
        "Could not find a relationship between 'flags' and 'acts' in the schema cache",
        "Searched for a foreign key relationship between 'flags' and 'acts' in the schema 'fest', but no matches were found.",
        "Perhaps you meant 'stages' instead of 'flags'.",
      ),
    },
    {
      ask: '/shift?select=*,acts(*)',
      status: 400,
      json: error(
        'PGRST200',
        "Could not find a relationship between 'shift' and 'acts' in the schema cache",
        "Searched for a foreign key relationship between 'shift' and 'acts' in the schema 'fest', but no matches were found.",
        "Perhaps you meant 'shifts' instead of 'shift'.",
      ),
    },
    {
      ask: '/rpc/',
      status: 404,
      json: error(
        'PGRST202',
        'Could not find the function fest. without parameters in the schema cache',
        'Searched for the function fest. without parameters, but no matches were found in the schema cache.',
      ),
    },
    { ask: 'OPTIONS /acts?select=(', status: 400 },
    { ask: 'OPTIONS /acts?select=id', status: 200 },
  ],
})
