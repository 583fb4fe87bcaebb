import type { ClientOptions } from './options.js'

/** The range of the runtime that this version's output works with. */
const clientRange = '^0.1.0'
const kyRange = '^1.14.3'

/** `package.json` of a role's folder: ESM, no side effects. */
export function packageJson(role: string, options: ClientOptions): string {
  const { name, version, description, license, private: isPrivate, clientVersion } = options.package ?? {}
  const inline = options.runtime === 'inline'
  const main = options.emit === 'ts' ? 'index.ts' : 'index.js'
  const content = {
    name,
    version,
    description: description ?? `Typed client of the API for the role ${role}.`,
    ...(license === undefined ? {} : { license }),
    ...(isPrivate === true ? { private: true } : {}),
    type: 'module',
    sideEffects: false,
    files: [main, ...(main === 'index.js' ? ['index.d.ts'] : []), ...(inline ? ['runtime'] : [])],
    exports: {
      '.': main === 'index.ts' ? './index.ts' : { types: './index.d.ts', default: './index.js' },
      // what an app needs besides the client: guards of errors, streams
      ...(inline ? { './runtime': { types: './runtime/index.d.ts', default: './runtime/index.js' } } : {}),
    },
    // by this the file is known as generated
    rolecast: { role },
    dependencies: inline ? { ky: kyRange } : { '@rolecast/client': clientVersion ?? clientRange },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
