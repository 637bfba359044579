import { useCallback, useEffect, useState } from 'react'
import { call, type Institution, type Problem, useLive } from '../live'
import { useTitle } from '../shell/title'
import { institutionWord } from '../teams/words.pl'
import { Button, EmptyState, ErrorState, Page, PageHead, Skeleton, Table } from '../ui'
import { Plus } from '../ui/icons'
import { byName } from '../ui/words'
import { CreateInstitutionDialog } from './CreateInstitutionDialog'
import { texts } from './texts.pl'
import '../teams/teams.css'

/** What the hub's keeper does: institutions and their heads. No content anywhere. */
export function AdministrationPage() {
  const isAdministrator = useLive((state) => state.me?.administrator ?? false)
  const [institutions, setInstitutions] = useState<readonly Institution[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAdding, setAdding] = useState(false)
  useTitle(texts.administration)
  const look = useCallback(async () => {
    const result = await call('teams.list_institutions', {})
    setProblem(result.ok ? null : result.problem)
    if (result.ok) setInstitutions([...result.value.institutions].sort(byName))
  }, [])
  useEffect(() => {
    if (isAdministrator) look()
  }, [isAdministrator, look])
  if (!isAdministrator)
    return (
      <Page>
        <EmptyState title={texts.notAdministrator}>{texts.notAdministratorWords}</EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHead
        title={texts.administration}
        lead={texts.administrationLead}
        actions={
          <Button kind="primary" icon={<Plus />} onPress={() => setAdding(true)}>
            {texts.addInstitution}
          </Button>
        }
      />
      {problem ? <ErrorState onRetry={look}>{problem.message}</ErrorState> : null}
      {!institutions && !problem ? <Skeleton rows={6} /> : null}
      {institutions?.length === 0 ? (
        <EmptyState title={texts.noInstitutions}>{texts.noInstitutionsWords}</EmptyState>
      ) : null}
      {institutions && institutions.length > 0 ? (
        <div className="paper">
          <Table
            label={texts.institutions}
            rows={[...institutions]}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', label: texts.institutionName, isHead: true, cell: (row) => row.name },
              { id: 'short', label: texts.shortName, cell: (row) => row.short_name },
              { id: 'kind', label: texts.kind, cell: (row) => institutionWord[row.kind] },
              { id: 'town', label: texts.town, cell: (row) => row.town },
            ]}
          />
        </div>
      ) : null}
      {isAdding ? <CreateInstitutionDialog onClose={() => setAdding(false)} onMade={look} /> : null}
    </Page>
  )
}
