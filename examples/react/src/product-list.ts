import type { Row } from '@rolecast/client'
import { visitor } from './clients.js'

/** What a visitor has chosen. Empty: no condition. */
export interface Choices {
  readonly search: string
  readonly category: string
  readonly upTo: string
  readonly inStock: boolean
  readonly sorting: keyof typeof sortings
  /** from 0 */
  readonly page: number
}

const sortings = {
  'By name': ['name', 'asc'],
  'Cheapest first': ['price', 'asc'],
  'Dearest first': ['price', 'desc'],
  'Newest first': ['created_at', 'desc'],
} as const

export const sortingNames = ['By name', 'Cheapest first', 'Dearest first', 'Newest first'] as const

export const firstPage: Choices = { search: '', category: '', upTo: '', inStock: false, sorting: 'By name', page: 0 }
export const pageSize = 12

/** One page of the products that fit the choices, and how many fit in all. */
export function productList({ search, category, upTo, inStock, sorting, page }: Choices) {
  let list = visitor.products.select('id', 'name', 'description', 'price', 'stock').embed({ category: ['name'] })
  if (category) list = list.where({ category_id: Number(category) })
  const words = { ilike: `*${search}*` }
  if (search) list = list.where({ $or: [{ name: words }, { description: words }] })
  const [column, direction] = sortings[sorting]
  return list
    .where(upTo && { price: { lte: upTo } }, inStock && { stock: { gt: 0 } })
    .order(column, direction)
    .order('id')
    .limit(pageSize)
    .offset(page * pageSize)
    .withCount('exact')
}

export type Product = Row<ReturnType<typeof productList>>

/** The shop's departments, each with its shelves. */
export const departments = visitor.categories
  .select('id', 'name')
  .embed({ shelves: visitor.categories.select('id', 'name').order('name') })
  .where({ parent_id: null })
  .order('name')
