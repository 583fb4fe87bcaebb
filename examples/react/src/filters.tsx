import { queryOptions } from '@rolecast/client/tanstack'
import { useQuery } from '@tanstack/react-query'
import { type Choices, departments, sortingNames } from './product-list.js'

interface FiltersProps {
  readonly choices: Choices
  readonly onChange: (change: Partial<Choices>) => void
}

export function Filters({ choices, onChange }: FiltersProps) {
  const { data = [] } = useQuery(queryOptions(departments))
  return (
    <search className="filters">
      <label className="wide">
        Search
        <input type="search" value={choices.search} onChange={({ target }) => onChange({ search: target.value })} />
      </label>
      <label>
        Shelf
        <select value={choices.category} onChange={({ target }) => onChange({ category: target.value })}>
          <option value="">All</option>
          {data.map(({ id, name, shelves }) => (
            <optgroup key={id} label={name}>
              {shelves.map((shelf) => (
                <option key={shelf.id} value={shelf.id}>
                  {shelf.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Up to €
        <input type="number" min="0" value={choices.upTo} onChange={({ target }) => onChange({ upTo: target.value })} />
      </label>
      <label>
        Sorted
        <select
          value={choices.sorting}
          onChange={({ target }) => {
            const sorting = sortingNames.find((name) => name === target.value)
            if (sorting) onChange({ sorting })
          }}
        >
          {sortingNames.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={choices.inStock}
          onChange={({ target }) => onChange({ inStock: target.checked })}
        />
        In stock
      </label>
    </search>
  )
}
