import { type Case, error, manualPage } from './page.js'

/** What cannot be parsed, and what PostgREST's parser says of it. */
function refused(ask: string, message: string, details: string): Case {
  return { ask, status: 400, json: error('PGRST100', `"failed to parse ${message}`, details) }
}

manualPage('URL Grammar', {
  'what stands where is told': [
    refused('/acts?id=eqx.1', 'filter (eqx.1)" (line 1, column 3)', 'unexpected "x" expecting operator (eq, gt, ...)'),
    refused('/acts?id=1', 'filter (1)" (line 1, column 1)', 'unexpected "1" expecting "not" or operator (eq, gt, ...)'),
    refused(
      '/acts?id=neq(any).1',
      'filter (neq(any).1)" (line 1, column 4)',
      'unexpected "(" expecting operator (eq, gt, ...)',
    ),
    refused('/acts?id=in.1,2', 'filter (in.1,2)" (line 1, column 4)', 'unexpected "1" expecting "("'),
    refused(
      '/acts?order=id.up',
      'order (id.up)" (line 1, column 4)',
      'unexpected "u" expecting "asc", "desc", "nullsfirst" or "nullslast"',
    ),
    refused(
      '/acts?or=()',
      'logic tree (())" (line 1, column 4)',
      'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)',
    ),
    refused(
      '/acts?select=id,stages(name[])',
      'select parameter (id,stages(name[]))" (line 1, column 15)',
      'unexpected \'[\' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input',
    ),
    refused(
      'POST /acts?columns=id,',
      'columns parameter (id,)" (line 1, column 4)',
      'unexpected end of input expecting field name (* or [a..z0..9_$])',
    ),
  ],
  'what is doubled': [
    { ask: '/acts?select=id&select=nope&id=eq.1', status: 200, json: [{ id: 1 }] },
    { ask: '/acts?select=id&order=id.desc&order=id&limit=1', status: 200, json: [{ id: 4 }] },
    { ask: '/acts?select=id&order=id&limit=1&limit=2', status: 200, json: [{ id: 1 }, { id: 2 }] },
    { ask: '/acts?select=id&id=gt.1&id=lt.3', status: 200, json: [{ id: 2 }] },
  ],
  'what follows a name': [
    { ask: '/acts?select=id&id::text=eq.1', status: 200, json: [{ id: 1 }] },
    {
      ask: 'POST /acts?columns=id;name',
      body: { id: 1 },
      status: 400,
      answers: { 'Proxy-Status': 'PostgREST; error=23502' },
    },
    { ask: '/acts?select=id&order=id.desc%20,name', status: 400 },
    { ask: '/acts?select=id&order=id%20,%20name', status: 200 },
  ],
  'limits that are no numbers': [
    {
      ask: '/acts?select=id&limit=abc&offset=x&order=id',
      status: 200,
      json: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }],
    },
    { ask: '/acts?select=id&limit=%202&order=id', status: 200, json: [{ id: 1 }, { id: 2 }] },
    { ask: '/acts?select=id&limit=2.5', status: 400 },
  ],
  'quoted and reserved': [
    { ask: '/acts?select=id&name=in.("The Loud","Quiet Sisters")&order=id', status: 200, json: [{ id: 1 }, { id: 3 }] },
    { ask: '/acts?select=id&id=in.(%20%20)', status: 200, json: [] },
    { ask: '/acts?select="al:ias":id&id=eq.1', status: 200, json: [{ 'al:ias': 1 }] },
    { ask: '/acts?select=id:name,name:id&id=eq.1', status: 200, json: [{ id: 'The Loud', name: 1 }] },
  ],
  paths: [
    { ask: '/acts/1', status: 404, json: error('PGRST125', 'Invalid path specified in request URL') },
    { ask: '/rpc', status: 404, answers: { 'Proxy-Status': 'PostgREST; error=PGRST205' } },
    { ask: 'POST /', body: {}, status: 405, json: error('PGRST117', 'Unsupported HTTP method: POST') },
  ],
})
