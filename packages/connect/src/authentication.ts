import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type pg from 'pg'
import { ConnectionRefusedError } from './errors.js'
import type { ConnectionSettings } from './settings.js'

const methodOfEvent = {
  authenticationCleartextPassword: 'password',
  authenticationMD5Password: 'md5',
  authenticationSASL: 'scram-sha-256',
} as const

/**
 * Ends the connection before it answers a server that asks for another way to log in than `require_auth` and
 * `channel_binding` allow, so that such a server gets no password.
 * @returns tells why the server was refused; null: it was not
 */
export function guardAuthentication(
  client: pg.Client,
  settings: ConnectionSettings,
): () => ConnectionRefusedError | null {
  const { connection } = client as unknown as { connection: EventEmitter & { stream: Socket } }
  const { authentication, channelBinding } = settings
  let refusal: ConnectionRefusedError | null = null
  const refuse = (reason: string) => {
    refusal = new ConnectionRefusedError(reason)
    connection.stream.destroy(refusal)
  }
  let asked: string = 'none'
  const check = (method: string, bindsChannel: boolean) => {
    asked = method
    if (!authentication.has(method))
      refuse(`The server asks for the login method ${method}, which require_auth forbids.`)
    else if (channelBinding === 'require' && !bindsChannel)
      refuse('The server does not offer channel binding (SCRAM-SHA-256-PLUS), which channel_binding=require demands.')
  }
  for (const [event, method] of Object.entries(methodOfEvent)) {
    connection.on(event, ({ mechanisms = [] }: { mechanisms?: readonly string[] }) =>
      check(method, mechanisms.includes('SCRAM-SHA-256-PLUS')),
    )
  }
  connection.on('authenticationOk', () => {
    if (asked === 'none') check('none', false)
  })
  return () => refusal
}
