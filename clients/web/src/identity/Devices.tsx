import { useCallback, useEffect, useState } from 'react'
import { call, type Device, type Problem } from '../live'
import { useNow } from '../shell/now'
import { Button, Card, Chip, ErrorState, Skeleton, tell } from '../ui'
import { when } from '../ui/dates'
import { Devices as DevicesSign } from '../ui/icons'
import { texts } from './texts.pl'
import './devices.css'

/** Where one is signed in; each can be signed out from here. */
export function Devices() {
  const now = useNow()
  const [devices, setDevices] = useState<readonly Device[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const look = useCallback(async () => {
    setProblem(null)
    const result = await call('identity.list_devices', {})
    if (result.ok) setDevices(result.value.devices)
    else setProblem(result.problem)
  }, [])
  useEffect(() => {
    look()
  }, [look])
  const signOut = async (device: Device) => {
    const result = await call('identity.sign_out_device', { device: device.id })
    if (!result.ok) return setProblem(result.problem)
    tell(texts.deviceGone(device.name))
    look()
  }
  return (
    <Card title={texts.devicesTitle}>
      <p className="muted">{texts.devicesLead}</p>
      {problem ? <ErrorState onRetry={look}>{problem.message}</ErrorState> : null}
      {!devices && !problem ? <Skeleton rows={2} /> : null}
      <ul className="rows">
        {(devices ?? []).map((device) => (
          <li key={device.id} className="device">
            <DevicesSign />
            <div className="device-words">
              <strong>{device.name}</strong> {device.current ? <Chip tone="ok">{texts.thisDevice}</Chip> : null}
              <p className="meta">
                {texts.signedInAt}: {when(device.signed_in_at, now)} · {texts.lastUsed}:{' '}
                {when(device.last_used_at, now)}
              </p>
            </div>
            {device.current ? null : (
              <Button small aria-label={texts.signOutDeviceOne(device.name)} onPress={() => signOut(device)}>
                {texts.signOutDevice}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
