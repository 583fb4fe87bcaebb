import type { ConnectOptions } from '@rolecast/client'
import { createClient as createVisitor } from '../../generated/anon/index.js'
import { createClient as createCustomer } from '../../generated/app_user/index.js'
import { createClient as createManager } from '../../generated/manager/index.js'
import { createClient as createAdministrator } from '../../generated/tenant_admin/index.js'
import { administer } from './administrator.js'
import { shopAround } from './customer.js'
import { manage } from './manager.js'
import { refused, type Story } from './story.js'
import { browse } from './visitor.js'

/** The whole app: each role with the client that was generated for it. `connection`: where the API is. */
export async function run(connection: ConnectOptions, story: (role: string) => Story): Promise<void> {
  const visitor = createVisitor(connection)
  await browse(visitor, story('anon'))
  const login = (name: string) => visitor.rpc.login({ email: `${name}@example.com`, pass: `${name}-likes-coffee` })
  await refused(story('anon'), 'a wrong password', visitor.rpc.login({ email: 'ada@example.com', pass: 'guess' }))

  // A token lives an hour; the client asks for the current one at each call.
  let token = await login('ada')
  const customer = createCustomer({ ...connection, token: () => token })
  story('app_user').tell('Ada is logged in')
  await shopAround(customer, story('app_user'))
  token = await customer.rpc.refresh()
  await customer.rpc.logout()
  await refused(story('app_user'), 'the token of a session that has ended', customer.orders.select('id'))

  await administer(createAdministrator({ ...connection, token: await login('olga') }), story('tenant_admin'))
  await manage(createManager({ ...connection, token: await login('mona') }), story('manager'))
}
