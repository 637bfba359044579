import { Devices } from '../identity/Devices'
import { PasswordForm } from '../identity/PasswordForm'
import { useLive } from '../live'
import { Link } from '../shell/Link'
import { showKeys } from '../shell/open'
import { at } from '../shell/route'
import { texts as shell } from '../shell/texts.pl'
import { useTitle } from '../shell/title'
import { Button, Card, Page, PageHead, RadioGroup, Switch } from '../ui'
import { changeSettings, type Settings, useSettings } from './state'
import { texts } from './texts.pl'

const options = <T extends string>(words: Record<T, string>) =>
  (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }))

/** How one likes it, one's password and devices, and the way to help. */
export function SettingsPage() {
  const settings = useSettings()
  const isDemonstration = useLive((state) => state.me?.demonstration ?? false)
  const isAdministrator = useLive((state) => state.me?.administrator ?? false)
  useTitle(texts.title)
  return (
    <Page narrow>
      <PageHead title={texts.title} lead={texts.onThisComputer} />
      <Card title={texts.look}>
        <RadioGroup<Settings['theme']>
          label={texts.theme}
          value={settings.theme}
          onChange={(theme) => changeSettings({ theme })}
          options={options(texts.themes)}
        />
        <RadioGroup<Settings['text']>
          label={texts.text}
          value={settings.text}
          onChange={(text) => changeSettings({ text })}
          options={options(texts.textSizes)}
        />
      </Card>
      <Card title={texts.writing}>
        <RadioGroup<Settings['send']>
          label={texts.send}
          value={settings.send}
          onChange={(send) => changeSettings({ send })}
          options={options(texts.sendWays)}
        />
        <Switch
          isSelected={settings.singleKeys}
          onChange={(singleKeys) => changeSettings({ singleKeys })}
          hint={texts.singleKeysHint}
        >
          {texts.singleKeys}
        </Switch>
        <div className="form-actions">
          <Button onPress={showKeys}>{texts.showKeys}</Button>
        </div>
      </Card>
      <Devices />
      {isDemonstration ? null : <PasswordForm />}
      <Card title={texts.connection}>
        <p className="muted">{texts.connectionLead}</p>
        <div className="form-actions">
          <Link to={at.connection} className="button button-secondary">
            {texts.check}
          </Link>
          <Link to={at.help} className="button button-quiet">
            {shell.help}
          </Link>
          {isAdministrator ? (
            <Link to={at.administration} className="button button-quiet">
              {texts.administration}
            </Link>
          ) : null}
        </div>
      </Card>
    </Page>
  )
}
