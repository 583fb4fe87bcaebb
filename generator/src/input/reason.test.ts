import { expect, test } from 'vitest'
import { reasonOf } from './reason.js'

/** What PostgreSQL and the driver say, which differs too little between versions to start one for each. */
test.each([
  [
    {
      code: '28000',
      message: 'no pg_hba.conf entry for host "10.0.0.1", user "me", database "shop", no encryption',
    },
    /no encryption\. With TLS: add sslmode=require/,
  ],
  [{ code: '28000', message: 'role "anon" is not permitted to log in' }, /^role "anon" is not permitted to log in$/],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed certificate' }, /sslrootcert=FILE/],
  [{ code: '57014', message: 'canceling statement due to statement timeout' }, /statement_timeout/],
  [{ message: 'Connection terminated unexpectedly' }, /Is it PostgreSQL\?$/],
  [{ errors: [{ code: 'ECONNREFUSED' }] }, /nothing listens there/],
  [
    { code: '57P01', message: 'terminating connection due to $& command' },
    /^terminating connection due to \$& command$/,
  ],
])('%o is told with what to do', (error, reason) => {
  expect(reasonOf(error)).toMatch(reason)
})
