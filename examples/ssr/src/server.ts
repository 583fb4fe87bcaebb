import { createServer } from 'node:http'
import { isApiError, isPermissionDenied, isUnauthorized } from '@rolecast/client'
import { homePage, ordersPage } from './pages.js'
import { cookieOf, withToken } from './request.js'

const pages: Readonly<Record<string, () => Promise<string>>> = { '/': homePage, '/orders': ordersPage }

const server = createServer((request, response) =>
  withToken(cookieOf(request.headers.cookie, 'token'), async () => {
    const render = pages[request.url ?? '']
    if (render === undefined) return response.writeHead(404).end('There is no such page.')
    try {
      // What is made for one user is no other's: no cache on the way may keep it.
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'private, no-store' }
      const html = await render()
      return response.writeHead(200, headers).end(html)
    } catch (error) {
      if (isUnauthorized(error) || isPermissionDenied(error)) return response.writeHead(401).end('Log in first.')
      console.error(isApiError(error) ? error.message : error)
      return response.writeHead(500).end('Something is wrong here.')
    }
  }),
)

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(JSON.stringify(server.address())))
