import { isUnauthorized } from '@rolecast/client'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.jsx'
import { setSession } from './session.js'
import './style.css'

/** A session that has ended, for example by a log-out elsewhere, is no session. */
const onError = (error: Error) => {
  if (isUnauthorized(error)) setSession(null)
}

const queries = new QueryClient({
  // The client tries again itself where that helps.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
})

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
