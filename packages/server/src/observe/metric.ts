/** One metric, as Prometheus takes it. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter' | 'histogram'
  readonly samples: readonly Sample[]
  /** what several processes make of it together; their sum unless given */
  readonly together?: 'maximum' | 'minimum'
}

export interface Sample {
  /** behind the metric's name, of histograms */
  readonly suffix?: '_bucket' | '_sum' | '_count'
  /** in braces, or nothing */
  readonly labels: string
  readonly value: number
}

/** Prometheus' text format. */
export function metricText({ name, help, kind, samples }: Metric): string {
  const lines = samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labels} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`
}

/** The metrics of several processes as those of one. */
export function togetherOf(processes: readonly (readonly Metric[])[]): Metric[] {
  const merged = new Map<string, { metric: Metric; samples: Map<string, Sample> }>()
  for (const metric of processes.flat()) {
    const entry = merged.get(metric.name) ?? { metric, samples: new Map<string, Sample>() }
    merged.set(metric.name, entry)
    for (const sample of metric.samples) {
      const key = `${sample.suffix ?? ''}${sample.labels}`
      const before = entry.samples.get(key)
      const value = before === undefined ? sample.value : combined(metric, before.value, sample.value)
      entry.samples.set(key, { ...sample, value })
    }
  }
  return [...merged.values()].map(({ metric, samples }) => ({ ...metric, samples: [...samples.values()] }))
}

function combined({ together }: Metric, a: number, b: number): number {
  if (together === 'maximum') return Math.max(a, b)
  return together === 'minimum' ? Math.min(a, b) : a + b
}
