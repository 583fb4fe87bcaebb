import { error, manualPage } from './page.js'

const counted = (kind: string) => ({ Prefer: `count=${kind}` })

manualPage('Functions', {
  'scalars as other media types': [
    { ask: '/rpc/add?a=1&b=2', headers: { Accept: 'text/csv' }, status: 200, text: 'pgrst_scalar\n3' },
    { ask: '/rpc/names', headers: { Accept: 'text/csv' }, status: 200, text: 'pgrst_scalar\nMain\nTent\nBarn' },
    {
      ask: '/rpc/names?limit=1',
      headers: { Accept: 'application/vnd.pgrst.object+json' },
      status: 200,
      text: '"Main"',
    },
    {
      ask: '/rpc/names',
      headers: { Accept: 'application/vnd.pgrst.object+json' },
      status: 406,
      json: error('PGRST116', 'Cannot coerce the result to a single JSON object', 'The result contains 3 rows'),
    },
    {
      ask: '/rpc/add?a=1',
      headers: { Accept: 'text/xml' },
      status: 406,
      json: error('PGRST107', 'None of these media types are available: text/xml'),
    },
  ],
  'what is selected of scalars': [
    { ask: '/rpc/add?a=1&select=*', status: 200, json: 11 },
    {
      ask: '/rpc/add?a=1&select=x',
      status: 400,
      json: error('42703', 'column add.x does not exist'),
    },
    {
      ask: '/rpc/names?order=x',
      status: 400,
      json: error('42703', 'column names.x does not exist'),
    },
  ],
  'totals are exact or none': [
    {
      ask: '/rpc/acts_on?stage=2&limit=1',
      headers: counted('exact'),
      status: 206,
      answers: { 'Content-Range': '0-0/2' },
    },
    {
      ask: '/rpc/acts_on?stage=2&limit=1',
      headers: counted('estimated'),
      status: 206,
      answers: { 'Content-Range': '0-0/2' },
    },
    {
      ask: '/rpc/acts_on?stage=2&limit=1',
      headers: counted('planned'),
      status: 200,
      answers: { 'Content-Range': '0-0/*' },
    },
    {
      ask: 'HEAD /rpc/acts_on?stage=2',
      headers: counted('exact'),
      status: 200,
      answers: { 'Content-Range': '0-1/2' },
      text: '',
    },
    {
      ask: '/rpc/nothing',
      headers: counted('exact'),
      status: 204,
      answers: { 'Content-Range': '0-0/1', 'Content-Type': null },
    },
    {
      ask: '/rpc/acts_on?stage=2&offset=9',
      headers: counted('exact'),
      status: 416,
      json: error(
        'PGRST103',
        'Requested range not satisfiable',
        'An offset of 9 was requested, but there are only 2 rows.',
      ),
    },
  ],
  'bodies of every type': [
    { ask: 'POST /rpc/add', body: { a: 1, b: 2 }, status: 200, json: 3 },
    { ask: 'POST /rpc/add', body: [{ a: 1 }, { a: 5 }], status: 200, json: 11 },
    { ask: 'POST /rpc/add?columns=a', body: { a: 1, other: 2 }, status: 200, json: 11 },
    { ask: 'POST /rpc/add', headers: { 'Content-Type': 'text/csv' }, body: 'a,b\n1,2', status: 200, json: 3 },
    {
      ask: 'POST /rpc/add',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=1&b=2',
      status: 200,
      json: 3,
    },
    { ask: 'POST /rpc/names', status: 200, json: ['Main', 'Tent', 'Barn'] },
    { ask: 'POST /rpc/whole', body: { any: [1] }, status: 200, json: { any: [1] } },
    // more than PostgREST takes: one unnamed argument has any JSON as it is
    { ask: 'POST /rpc/whole', body: [1, 2], status: 200, json: [1, 2] },
    {
      ask: 'POST /rpc/add',
      headers: { 'Content-Type': 'application/xml; charset=utf-8' },
      body: '<a/>',
      status: 400,
      json: error('PGRST102', 'Content-Type not acceptable: application/xml; charset=utf-8'),
    },
  ],
  'functions that are not there': [
    {
      ask: 'POST /rpc/add',
      body: { a: 1, c: 2 },
      status: 404,
      json: error(
        'PGRST202',
        'Could not find the function fest.add(a, c) in the schema cache',
        'Searched for the function fest.add with parameters a, c or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
        'Perhaps you meant to call the function fest.add(a, b)',
      ),
    },
    {
      ask: 'POST /rpc/add',
      headers: { 'Content-Type': 'text/plain' },
      body: 'x',
      status: 404,
      json: error(
        'PGRST202',
        'Could not find the function fest.add in the schema cache',
        'Searched for the function fest.add with a single unnamed text parameter, but no matches were found in the schema cache.',
      ),
    },
    { ask: 'PATCH /rpc/add', status: 405, json: error('PGRST101', 'Cannot use the PATCH method on RPC') },
  ],
  'max-affected': [
    {
      ask: 'POST /rpc/drop_drafts',
      headers: { Prefer: 'handling=strict, max-affected=1' },
      body: {},
      status: 400,
      json: error('PGRST124', 'Query result exceeds max-affected preference constraint', 'The query affects 2 rows'),
    },
    {
      ask: 'POST /rpc/add',
      headers: { Prefer: 'handling=strict, max-affected=1' },
      body: { a: 1 },
      status: 400,
      json: error(
        'PGRST128',
        'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
      ),
    },
  ],
})
