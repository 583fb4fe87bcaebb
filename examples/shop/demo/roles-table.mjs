// What each role may do, from the surfaces that `rolecast inspect` prints.

const verbs = ['insert', 'update', 'delete']

/** One row a relation, one column a role: `read 11, insert` means 11 columns. */
export function relationRows(surfaces) {
  const names = union(surfaces.map(({ relations }) => relations.map(nameOf)))
  return names.map((name) => ({
    relation: name,
    ...Object.fromEntries(
      surfaces.map(({ role, relations }) => [role, cell(relations.find((relation) => nameOf(relation) === name))]),
    ),
  }))
}

/** One row a function, one column a role. */
export function functionRows(surfaces) {
  const names = union(surfaces.map(({ functions }) => functions.map(nameOf)))
  return names.map((name) => ({
    function: name,
    ...Object.fromEntries(
      surfaces.map(({ role, functions }) => [role, functions.some((f) => nameOf(f) === name) ? 'call' : '·']),
    ),
  }))
}

const nameOf = ({ schema, name }) => `${schema}.${name}`
const union = (lists) => [...new Set(lists.flat())].sort()

function cell(relation) {
  if (relation === undefined) return '·'
  const may = verbs.filter((verb) => (verb === 'delete' ? relation.delete : relation[verb].length > 0))
  const read = relation.select.length > 0 ? [`read ${relation.select.length}`] : []
  return [...read, ...may].join(', ')
}
