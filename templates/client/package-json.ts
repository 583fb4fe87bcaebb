import type { ClientOptions } from './options.js'
import { packageNameOf } from './package-name.js'

/** The range of the runtime that this version's output works with. */
const clientRange = '^0.1.0'
const kyRange = '^1.14.3'

type PackageClientOptions = ClientOptions & { readonly package: NonNullable<ClientOptions['package']> }

/** `package.json` of a role's folder: ESM, no side effects. */
export function packageJson(
  role: string,
  {
    package: { name, version, description, license, private: isPrivate, clientVersion },
    ...options
  }: PackageClientOptions,
): string {
  const inline = options.runtime === 'inline'
  const main = options.emit === 'ts' ? 'index.ts' : 'index.js'
  const content = {
    name: packageNameOf(name, role),
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
