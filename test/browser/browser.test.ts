// One file for all, since reading the sources of client and server takes longer than these tests.
import { describe } from 'vitest'

describe('without Node', async () => void (await import('./bare.js')))
describe('in server components', async () => void (await import('./server-components.js')))
describe('as React Native', async () => void (await import('./react-native.js')))
describe('in a browser', async () => void (await import('./chromium.js')))
describe('in Deno and Bun', async () => void (await import('./runtimes.js')))
describe('at Cloudflare', async () => void (await import('./workerd.js')))
