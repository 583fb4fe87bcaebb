import { type StartOptions, startPostgres } from './server.js'

export interface Database extends AsyncDisposable {
  readonly uri: string
  /** true when this call started a server for it, which `close()` stops */
  readonly isEmbedded: boolean
  close(): Promise<void>
}

/** The database at a URI, used as it is; or, where none is named, an embedded one that lives until it is closed. */
export async function openDatabase(options: { uri: string } | StartOptions): Promise<Database> {
  if ('uri' in options) {
    const close = async () => {}
    return { uri: options.uri, isEmbedded: false, close, [Symbol.asyncDispose]: close }
  }
  const postgres = await startPostgres(options)
  return { uri: postgres.uri, isEmbedded: true, close: postgres.stop, [Symbol.asyncDispose]: postgres.stop }
}
