// One file for all, since reading a compiler and the standard library takes longer than most of what they check.
import { beforeAll } from 'vitest'
import { buildRuntime } from './build.js'
import './budget.js'
import './clean.js'
import './hostile.js'
import './kinds-of-apps.js'
import './pnpm.js'
import './roles.js'
import './targets.js'

beforeAll(buildRuntime)
