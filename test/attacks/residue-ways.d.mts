import type { Sent } from './wire.js'

export function post(name: string, body: object): Sent
export const ways: Readonly<Record<string, Sent>>
