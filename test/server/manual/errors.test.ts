import { error, manualPage } from './page.js'

manualPage('Errors', {
  'from PostgreSQL': [
    {
      ask: 'POST /stages',
      body: { id: 1, name: 'x' },
      status: 409,
      json: error(
        '23505',
        'duplicate key value violates unique constraint "stages_pkey"',
        'Key (id)=(1) already exists.',
      ),
    },
    { ask: '/acts?id=eq.x', status: 400, json: error('22P02', 'invalid input syntax for type integer: "x"') },
    {
      ask: '/rpc/note_it?title=x',
      status: 405,
      json: error('25006', 'cannot execute INSERT in a read-only transaction'),
    },
    {
      ask: '/managers',
      status: 401,
      answers: { 'WWW-Authenticate': 'Bearer', 'Proxy-Status': 'PostgREST; error=42501' },
      json: error('42501', 'permission denied for table managers'),
    },
    { ask: '/people?id=eq.1&select=id::nope', status: 400, json: error('42704', 'type "nope" does not exist') },
    { ask: 'POST /people', as: 'crew', body: { id: 9, name: 'x' }, status: 403, answers: { 'WWW-Authenticate': null } },
  ],
  'raised by functions': [
    {
      ask: '/rpc/fail?code=PT402',
      status: 402,
      statusText: 'as asked',
      json: error('PT402', 'as asked', 'in detail', 'try again'),
    },
    { ask: '/rpc/fail?code=PT4xx', status: 400, json: error('42704', 'unrecognized exception condition "PT4xx"') },
    { ask: '/rpc/fail?code=P0001', status: 400 },
    { ask: '/rpc/fail?code=P0002', status: 500 },
    { ask: '/rpc/fail?code=23503', status: 409 },
    { ask: '/rpc/fail?code=53400', status: 500 },
    { ask: '/rpc/fail?code=57P01', status: 503 },
    {
      ask: '/rpc/refuse',
      status: 423,
      answers: { 'X-Until': 'noon' },
      json: error('F1', 'Closed', 'until noon', 'wait'),
    },
    {
      ask: '/rpc/bad_status?status=abc',
      status: 500,
      json: error('PGRST112', 'response.status guc must be a valid status code'),
    },
    {
      ask: '/rpc/bad_headers?headers=[]x',
      status: 500,
      json: error(
        'PGRST111',
        'response.headers guc must be a JSON array composed of objects with a single key and a string value',
      ),
    },
  ],
  tokens: [
    {
      ask: '/stages',
      headers: { Authorization: 'Bearer ' },
      status: 401,
      answers: {
        'WWW-Authenticate':
          'Bearer error="invalid_token", error_description="Empty JWT is sent in Authorization header"',
      },
      json: error('PGRST301', 'Empty JWT is sent in Authorization header'),
    },
    {
      ask: '/stages',
      headers: { Authorization: 'Bearer a.b' },
      status: 401,
      json: error('PGRST301', 'Expected 3 parts in JWT; got 2'),
    },
    { ask: '/stages', headers: { Authorization: 'Basic abc' }, status: 200 },
    { ask: '/stages', as: 'nobody', status: 401, json: error('22023', 'role "nobody" does not exist') },
  ],
})

manualPage(
  'Errors, minimal',
  {
    'have no details and no hint': [
      {
        ask: '/stagez',
        status: 404,
        json: { code: 'PGRST205', message: "Could not find the table 'fest.stagez' in the schema cache" },
      },
    ],
  },
  { clientErrorVerbosity: 'minimal' },
)
