import './door.css'

/** The mark: two threads that cross. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="mark-first" d="M4 9c10 0 14 14 24 14" />
      <path className="mark-second" d="M4 23c10 0 14-14 24-14" />
    </svg>
  )
}
