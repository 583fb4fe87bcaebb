import { expect, test } from 'vitest'
import { metricText } from './metric.js'
import { RelationTraffic } from './relation-traffic.js'

const known = new Set(['orders', 'rpc/total', 'a"b\\c', 'late'])

test('names that do not exist, and too many of them, are one', () => {
  const traffic = new RelationTraffic(3)
  const hit = (method: string, target: string, status = 200, milliseconds = 1) =>
    traffic.handled(known, method, target, status, milliseconds)
  hit('GET', '/orders?id=eq.1')
  hit('GET', '/orders', 200, 30)
  hit('GET', '/orders', 406)
  hit('POST', '/rpc/total')
  hit('GET', '/a"b\\c')
  hit('GET', '/late')
  hit('GET', '/x"} 1\nevil 1')
  hit('EVIL"}', '/')
  const text = traffic.metrics().map(metricText).join('')
  const counts = text.split('\n').filter((line) => line.startsWith('rolecast_http_relation_requests_total{'))
  expect(counts).toEqual([
    'rolecast_http_relation_requests_total{method="GET",relation="orders",status="200"} 2',
    'rolecast_http_relation_requests_total{method="GET",relation="orders",status="406"} 1',
    'rolecast_http_relation_requests_total{method="GET",relation="a\\"b\\\\c",status="200"} 1',
    'rolecast_http_relation_requests_total{method="GET",relation="other",status="200"} 2',
    'rolecast_http_relation_requests_total{method="POST",relation="rpc/total",status="200"} 1',
    'rolecast_http_relation_requests_total{method="other",relation="/",status="200"} 1',
  ])
  const orders = text.split('\n').filter((line) => line.includes('duration') && line.includes('"orders"'))
  expect(orders[0]).toBe('rolecast_http_relation_duration_seconds_bucket{method="GET",relation="orders",le="0.005"} 2')
  expect(orders).toContain('rolecast_http_relation_duration_seconds_bucket{method="GET",relation="orders",le="+Inf"} 3')
  expect(orders).toContain('rolecast_http_relation_duration_seconds_sum{method="GET",relation="orders"} 0.032')
})

test('none at all', () => {
  const traffic = new RelationTraffic(0)
  traffic.handled(known, 'GET', '/orders', 200, 1)
  expect(traffic.metrics()).toEqual([])
})
