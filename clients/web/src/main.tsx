import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { begin } from './live'
import { applySettings } from './settings/state'
import { App } from './shell/App'
import './ui/tokens.css'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
applySettings()
begin()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
