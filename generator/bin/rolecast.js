#!/usr/bin/env node
// First of all: until they are handled, SIGUSR1 makes Node open its debugger to the network, and SIGUSR2 ends the
// process. Imports that stand at the top would be loaded before this.
for (const signal of ['SIGUSR1', 'SIGUSR2']) process.on(signal, () => {})

const { main } = await import('../dist/cli.js')
process.exitCode = await main(process.argv)
