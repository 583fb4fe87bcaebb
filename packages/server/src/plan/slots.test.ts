import { expect, test } from 'vitest'
import { parsedRequest } from './parsed.fixture.js'
import { shapeOf } from './shape.js'
import { slotsOf } from './slots.js'

test('a slot is where the literal is in the list of the shape', () => {
  const request = parsedRequest('/acts?select=id,stages(id)&stages.name=eq.x&id=fts(english).y&limit=3')
  const { selection } = request.query
  const [filter] = selection.where
  const slots = slotsOf(request)
  const { literals } = shapeOf(request)
  expect(literals[slots.of(filter ?? {}, 'value')]).toBe('y')
  expect(literals[slots.of(filter ?? {}, 'language')]).toBe('english')
  expect(literals[slots.of(selection, 'limit')]).toBe('3')
  expect(slots.find(selection, 'offset')).toBeNull()
})

test('what is not there is no other literal', () => {
  const slots = slotsOf(parsedRequest('/acts?id=eq.1'))
  expect(() => slots.of({}, 'value')).toThrow('Invariant broken')
})
