import { error, manualPage } from './page.js'

const prefer = (text: string) => ({ Prefer: text })

manualPage('Prefer', {
  'what is applied is told, in an order of its own': [
    {
      ask: 'POST /stages',
      headers: prefer(
        'handling=strict, timezone=UTC, tx=rollback, count=exact, return=minimal, missing=default, resolution=merge-duplicates',
      ),
      body: { id: 7, name: 'x' },
      status: 201,
      answers: {
        'Preference-Applied':
          'resolution=merge-duplicates, missing=default, return=minimal, count=exact, tx=rollback, handling=strict, timezone=UTC',
        'Content-Range': '*/1',
      },
    },
    {
      ask: '/stages',
      headers: prefer('return=minimal, missing=default, max-affected=1'),
      status: 200,
      answers: { 'Preference-Applied': null },
    },
    {
      ask: '/stages',
      headers: prefer('count=exact, count=planned'),
      status: 200,
      answers: { 'Preference-Applied': 'count=exact' },
    },
    {
      ask: 'PUT /stages?id=eq.1',
      headers: prefer('return=minimal, resolution=merge-duplicates'),
      body: { id: 1, name: 'x' },
      status: 204,
      answers: { 'Preference-Applied': 'return=minimal' },
    },
    {
      ask: '/rpc/names',
      headers: prefer('return=representation, count=exact'),
      status: 200,
      answers: { 'Preference-Applied': 'count=exact' },
    },
  ],
  handling: [
    {
      ask: '/stages',
      headers: prefer('handling=strict, something, else'),
      status: 400,
      json: error('PGRST122', 'Invalid preferences given with handling=strict', 'Invalid preferences: something, else'),
    },
    {
      ask: '/stages',
      headers: prefer('handling=lenient, something'),
      status: 200,
      answers: { 'Preference-Applied': 'handling=lenient' },
    },
    { ask: '/stages', headers: prefer('something'), status: 200, answers: { 'Preference-Applied': null } },
  ],
  timezone: [
    {
      ask: '/notes?select=written&id=eq.1',
      headers: prefer('timezone=America/Lima'),
      status: 200,
      json: [{ written: '2030-01-01T07:00:00-05:00' }],
    },
    {
      ask: '/notes',
      headers: prefer('timezone=Nowhere/Land'),
      status: 400,
      json: error('22023', 'invalid value for parameter "TimeZone": "Nowhere/Land"'),
    },
  ],
  'max-affected': [
    {
      ask: 'DELETE /notes?id=gt.1',
      headers: prefer('handling=strict, max-affected=1'),
      status: 400,
      json: error('PGRST124', 'Query result exceeds max-affected preference constraint', 'The query affects 2 rows'),
    },
    {
      ask: 'DELETE /notes?id=gt.1',
      headers: prefer('handling=strict, max-affected=2'),
      status: 204,
      answers: { 'Preference-Applied': 'handling=strict, max-affected=2' },
    },
    {
      ask: 'PATCH /notes?id=gt.1',
      headers: prefer('max-affected=1'),
      body: { title: 'x' },
      status: 204,
      answers: { 'Preference-Applied': null },
    },
  ],
})

manualPage('Schemas', {
  'profiles of reading': [
    {
      ask: '/stages',
      headers: { 'Accept-Profile': 'archive' },
      status: 200,
      answers: { 'Content-Profile': 'archive' },
      json: [{ id: 9, name: 'Old oak' }],
    },
    {
      ask: '/stages?id=eq.1',
      headers: { 'Content-Profile': 'archive' },
      status: 200,
      answers: { 'Content-Profile': 'fest' },
    },
    {
      ask: '/stages',
      headers: { 'Accept-Profile': 'hidden' },
      status: 406,
      json: error('PGRST106', 'Invalid schema: hidden', null, 'Only the following schemas are exposed: fest, archive'),
    },
    {
      ask: 'OPTIONS /acts',
      headers: { 'Accept-Profile': 'archive' },
      status: 404,
      answers: { 'Proxy-Status': 'PostgREST; error=PGRST205' },
    },
  ],
  'profiles of writing': [
    {
      ask: 'POST /stages',
      headers: { 'Content-Profile': 'fest', Prefer: 'return=representation' },
      body: { id: 7, name: 'x' },
      status: 201,
      answers: { 'Content-Profile': 'fest' },
    },
    {
      ask: 'POST /stages',
      headers: { 'Content-Profile': 'fest' },
      body: { id: 7, name: 'x' },
      status: 201,
      answers: { 'Content-Profile': null },
    },
    {
      ask: 'POST /stages',
      headers: { 'Content-Profile': 'hidden' },
      body: {},
      status: 406,
      answers: { 'Proxy-Status': 'PostgREST; error=PGRST106' },
    },
    {
      ask: 'POST /rpc/names',
      headers: { 'Content-Profile': 'archive' },
      body: {},
      status: 404,
      answers: { 'Proxy-Status': 'PostgREST; error=PGRST202' },
    },
  ],
})
