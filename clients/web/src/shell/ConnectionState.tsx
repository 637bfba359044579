import { Chip } from '../ui'
import { RefreshCw, WifiOff } from '../ui/icons'
import { useConnection } from './connection'
import { texts } from './texts.pl'

/** A word in the top bar while the hub does not hear; nothing while it does. */
export function ConnectionState() {
  const { shown, hasNetwork } = useConnection()
  return (
    <div role="status" className="connection">
      {shown === 'reconnecting' || (shown === 'offline' && hasNetwork) ? (
        <Chip tone="warn" icon={<RefreshCw />}>
          {texts.reconnecting}
        </Chip>
      ) : null}
      {shown === 'offline' && !hasNetwork ? (
        <Chip tone="danger" icon={<WifiOff />}>
          {texts.offline}
        </Chip>
      ) : null}
    </div>
  )
}
