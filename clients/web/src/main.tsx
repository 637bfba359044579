import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { begin } from './live'
import { App } from './shell/App'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
begin()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
