import type { ReactNode } from 'react'
import './page.css'

export type Column<Row> = {
  id: string
  label: string
  cell: (row: Row) => ReactNode
  isHead?: boolean
  isNumber?: boolean
}

/** Rows of equal things. On a narrow screen each row becomes a block with its labels. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
}) {
  return (
    <table className="table">
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={column.isNumber ? 'number' : undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) =>
              column.isHead ? (
                <th key={column.id} scope="row" data-label={column.label}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.id} data-label={column.label} className={column.isNumber ? 'number' : undefined}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
