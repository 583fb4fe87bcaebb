import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { screenOn } from './screen.js'

function written(terminal: { isTTY?: boolean; columns?: number }, work: (screen: ReturnType<typeof screenOn>) => void) {
  const stream = Object.assign(new PassThrough(), terminal)
  work(screenOn(stream))
  return String(stream.read())
}

test('without a terminal all is lines', () => {
  const text = written({}, (screen) => {
    screen.status('starting')
    screen.say('schema.sql:1: wrong')
    screen.status('ready')
    screen.end()
  })
  expect(text).toBe('rolecast: starting\nrolecast: schema.sql:1: wrong\nrolecast: ready\n')
})

test('at a terminal the status is one line, below what stays', () => {
  const clear = '\r\u001b[2K'
  const text = written({ isTTY: true, columns: 9 }, (screen) => {
    screen.status('starting')
    screen.say('wrong \u001b[31m')
    screen.status('ready at last')
    screen.end()
  })
  expect(text.split(clear)).toEqual([
    '',
    'starting',
    expect.stringMatching(/^rolecast: wrong .*\nstarting$/),
    'ready at\n',
  ])
  expect(text).not.toContain('\u001b[31m')
})
