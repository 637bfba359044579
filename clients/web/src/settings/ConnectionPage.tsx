import { useTitle } from '../shell/title'
import { Button, Card, Page, PageHead, tell } from '../ui'
import { AlertTriangle, CheckCircle, Clock, Copy, RefreshCw } from '../ui/icons'
import { type CheckName, type CheckResult, useChecks } from './checks'
import { texts } from './texts.pl'
import './settings.css'

const order: readonly CheckName[] = ['page', 'socket', 'speed', 'microphone']
const words: Record<CheckResult['status'], string> = {
  waiting: texts.waiting,
  ok: texts.ok,
  bad: texts.bad,
  not_tried: texts.notTried,
}

/** "Sprawdź połączenie": what is blocked, and whom to tell, in words for the office's IT (E-08). */
export function ConnectionPage() {
  const { results, run, tryMicrophone } = useChecks()
  useTitle(texts.checkTitle)
  const office = texts.officeText(window.location.origin)
  const copy = () => {
    const lines = order.map((name) =>
      `${texts.checks[name].title}: ${words[results[name].status]} ${results[name].detail ?? ''}`.trim(),
    )
    navigator.clipboard.writeText([office, '', ...lines, navigator.userAgent].join('\n')).then(
      () => tell(texts.copied),
      () => tell(texts.copyFailed),
    )
  }
  return (
    <Page narrow>
      <PageHead
        title={texts.checkTitle}
        lead={texts.checkLead}
        actions={
          <Button icon={<RefreshCw />} onPress={run}>
            {texts.checkAgain}
          </Button>
        }
      />
      <Card>
        <ul className="rows checks" aria-live="polite">
          {order.map((name) => (
            <Check
              key={name}
              name={name}
              result={results[name]}
              onTry={name === 'microphone' ? tryMicrophone : undefined}
            />
          ))}
        </ul>
      </Card>
      <Card title={texts.forOffice}>
        <p>{office}</p>
        <div className="form-actions">
          <Button icon={<Copy />} onPress={copy}>
            {texts.copy}
          </Button>
        </div>
      </Card>
    </Page>
  )
}

function Check({ name, result, onTry }: { name: CheckName; result: CheckResult; onTry: (() => void) | undefined }) {
  const check = texts.checks[name]
  const Sign = result.status === 'ok' ? CheckCircle : result.status === 'bad' ? AlertTriangle : Clock
  return (
    <li className={`check check-${result.status}`}>
      <Sign />
      <div className="check-words">
        <strong>{check.title}</strong>
        <p className="muted">{result.status === 'bad' && 'help' in check ? check.help : check.why}</p>
      </div>
      {onTry && result.status !== 'ok' ? (
        <Button small onPress={onTry}>
          {texts.tryMicrophone}
        </Button>
      ) : null}
      <span className="check-result">
        {words[result.status]} {result.detail ? <span className="meta">{result.detail}</span> : null}
      </span>
    </li>
  )
}
