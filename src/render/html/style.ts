/** Paper is light; a screen is as its reader asks. Every pair of text and ground has a contrast of at least 4.5 to 1. */
export const style = `
:root {
  color-scheme: light;
  --text: #1b2127; --quiet: #535d68; --ground: #fff; --raised: #f5f7f9; --line: #cfd6dd; --link: #0b57a4;
  --bad: #a3201a; --bad-ground: #fdebe9; --open: #734a00; --open-ground: #fdf1d8;
  --good: #1a6136; --good-ground: #e4f4ea; --info: #0b4f94; --info-ground: #e6f0fb;
  --bad-fill: #c23a2f; --open-fill: #e0a32a; --good-fill: #3c9a62; --info-fill: #3b7fc9;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --text: #e6eaee; --quiet: #a9b4bf; --ground: #101418; --raised: #181e24; --line: #3a444e; --link: #8cc0ff;
    --bad: #ffa49b; --bad-ground: #3d1815; --open: #f3cb77; --open-ground: #362a0c;
    --good: #86d8a1; --good-ground: #10301c; --info: #9bc8ff; --info-ground: #122b46;
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
.tone-attested, .tone-new, .tone-grown { --tone: var(--info); --tone-ground: var(--info-ground); }
.fill-fail { fill: var(--bad-fill); background: var(--bad-fill); }
.fill-inconclusive { fill: var(--open-fill); background: var(--open-fill); }
.fill-attested { fill: var(--info-fill); background: var(--info-fill); }
.fill-pass { fill: var(--good-fill); background: var(--good-fill); }
.fill-not-applicable { fill: var(--line); background: var(--line); }

* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 62rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
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
main > section { margin-top: 2.5rem; }
main > .grouping { margin-top: 1rem; }
section > * + *, .stack > * + * { margin-top: .75rem; }
h4 + ul, h4 + p, h4 + table, p + ul { margin-top: .25rem; }
.about + .about { margin-top: 1.75rem; }
ul, ol { padding-left: 1.25rem; }
.total { color: var(--quiet); font-weight: 400; font-size: .9em; margin-left: .25rem; }
.more, .kind, .mark, .hash, .zero, .place, .facts dt { color: var(--quiet); }

.chosen { display: block; font-size: 1rem; margin-top: .25rem; color: var(--open); }
.top { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: stretch; }
.top > div { flex: 1 1 20rem; min-width: 0; align-self: center; }
.outcome {
  padding: .6rem 1.25rem; border-left: .5rem solid var(--tone); border-radius: .25rem; background: var(--tone-ground);
  font-size: 1.9rem; line-height: 1.2; font-weight: 700; color: var(--tone); text-transform: uppercase;
}
.outcome .label { font-size: 1rem; font-weight: 400; text-transform: none; display: block; }
.identity { margin-top: .2rem; color: var(--quiet); }
.identity > span + span::before { content: "·"; margin: 0 .45rem; }
.identity .short { max-width: 100%; }
.warning { color: var(--open); font-size: .9rem; }

.bar { display: block; width: 100%; height: 1rem; border-radius: .25rem; background: var(--line); }
.verdicts { margin-top: 1rem; }
.key { display: flex; flex-wrap: wrap; gap: .15rem 1.5rem; margin-top: .4rem; padding: 0; list-style: none; }
.key a, .areas a { color: inherit; }
.dot { display: inline-block; width: .75rem; height: .75rem; margin-right: .35rem; border-radius: .15rem; }
.columns { display: grid; grid-template: auto 1fr / repeat(2, minmax(0, 1fr)); gap: 1.25rem 2rem; margin-top: 1.25rem; }
.columns > section { grid-column: 1; margin: 0; }
.columns > .first { grid-area: 1 / 2 / span 2; align-self: start; }
.columns:not(:has(.first)) { grid-template-columns: 1fr; }
.columns h2, .areas h2 { font-size: 1.05rem; }
.problems, .steps { margin: .4rem 0 0; padding-left: 1.4rem; }
.problems li { margin-top: .35rem; }
.problems a { color: var(--text); font-weight: 600; }
.problems .names { display: block; font-size: .85rem; color: var(--quiet); }
.columns .first { padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .25rem; background: var(--raised); }
.steps li { margin-top: .45rem; }
.steps li::marker { font-weight: 700; }
.closes { color: var(--quiet); white-space: nowrap; }
.where { display: block; font-size: .9rem; }
.areas ul { margin-top: .4rem; padding: 0; list-style: none; }
.areas li { display: grid; grid-template-columns: auto auto; gap: .1rem 1rem; align-items: baseline; padding: .15rem 0; }
.areas .bar { grid-area: 2 / 1 / auto / span 2; height: .5rem; }
.areas .count { font-size: .85rem; color: var(--quiet); text-align: right; }
.on-narrow { display: none; }

.scroll { overflow-x: auto; }
.matrix { width: auto; }
.matrix th[scope=col] { min-width: 4.5rem; max-width: 9rem; vertical-align: bottom; overflow-wrap: anywhere; }
.matrix tbody th { min-width: 12rem; }
.matrix td, .matrix th { padding: .25rem .6rem .25rem 0; }
.cell { padding: .2rem .5rem; text-align: center; background: var(--tone-ground, transparent); color: var(--tone, var(--quiet)); border: 2px solid var(--ground); white-space: nowrap; }
.cell a { color: inherit; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { position: relative; }
.permalink { font-weight: 400; color: var(--quiet); padding: 0 .3rem; }
pre { margin: 0; padding: .6rem .9rem; overflow-x: auto; background: var(--raised); border-radius: .25rem; font-size: .85rem; overflow-wrap: normal; }
.inline { font-size: .92em; overflow-wrap: anywhere; }
.snippet summary { font-weight: 400; }
.type { color: var(--quiet); font-size: .85rem; }
.groups { padding: 0; list-style: none; }
.group { padding: .5rem 0; border-top: 1px solid var(--line); }
.chips { display: flex; flex-wrap: wrap; gap: .2rem .9rem; padding: 0; list-style: none; font-size: .9rem; }
.grouping summary h2 { display: inline; }
.sign-off, .choice { margin-top: .75rem; }
.appendix > section { margin-top: 1.5rem; }
.appendix > section > h2 { font-size: 1.1rem; }
:target { outline: 2px solid var(--link); outline-offset: 4px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem 1.5rem; }
.facts dt { font-size: .8rem; color: var(--quiet); }
.facts div:last-child { grid-column: 1 / -1; }
.hash { font-size: .75rem; }
.counts { margin-top: 1.25rem; }

.badge.tone-critical, .badge.tone-high { border-color: currentColor; }
.badge.tone-critical { background: var(--text); color: var(--ground); }
.kicker { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: center; font-size: .9rem; }
.kicker .badge { text-transform: uppercase; letter-spacing: .02em; }

article { margin-top: .75rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: .35rem solid var(--tone, var(--line)); border-radius: .25rem; }
article > * + * { margin-top: .5rem; }
article .kicker + h3 { margin-top: .35rem; }
.wanted { color: var(--quiet); font-weight: 400; }
.findings, .gaps ul, .rest, .subjects { list-style: none; padding: 0; }
.findings > li, .gaps > ul > li { padding: .4rem 0; border-top: 1px solid var(--line); }
.subjects code { font-weight: 600; }
.subjects .place code { font-weight: 400; }
.subjects .badge { margin-left: .4rem; }
.badge.tone-unchanged, .badge.tone-accepted { --tone: var(--quiet); border-color: transparent; font-weight: 400; }
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
.filters p { display: inline-block; max-width: 100%; margin: .5rem 1.5rem 0 0; }
.filters label[for] { display: inline-block; min-width: 5rem; font-weight: 600; margin-right: .2rem; }
button, select, input[type=search] { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: .25rem; padding: .2rem .6rem; max-width: 100%; }
[hidden] { display: none; }
@media screen {
  .filtered, .unmatched, .elsewhere, .sign-off { display: none; }
  .long .result { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
}

@media screen and (max-width: 40rem) {
  body { padding-top: .75rem; }
  h1 { font-size: 1.25rem; }
  .columns .first { padding: .6rem .8rem; }
  .columns { grid-template: none / minmax(0, 1fr); }
  .columns > .first { grid-area: auto; }
  .identity { font-size: .9rem; line-height: 1.35; }
  .verdicts { margin-top: .5rem; }
  .columns { row-gap: .6rem; margin-top: .6rem; }
  .problems .names { line-height: 1.3; }
  .problems li:nth-child(n + 4), .on-wide { display: none; }
  .on-narrow { display: block; }
  table:not(.matrix), table:not(.matrix) :is(tbody, tr, th, td) { display: block; }
  .outcome { padding-block: .3rem; font-size: 1.3rem; flex: 1 1 100%; }
  .outcome .label { display: inline; }
  table:not(.matrix) thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table:not(.matrix) tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  table:not(.matrix) :is(th, td), .numbers td:nth-child(n + 3) { border: 0; padding: .1rem 0; text-align: left; }
  [data-label] { display: flex; gap: .75rem; }
  [data-label]::before { content: attr(data-label) / ""; flex: 0 0 7.5rem; color: var(--quiet); font-weight: 400; }
  [data-label] > div { min-width: 0; }
  [data-label]:has(.zero) { display: none; }
  article { padding: .75rem .9rem; }
  .legend div { display: block; }
}
@media print {
  @page {
    margin: 15mm 15mm 18mm;
    @bottom-left { content: "Security review"; font: 8pt sans-serif; color: #535d68; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #535d68; }
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, .filters, .permalink, .snippet, .grouping, .choice { display: none; }
  body:not(:has(#print-appendix:checked)) .appendix { display: none; }
  .sign-off { break-inside: avoid; }
  .sign-off td { height: 12mm; min-width: 30mm; border: 1px solid var(--line); }
  .scroll { overflow: visible; }
  .todo .where a::after { content: " (" attr(href) ")"; font-size: .8em; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  h2, h3, h4, summary, .kicker, .wanted { break-after: avoid; }
  body:not(:has(#print-appendix:checked)) .aside { display: none; }
  li, tr, .todo, .top, .columns, .control, .facts div { break-inside: avoid; }
  .rest > li, .findings { break-inside: auto; }
  a { color: inherit; }
  .outcome, .badge, .todo, .bar, .dot, .cell { print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
