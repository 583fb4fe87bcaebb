// What is measured: requests in turn, each with a number of its own, and the SQL that a program would send for the same
// by itself.
const json = { 'Content-Type': 'application/json' }
const many = JSON.stringify(Array.from({ length: 20 }, (_, n) => ({ customer_id: 1 + n, total: 9.99 })))

const albumTracks = `SELECT coalesce(json_agg(t), '[]')::text FROM (
  SELECT a.album_id, a.title, to_json(r) AS artist, coalesce(k.tracks, '[]') AS track
  FROM api.album a
  LEFT JOIN LATERAL (SELECT r.artist_id, r.name FROM api.artist r WHERE r.artist_id = a.artist_id) r ON true
  LEFT JOIN LATERAL (SELECT json_agg(x) AS tracks FROM (
    SELECT t.track_id, t.name, to_json(g) AS genre FROM api.track t
    LEFT JOIN LATERAL (SELECT g.name FROM api.genre g WHERE g.genre_id = t.genre_id) g ON true
    WHERE t.album_id = a.album_id) x) k ON true`

const albumSelect = 'select=album_id,title,artist(artist_id,name),track(track_id,name,genre(name))'

export const workloads = [
  {
    name: 'one row by key',
    path: (n) => `/artist?artist_id=eq.${1 + (n % 275)}`,
    sql: {
      text: `SELECT coalesce(json_agg(t), '[]')::text FROM (SELECT * FROM api.artist WHERE artist_id = $1) t`,
      values: (n) => [1 + (n % 275)],
    },
  },
  {
    name: 'one row by key, with JWT',
    path: (n) => `/artist?artist_id=eq.${1 + (n % 275)}`,
    token: true,
    sql: {
      text: `SELECT coalesce(json_agg(t), '[]')::text FROM (SELECT * FROM api.artist WHERE artist_id = $1) t`,
      values: (n) => [1 + (n % 275)],
    },
  },
  {
    name: 'two-level embed of one',
    path: (n) => `/album?album_id=eq.${1 + (n % 347)}&${albumSelect}`,
    sql: { text: `${albumTracks} WHERE a.album_id = $1) t`, values: (n) => [1 + (n % 347)] },
  },
  {
    name: 'two-level embed of all',
    path: () => `/album?${albumSelect}`,
    sql: { text: `${albumTracks}) t`, values: () => [] },
  },
  {
    name: 'filtered page',
    path: (n) =>
      `/track?select=track_id,name,composer&genre_id=eq.${1 + (n % 25)}&milliseconds=gt.250000&order=name&limit=20&offset=20`,
    sql: {
      text: `SELECT coalesce(json_agg(t), '[]')::text FROM (SELECT track_id, name, composer FROM api.track
        WHERE genre_id = $1 AND milliseconds > $2 ORDER BY name LIMIT 20 OFFSET 20) t`,
      values: (n) => [1 + (n % 25), 250000],
    },
  },
  {
    name: 'insert one',
    method: 'POST',
    path: () => '/invoice',
    headers: json,
    body: (n) => `{"customer_id":${1 + (n % 59)},"total":4.5}`,
    sql: { text: 'INSERT INTO api.invoice (customer_id, total) VALUES ($1, $2)', values: (n) => [1 + (n % 59), 4.5] },
  },
  {
    name: 'insert twenty',
    method: 'POST',
    path: () => '/invoice',
    headers: json,
    body: () => many,
    sql: {
      text: `INSERT INTO api.invoice (customer_id, total)
        SELECT customer_id, total FROM json_to_recordset($1) AS _(customer_id integer, total numeric)`,
      values: () => [many],
    },
  },
  {
    name: 'patch one',
    method: 'PATCH',
    path: (n) => `/customer?customer_id=eq.${1 + (n % 59)}`,
    headers: json,
    body: (n) => `{"country":"Country ${n % 24}"}`,
    sql: {
      text: 'UPDATE api.customer SET country = $1 WHERE customer_id = $2',
      values: (n) => [`Country ${n % 24}`, 1 + (n % 59)],
    },
  },
  {
    name: 'scalar function',
    path: (n) => `/rpc/add?a=2&b=${n}`,
    sql: { text: 'SELECT api.add($1, $2)::text', values: (n) => [2, n] },
  },
  {
    name: 'function with embed',
    path: (n) => `/rpc/albums_of?artist=${1 + (n % 275)}&select=album_id,title,track(name)`,
    sql: {
      text: `SELECT coalesce(json_agg(t), '[]')::text FROM (
        SELECT a.album_id, a.title, coalesce(k.tracks, '[]') AS track FROM api.albums_of($1) a
        LEFT JOIN LATERAL (SELECT json_agg(x) AS tracks FROM (
          SELECT t.name FROM api.track t WHERE t.album_id = a.album_id) x) k ON true) t`,
      values: (n) => [1 + (n % 275)],
    },
  },
]
