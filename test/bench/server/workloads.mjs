// What is asked of the server, and the statement that does the same work sent straight to PostgreSQL.
// `vary` gives the n-th request another literal, so that nothing answers from a cache of results.

const json = ['Content-Type: application/json']
const key = (n, size) => 1 + ((n * 7919) % size)
const body = (n) => `SELECT coalesce(json_agg(t), '[]')::text AS body FROM (${n}) t`

const albumOfOne = body(`
  SELECT a.album_id, a.title, row_to_json(r) AS artist, coalesce(s.list, '[]') AS track
  FROM store.album a
  LEFT JOIN LATERAL (SELECT artist_id, name FROM store.artist WHERE artist_id = a.artist_id) r ON true
  LEFT JOIN LATERAL (
    SELECT json_agg(u) AS list FROM (
      SELECT x.track_id, x.name, row_to_json(g) AS genre FROM store.track x
      LEFT JOIN LATERAL (SELECT name FROM store.genre WHERE genre_id = x.genre_id) g ON true
      WHERE x.album_id = a.album_id) u) s ON true
  WHERE a.album_id = $1`)

const albumsAll = body(`
  SELECT a.album_id, a.title, json_build_object('artist_id', r.artist_id, 'name', r.name) AS artist, s.list AS track
  FROM store.album a
  LEFT JOIN store.artist r USING (artist_id)
  LEFT JOIN (
    SELECT x.album_id, json_agg(json_build_object('track_id', x.track_id, 'name', x.name, 'genre', json_build_object('name', g.name))) AS list
    FROM store.track x LEFT JOIN store.genre g USING (genre_id) GROUP BY x.album_id) s USING (album_id)
  WHERE a.album_id > $1`)

const embed = 'select=album_id,title,artist(artist_id,name),track(track_id,name,genre(name))'

export const workloads = [
  {
    name: 'one row by key',
    request: (n) => ({ method: 'GET', target: `/artist?artist_id=eq.${key(n, 275)}` }),
    sql: { text: body('SELECT * FROM store.artist WHERE artist_id = $1'), values: (n) => [key(n, 275)] },
  },
  {
    name: 'one row by key, with a JWT',
    token: true,
    request: (n) => ({ method: 'GET', target: `/artist?artist_id=eq.${key(n, 275)}` }),
    sql: { text: body('SELECT * FROM store.artist WHERE artist_id = $1'), values: (n) => [key(n, 275)] },
  },
  {
    name: 'two-level embed of one parent',
    request: (n) => ({ method: 'GET', target: `/album?${embed}&album_id=eq.${key(n, 347)}` }),
    sql: { text: albumOfOne, values: (n) => [key(n, 347)] },
  },
  {
    name: 'two-level embed of all 347',
    request: () => ({ method: 'GET', target: `/album?${embed}&album_id=gt.0` }),
    sql: { text: albumsAll, values: () => [0] },
  },
  {
    name: 'filtered page of 50',
    request: (n) => ({
      method: 'GET',
      target: `/track?select=track_id,name,milliseconds&genre_id=eq.${key(n, 25)}&milliseconds=gt.100000&order=name&limit=50`,
    }),
    sql: {
      text: body(
        'SELECT track_id, name, milliseconds FROM store.track WHERE genre_id = $1 AND milliseconds > 100000 ORDER BY name LIMIT 50',
      ),
      values: (n) => [key(n, 25)],
    },
  },
  {
    name: 'insert one',
    request: (n) => ({
      method: 'POST',
      target: '/note',
      headers: json,
      body: JSON.stringify({ customer_id: key(n, 59), body: `note ${n}` }),
    }),
    sql: {
      text: 'INSERT INTO store.note (customer_id, body) VALUES ($1, $2)',
      values: (n) => [key(n, 59), `note ${n}`],
    },
  },
  {
    name: 'insert twenty',
    request: (n) => ({ method: 'POST', target: '/note', headers: json, body: JSON.stringify(twenty(n)) }),
    sql: {
      text: 'INSERT INTO store.note (customer_id, body) SELECT customer_id, body FROM json_to_recordset($1) AS _(customer_id int, body text)',
      values: (n) => [JSON.stringify(twenty(n))],
    },
  },
  {
    name: 'patch one',
    request: (n) => ({
      method: 'PATCH',
      target: `/note?note_id=eq.${key(n, 1000)}`,
      headers: json,
      body: JSON.stringify({ body: `changed ${n}` }),
    }),
    sql: { text: 'UPDATE store.note SET body = $2 WHERE note_id = $1', values: (n) => [key(n, 1000), `changed ${n}`] },
  },
  {
    name: 'scalar function',
    request: (n) => ({ method: 'POST', target: '/rpc/add_them', headers: json, body: JSON.stringify({ a: n, b: 1 }) }),
    sql: { text: 'SELECT store.add_them($1, 1)::text AS body', values: (n) => [n] },
  },
  {
    name: 'function with embed',
    request: (n) => ({ method: 'GET', target: `/rpc/albums_of?artist=${key(n, 275)}&select=title,artist(name)` }),
    sql: {
      text: body(`SELECT f.title, row_to_json(r) AS artist FROM store.albums_of($1) f
        LEFT JOIN LATERAL (SELECT name FROM store.artist WHERE artist_id = f.artist_id) r ON true`),
      values: (n) => [key(n, 275)],
    },
  },
]

function twenty(n) {
  return Array.from({ length: 20 }, (_, i) => ({ customer_id: key(n + i, 59), body: `note ${n} ${i}` }))
}
