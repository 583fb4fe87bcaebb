import { headerFault } from '../errors/header-fault.js'
import { invalidResponseHeaders, invalidResponseStatus } from '../errors/request-errors.js'

export type Header = readonly [name: string, value: string]

/**
 * Headers that SQL set in `response.headers`: a JSON array of objects with one member each.
 * @throws ApiError PGRST111, which names the header that cannot be sent
 */
export function settingHeaders(text: string | null): Header[] {
  if (text === null) return []
  const value = parse(text)
  if (!Array.isArray(value)) throw invalidResponseHeaders()
  return value.map((item: unknown) => {
    const entries = typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : []
    const [entry, ...others] = entries
    if (entry === undefined || others.length > 0) throw invalidResponseHeaders()
    const [name, content] = entry as [string, unknown]
    const fault = headerFault(name, content)
    if (fault !== null) throw invalidResponseHeaders(fault)
    return [name, String(content)]
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidResponseHeaders()
  }
}

/** @throws ApiError PGRST112 */
export function settingStatus(text: string | null): number | null {
  if (text === null) return null
  const status = /^\d{3}$/.test(text) ? Number(text) : 0
  if (status < 200 || status > 599) throw invalidResponseStatus()
  return status
}

/** What SQL said goes before what we would say. */
export function withOverrides(headers: readonly Header[], overrides: readonly Header[]): readonly Header[] {
  if (overrides.length === 0) return headers
  const names = new Set(overrides.map(([name]) => name.toLowerCase()))
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...overrides]
}
