/** Paper is light; a screen is as its reader asks. Every pair of text and ground has a contrast of at least 4.5 to 1. */
export const style = `
:root {
  color-scheme: light;
  --text: #1b2127; --quiet: #535d68; --ground: #fff; --raised: #f5f7f9; --line: #cfd6dd; --link: #0b57a4;
  --bad: #a3201a; --bad-ground: #fdebe9; --open: #734a00; --open-ground: #fdf1d8;
  --good: #1a6136; --good-ground: #e4f4ea; --told: #0b4f94; --told-ground: #e6f0fb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --text: #e6eaee; --quiet: #a9b4bf; --ground: #101418; --raised: #181e24; --line: #3a444e; --link: #8cc0ff;
    --bad: #ffa49b; --bad-ground: #3d1815; --open: #f3cb77; --open-ground: #362a0c;
    --good: #86d8a1; --good-ground: #10301c; --told: #9bc8ff; --told-ground: #122b46;
  }
}
.badge {
  --tone: var(--text); --tone-ground: transparent;
  display: inline-block; max-width: 12rem; padding: 0 .45rem; border: 1px solid var(--line); border-radius: .25rem;
  background: var(--tone-ground); color: var(--tone); font-size: .8rem; font-weight: 600;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; vertical-align: middle;
}
.tone-fail, .tone-failed { --tone: var(--bad); --tone-ground: var(--bad-ground); }
.tone-inconclusive, .tone-undecided { --tone: var(--open); --tone-ground: var(--open-ground); }
.tone-pass, .tone-passed { --tone: var(--good); --tone-ground: var(--good-ground); }
.tone-attested, .tone-new { --tone: var(--told); --tone-ground: var(--told-ground); }

* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 62rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.25rem; line-height: 1.3; }
h3 { font-size: 1.05rem; line-height: 1.35; }
h4 { font-size: .9rem; }
code, .hash { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { unicode-bidi: isolate; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; transform: translateY(-200%); }
.skip:focus { transform: none; background: var(--ground); }
main > section, footer { margin-top: 2.5rem; }
section > * + *, .stack > * + * { margin-top: .75rem; }
h4 + ul, h4 + p, h4 + table, p + ul { margin-top: .25rem; }
.about + .about { margin-top: 1.75rem; }
ul { padding-left: 1.25rem; }
.total { color: var(--quiet); font-weight: 400; font-size: .9em; margin-left: .25rem; }
.more, .kind, .mark, .hash, .zero, .place, .facts dt { color: var(--quiet); }

.chosen { display: block; font-size: 1rem; margin-top: .25rem; color: var(--open); }
.gate {
  margin: 1.25rem 0; padding: 1rem 1.25rem; border-left: .5rem solid var(--tone); border-radius: .25rem;
  background: var(--tone-ground); display: flex; flex-wrap: wrap; gap: .25rem 2.5rem; align-items: center;
}
.outcome { font-size: 1.9rem; line-height: 1.2; font-weight: 700; color: var(--tone); text-transform: uppercase; }
.outcome .label { font-size: 1rem; font-weight: 400; text-transform: none; display: block; }
.gate ul { list-style: none; padding: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem 1.5rem; }
.facts dt { font-size: .8rem; color: var(--quiet); }
.facts div:last-child { grid-column: 1 / -1; }
.hash { font-size: .75rem; }
.counts { margin-top: 1.25rem; }

.badge.tone-critical, .badge.tone-high { border-color: currentColor; }
.badge.tone-critical { background: var(--text); color: var(--ground); }
.kicker { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: center; font-size: .9rem; }
.kicker .badge { text-transform: uppercase; letter-spacing: .02em; }

article { padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: .35rem solid var(--tone, var(--line)); border-radius: .25rem; }
article > * + * { margin-top: .5rem; }
article .kicker + h3 { margin-top: .35rem; }
.reason { font-weight: 600; }
.wanted { color: var(--quiet); font-weight: 400; }
.findings, .gaps ul, .rest, .subjects { list-style: none; padding: 0; }
.findings > li, .gaps > ul > li { padding: .4rem 0; border-top: 1px solid var(--line); }
.subjects code { font-weight: 600; }
.subjects .place code { font-weight: 400; }
.subjects .badge { margin-left: .4rem; }
.badge.tone-unchanged { --tone: var(--quiet); border-color: transparent; font-weight: 400; }
.mark { font-size: .9rem; }
.settled { color: var(--quiet); }
.gaps { padding: .5rem 0 0; }
.todo { padding: .6rem .9rem; background: var(--raised); border-radius: .25rem; }
.rest > li { padding: .6rem 0; border-top: 1px solid var(--line); }
.control { margin-top: 1.25rem; }
.control dt, .legend dt { font-weight: 600; }
.legend { margin-top: .75rem; font-size: .9rem; }
.legend div { display: flex; gap: .75rem; }
.legend dt { flex: 0 0 8rem; }

details > summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }

table { width: 100%; border-collapse: collapse; font-size: .9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.short { display: inline-block; vertical-align: bottom; max-width: 9rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-size: .8rem; color: var(--quiet); font-weight: 600; vertical-align: bottom; overflow-wrap: normal; }
tbody th { font-weight: 600; }
.numbers td:nth-child(n + 3), .numbers thead th:nth-child(n + 3) { text-align: right; font-variant-numeric: tabular-nums; }

.filters { padding: .9rem 1.1rem; background: var(--raised); border-radius: .25rem; }
.filters fieldset { border: 0; padding: 0; margin: .5rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.filters legend { float: left; width: 5rem; font-weight: 600; }
.filters p { margin-top: .5rem; }
.filters label[for] { display: inline-block; width: 5rem; font-weight: 600; margin-right: 1rem; }
button, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: .25rem; padding: .2rem .6rem; max-width: 100%; }
[hidden] { display: none; }
@media screen {
  .filtered { display: none; }
  .long .result { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
}

@media screen and (max-width: 40rem) {
  body { padding-top: 1rem; }
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  th, td, .numbers td:nth-child(n + 3) { border: 0; padding: .1rem 0; text-align: left; }
  [data-label] { display: flex; gap: .75rem; }
  [data-label]::before { content: attr(data-label) / ""; flex: 0 0 7.5rem; color: var(--quiet); font-weight: 400; }
  [data-label] > div { min-width: 0; }
  [data-label]:has(.zero) { display: none; }
  article { padding: .75rem .9rem; }
  .legend div { display: block; }
}
@media print {
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, .filters { display: none; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  h2, h3, h4, summary, .kicker { break-after: avoid; }
  li, tr, .todo, .gate, .control, .facts div { break-inside: avoid; }
  .rest > li, .findings { break-inside: auto; }
  a { color: inherit; }
  .gate, .badge, .todo { print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
