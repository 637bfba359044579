import { useEffect, useState } from 'react'
import { call, type Problem, type RoleRow } from '../live'
import { ErrorState, Skeleton, Table } from '../ui'
import { texts } from './texts.pl'
import { roleWord } from './words.pl'

/** The table that the hub enforces, as the hub itself tells it (T-26). */
export function RoleTable() {
  const [rows, setRows] = useState<readonly RoleRow[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    let isWanted = true
    call('teams.show_roles', {}).then((result) => {
      if (!isWanted) return
      setProblem(result.ok ? null : result.problem)
      if (result.ok) setRows(result.value.roles)
    })
    return () => {
      isWanted = false
    }
  }, [tries])
  if (problem) return <ErrorState onRetry={() => setTries(tries + 1)}>{problem.message}</ErrorState>
  if (!rows) return <Skeleton rows={6} />
  return (
    <>
      <p className="muted">{texts.rulesLead}</p>
      <div className="paper">
        <Table
          label={texts.roleTable}
          rows={[...rows]}
          rowKey={(row) => row.role}
          columns={[
            { id: 'role', label: texts.role, isHead: true, cell: (row) => roleWord[row.role] },
            {
              id: 'may',
              label: texts.may,
              cell: (row) => (
                <ul>
                  {row.may.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </div>
    </>
  )
}
