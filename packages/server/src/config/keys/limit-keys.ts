import { defaultJsonDepth } from '../default-json-depth.js'
import { type RateRule, rateRules } from '../rate-rules.js'
import { bytes, integer, seconds } from '../value-types.js'
import { type KeyDefinition, rolecast } from './key-definition.js'

const noRules: readonly RateRule[] = []

/** Bounds on what a client may ask and cost. */
export const limitKeys = {
  serverMaxBodySize: {
    key: 'server-max-body-size',
    type: bytes,
    default: 10 * 1024 * 1024,
    ...rolecast.everywhere,
    description: 'most bytes of a body',
  },
  serverMaxBodyMemory: {
    key: 'server-max-body-memory',
    type: bytes,
    default: 100 * 1024 * 1024,
    ...rolecast.everywhere,
    description:
      'most bytes of all bodies under way; those of requests without a token may take half of it. One body more is answered 503',
  },
  serverMinBodyRate: {
    key: 'server-min-body-rate',
    type: bytes,
    default: 1_000,
    ...rolecast.everywhere,
    description: 'bytes a second that a body must bring; a slower one is answered 408. `0`: no bound',
  },
  serverBodyRatePeriod: {
    key: 'server-body-rate-period',
    type: integer(1, 3_600),
    default: 10,
    ...rolecast.atStart,
    description: 'seconds over which that rate is measured',
  },
  serverMaxUrlLength: {
    key: 'server-max-url-length',
    type: integer(256),
    default: 65_536,
    ...rolecast.atStartOrInDatabase,
    description: 'most characters of path and query',
  },
  serverMaxConnections: {
    key: 'server-max-connections',
    type: integer(1),
    default: 1_000,
    ...rolecast.atStart,
    description: 'most connections of clients; those without a request under way make room for new ones',
  },
  serverHeadersTimeout: {
    key: 'server-headers-timeout',
    type: seconds,
    default: 30,
    ...rolecast.atStart,
    description: 'seconds that a client has to send its headers',
  },
  serverRequestTimeout: {
    key: 'server-request-timeout',
    type: seconds,
    default: 300,
    ...rolecast.atStart,
    description: 'seconds that a client has to send a whole request',
  },
  serverResponseHold: {
    key: 'server-response-hold',
    type: seconds,
    default: 2,
    ...rolecast.everywhere,
    description:
      'seconds that a client which reads slowly may make PostgreSQL wait for it; then the rest of its body is read into memory. It is read at once where other requests wait for a connection',
  },
  serverMaxResponseMemory: {
    key: 'server-max-response-memory',
    type: bytes,
    default: 256 * 1024 * 1024,
    ...rolecast.everywhere,
    description:
      'most bytes of bodies that slow clients have yet to take; where there is no room for one more, its connection is closed',
  },
  serverDrainTimeout: {
    key: 'server-drain-timeout',
    type: seconds,
    default: 30,
    ...rolecast.atStart,
    description: 'seconds that requests under way have when the server ends',
  },
  // PostgreSQL's parser has room for some thousands on its stack, and fails beyond.
  serverMaxJsonDepth: {
    key: 'server-max-json-depth',
    type: integer(1, 5_000),
    default: defaultJsonDepth,
    ...rolecast.everywhere,
    description: 'most arrays and objects inside one another in a body',
  },
  serverMaxConditions: {
    key: 'server-max-conditions',
    type: integer(1),
    default: 5_000,
    ...rolecast.everywhere,
    description: 'most conditions of a request',
  },
  serverMaxFilterDepth: {
    key: 'server-max-filter-depth',
    type: integer(1, 1_000),
    default: 100,
    ...rolecast.everywhere,
    description: 'most `and` and `or` inside one another',
  },
  serverMaxEmbeds: {
    key: 'server-max-embeds',
    type: integer(0),
    default: 100,
    ...rolecast.everywhere,
    description: 'most embeds of a request',
  },
  serverMaxEmbedDepth: {
    key: 'server-max-embed-depth',
    type: integer(0, 200),
    default: 20,
    ...rolecast.everywhere,
    description: 'most embeds inside one another',
  },
  serverRateLimit: {
    key: 'server-rate-limit',
    type: rateRules,
    default: noRules,
    ...rolecast.everywhere,
    description: 'most requests by address, role or claim, as `20/s by address burst 100, 600/min by claim sub`',
  },
} satisfies Readonly<Record<string, KeyDefinition>>
