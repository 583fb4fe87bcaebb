import { fail, manual, type Point, pass } from '../point.js'

export const monitoring: Point = {
  title: 'The server tells how it is: health, metrics and errors',
  judge({ audit: { server } }) {
    if (server === null) {
      return manual(
        'Give the configuration of the server with --config postgrest.conf: its admin server and log are judged.',
      )
    }
    const { adminAddress, logLevel, file } = server
    if (adminAddress === null)
      return fail(`${file} has no admin-server-port, so nothing answers /live, /ready and /metrics.`)
    if (logLevel === 'crit') return fail('log-level = crit leaves out errors of the server and the database.')
    return pass(
      `The admin server is at ${adminAddress.place}, and log-level is ${logLevel}. Whether somebody is woken, only you can say.`,
    )
  },
}
