import { error, manualPage } from './page.js'

manualPage('OPTIONS method', {
  relations: [
    {
      ask: 'OPTIONS /stages',
      status: 200,
      answers: { Allow: 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE', 'Access-Control-Allow-Origin': '*' },
      text: '',
    },
    { ask: 'OPTIONS /big_acts', status: 200, answers: { Allow: 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE' } },
    {
      ask: 'OPTIONS /stagez',
      status: 404,
      json: error(
        'PGRST205',
        "Could not find the table 'fest.stagez' in the schema cache",
        null,
        "Perhaps you meant the table 'fest.stages'",
      ),
    },
  ],
  functions: [
    { ask: 'OPTIONS /rpc/names', status: 200, answers: { Allow: 'OPTIONS,GET,HEAD,POST' } },
    { ask: 'OPTIONS /rpc/drop_drafts', status: 200, answers: { Allow: 'OPTIONS,POST' } },
    // more than PostgREST answers: a function with arguments has methods as well
    { ask: 'OPTIONS /rpc/add', status: 200, answers: { Allow: 'OPTIONS,GET,HEAD,POST' } },
    {
      ask: 'OPTIONS /rpc/unheard_of',
      status: 404,
      json: error(
        'PGRST202',
        'Could not find the function fest.unheard_of without parameters in the schema cache',
        'Searched for the function fest.unheard_of without parameters, but no matches were found in the schema cache.',
      ),
    },
  ],
  'the root': [{ ask: 'OPTIONS /', status: 200, answers: { Allow: 'OPTIONS,GET,HEAD' } }],
})

manualPage(
  'Server-Timing and the trace header',
  {
    'every stage is told': [
      {
        ask: 'OPTIONS /stages',
        status: 200,
        answers: { 'Server-Timing': /jwt;.*parse;.*plan;.*transaction;.*response;/ },
      },
      { ask: '/stages', status: 200, answers: { 'Server-Timing': /jwt;.*parse;.*plan;.*transaction;.*response;/ } },
      { ask: '/nothing', status: 404, answers: { 'Server-Timing': null } },
    ],
    'the trace goes back, or is empty': [
      { ask: '/stages', headers: { 'X-Request-Id': 'abc' }, status: 200, answers: { 'X-Request-Id': 'abc' } },
      { ask: '/nothing', headers: { 'X-Request-Id': 'abc' }, status: 404, answers: { 'X-Request-Id': 'abc' } },
      { ask: '/stages', status: 200, answers: { 'X-Request-Id': '' } },
    ],
  },
  { serverTimingEnabled: true, serverTraceHeader: 'x-request-id' },
)
