import { timeOf } from '../ui/dates'
import { WifiOff } from '../ui/icons'
import { useConnection } from './connection'
import { texts } from './texts.pl'

/** After a while without the hub: since when, and that nothing is lost. */
export function OfflineBar() {
  const { shown, since } = useConnection()
  if (shown !== 'offline') return null
  return (
    <div className="offline-bar" role="status">
      <WifiOff />
      <span>{texts.offlineSince(timeOf(new Date(since)))}</span>
    </div>
  )
}
