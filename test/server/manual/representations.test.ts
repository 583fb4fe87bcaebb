import { error, manualPage } from './page.js'

const accept = (type: string) => ({ Accept: type })
const none = (types: string) => error('PGRST107', `None of these media types are available: ${types}`)

manualPage('Resource Representation and Media Type Handlers', {
  'types that nothing makes are told as they were sent, ours in their own form': [
    { ask: '/stages', headers: accept('foo'), status: 406, json: none('foo') },
    { ask: '/stages', headers: accept('application/unknown;a=b'), status: 406, json: none('application/unknown;a=b') },
    { ask: '/stages', headers: accept('text/xml;a=b, image/png'), status: 406, json: none('text/xml, image/png') },
    {
      ask: '/stages',
      headers: accept('application/vnd.pgrst.plan'),
      status: 406,
      json: none('application/vnd.pgrst.plan+text; for="application/json"'),
    },
    {
      ask: 'POST /stages',
      headers: accept('image/png'),
      body: { id: 7, name: 'x' },
      status: 406,
      json: none('image/png'),
    },
  ],
  'singular and stripped': [
    {
      ask: '/stages?id=eq.3',
      headers: accept('application/vnd.pgrst.object;nulls=stripped'),
      status: 200,
      answers: { 'Content-Type': 'application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8' },
      text: '{"id":3,"name":"Barn"}',
    },
    {
      ask: '/stages?id=eq.3',
      headers: accept('application/vnd.pgrst.array+json;nulls=stripped'),
      status: 200,
      answers: { 'Content-Type': 'application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8' },
      text: '[{"id":3,"name":"Barn"}]',
    },
    {
      ask: '/stages?id=eq.3&select=open',
      headers: accept('application/vnd.pgrst.array+json'),
      status: 200,
      answers: { 'Content-Type': 'application/json; charset=utf-8' },
      json: [{ open: null }],
    },
    {
      ask: 'DELETE /notes?id=in.(1,2)',
      headers: accept('application/vnd.pgrst.object+json'),
      status: 406,
      json: error('PGRST116', 'Cannot coerce the result to a single JSON object', 'The result contains 2 rows'),
    },
    {
      ask: 'PUT /stages?id=eq.7',
      headers: { ...accept('application/vnd.pgrst.object+json'), Prefer: 'return=representation' },
      body: { id: 7, name: 'x' },
      status: 201,
      json: { id: 7, name: 'x', capacity: null, open: null },
    },
  ],
  'handlers of a table are for its whole rows': [
    { ask: '/stages', headers: accept('text/plain'), status: 200, text: 'Main\nTent\nBarn\n' },
    { ask: '/stages?select=*', headers: accept('text/plain'), status: 200 },
    { ask: '/stages?select=name', headers: accept('text/plain'), status: 406, json: none('text/plain') },
    { ask: '/rpc/one_stage?id=1', headers: accept('text/plain'), status: 200, text: 'Main\n' },
  ],
  'handlers of anything, and functions': [
    { ask: '/acts?select=name', headers: accept('application/vnd.count'), status: 200, text: '4' },
    { ask: '/rpc/dot', headers: accept('image/dot'), status: 200, answers: { 'Content-Type': 'image/dot' } },
    {
      ask: 'HEAD /rpc/dot',
      headers: accept('image/dot'),
      status: 200,
      answers: { 'Content-Type': 'image/dot' },
      text: '',
    },
    { ask: '/rpc/dot', headers: accept('image/*'), status: 406, json: none('image/*') },
    { ask: '/rpc/dot', status: 200, json: '\\x00ff0a' },
  ],
})

manualPage('Domain Representations', {
  reading: [
    {
      ask: '/flags?select=*&order=id',
      status: 200,
      json: [
        { id: 1, colour: '#0000FF' },
        { id: 2, colour: '#FF0000' },
      ],
    },
    { ask: '/flags?select=c:colour&id=eq.1', status: 200, json: [{ c: '#0000FF' }] },
    { ask: '/flags?select=colour::text&id=eq.1', status: 200, json: [{ colour: '"#0000FF"' }] },
  ],
  filtering: [
    { ask: '/flags?select=id&colour=eq.%230000FF', status: 200, json: [{ id: 1 }] },
    { ask: '/flags?select=id&colour=in.(%230000FF,%23FF0000)&order=id', status: 200, json: [{ id: 1 }, { id: 2 }] },
    { ask: '/flags?select=id&or=(colour.eq.%230000FF,id.eq.9)', status: 200, json: [{ id: 1 }] },
  ],
  writing: [
    {
      ask: 'POST /flags',
      headers: { Prefer: 'return=representation' },
      body: { id: 3, colour: '#00FF00' },
      status: 201,
      json: [{ id: 3, colour: '#00FF00' }],
    },
    {
      ask: 'PATCH /flags?id=eq.1&select=colour',
      headers: { Prefer: 'return=representation' },
      body: { colour: '#000001' },
      status: 200,
      json: [{ colour: '#000001' }],
    },
  ],
})
