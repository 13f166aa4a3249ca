export default function App() {
  return <button onClick={() => fetch('/api/accounts').then((r) => r.json())}>Load</button>;
}
