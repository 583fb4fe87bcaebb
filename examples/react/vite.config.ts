import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The page and the API share an origin: the page asks for /api/…, which goes on to the server.
const api = {
  target: process.env.API_URL ?? 'http://127.0.0.1:3000',
  rewrite: (path: string) => path.replace(/^\/api/, ''),
}

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api } },
})
