import { Link } from '../shell/Link'
import { showKeys } from '../shell/open'
import { at } from '../shell/route'
import { useTitle } from '../shell/title'
import { Button, Card, Page, PageHead } from '../ui'
import { texts } from './texts.pl'
import './help.css'

/** Short answers, the keys, and the check of the connection. */
export function HelpPage() {
  useTitle(texts.title)
  return (
    <Page narrow>
      <PageHead title={texts.title} lead={texts.lead} />
      <div className="answers">
        {texts.questions.map(({ question, answer }) => (
          <details key={question} className="answer">
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
      <Card title={texts.keys}>
        <p className="muted">{texts.keysWords}</p>
        <div className="form-actions">
          <Button onPress={showKeys}>{texts.showKeys}</Button>
        </div>
      </Card>
      <Card title={texts.connection}>
        <p className="muted">{texts.connectionWords}</p>
        <div className="form-actions">
          <Link to={at.connection} className="button button-secondary">
            {texts.connection}
          </Link>
        </div>
      </Card>
    </Page>
  )
}
