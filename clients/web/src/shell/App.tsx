import { lazy, Suspense, useEffect, useState } from 'react'
import { takeBeside } from '../identity/beside'
import { enterAs, useLive } from '../live'
import { I18nProvider, Skeleton, ToastRegion } from '../ui'
import { Shell } from './Shell'
import { texts } from './texts.pl'

const Door = lazy(async () => ({ default: (await import('../identity/Door')).Door }))

/** The whole staff application: the door, or the inside. */
export function App() {
  return (
    <I18nProvider locale="pl-PL">
      <Inside />
      <ToastRegion />
    </I18nProvider>
  )
}

function Inside() {
  const status = useLive((state) => state.connection.status)
  const isKnown = useLive((state) => state.me !== null)
  const isEntering = useBeside()
  useEffect(() => {
    if (status === 'signed_out') document.title = texts.name
  }, [status])
  if (isEntering || (!isKnown && status !== 'signed_out')) return <Starting />
  return status === 'signed_out' ? (
    <Suspense fallback={<Starting />}>
      <Door />
    </Suspense>
  ) : (
    <Shell />
  )
}

function Starting() {
  return (
    <main className="starting">
      <Skeleton rows={5} label={texts.starting} />
    </main>
  )
}

/** An address such as ewa.localhost/?wejdz=… enters by itself (D-39). */
function useBeside(): boolean {
  const [login] = useState(takeBeside)
  const [isEntering, setEntering] = useState(login !== null)
  useEffect(() => {
    if (login) enterAs(login).finally(() => setEntering(false))
  }, [login])
  return isEntering
}
