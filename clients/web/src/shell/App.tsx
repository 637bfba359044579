/** The whole staff application. */
export function App() {
  return <main />
}
