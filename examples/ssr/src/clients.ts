import { createClient as createVisitor } from './api/anon/index.js'
import { createClient } from './api/app_user/index.js'
import { tokenOfRequest } from './request.js'

const url = process.env.API_URL ?? 'http://127.0.0.1:3000'

export const visitor = createVisitor({ url })

/** One client for all users: each call takes the token of the request that it belongs to. */
export const customer = createClient({ url, token: tokenOfRequest })
