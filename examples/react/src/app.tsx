import { useState, useSyncExternalStore } from 'react'
import { AccountPage } from './account-page.jsx'
import { logOut } from './clients.js'
import { OrdersPage } from './orders-page.jsx'
import { ProductsPage } from './products-page.jsx'
import { currentSession, watchSession } from './session.js'

/** The frame of all pages: where one is, and who. */
export function App() {
  const session = useSyncExternalStore(watchSession, currentSession)
  const [page, goTo] = useState<'products' | 'orders'>('products')
  return (
    <>
      <header>
        <strong>Kettle &amp; Spade</strong>
        <nav>
          <button type="button" aria-current={page === 'products'} onClick={() => goTo('products')}>
            Products
          </button>
          <button type="button" aria-current={page === 'orders'} onClick={() => goTo('orders')}>
            {session ? 'My orders' : 'Log in'}
          </button>
        </nav>
        {session && (
          <span className="who">
            {session.email}
            <button type="button" onClick={() => void logOut()}>
              Log out
            </button>
          </span>
        )}
      </header>
      <main>
        {page === 'products' ? (
          <ProductsPage onOrder={() => goTo('orders')} />
        ) : session ? (
          <OrdersPage key={session.userId} />
        ) : (
          <AccountPage />
        )}
      </main>
    </>
  )
}
