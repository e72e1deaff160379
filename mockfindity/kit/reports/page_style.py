"""How the page of a report looks: light and dark, on a telephone and on paper."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --raised: #ffffff; --ink: #1c2024; --quiet: #62686f; --line: #e2e3e5;
  --good: #1a7f4b; --bad: #c0322b; --warn: #9a6400; --proof: #fff4d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --raised: #1c2024; --ink: #e8eaed; --quiet: #9aa2ab; --line: #31373d;
    --good: #4cc38a; --bad: #ff7b72; --warn: #e3b341; --proof: #3a3115;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem;
  background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 2rem 0 .75rem; }
h2 small { color: var(--quiet); font-weight: 600; margin-right: .25em; }
h3 { font-size: .9rem; margin: 1.25rem 0 .5rem; color: var(--quiet); font-weight: 600; }
header p, footer { color: var(--quiet); margin: .25rem 0 0; }
footer { margin-top: 2rem; font-size: .85rem; }
code, pre, .asked, .at { font-family: ui-monospace, monospace; font-size: .85em; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; }
.counts li {
  background: var(--raised); border: 1px solid var(--line); border-radius: .5rem;
  padding: .35rem .8rem;
}
.counts b { font-size: 1.25rem; margin-right: .15em; }
.counts .passed b, tr.passed .verdict b { color: var(--good); }
.counts .violated b, tr.violated .verdict b { color: var(--bad); }
.counts .should b, tr.should .verdict b { color: var(--warn); }
.counts .none b, tr.none .verdict { color: var(--quiet); }
.hint { border-left: 4px solid var(--warn); padding: .25rem .75rem; }
section {
  background: var(--raised); border: 1px solid var(--line); border-left: 4px solid var(--bad);
  border-radius: .5rem; padding: 0 1rem 1rem; margin: 1rem 0;
}
section.should { border-left-color: var(--warn); }
section h2 { margin-top: 1rem; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .5rem 1rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
cite { color: var(--quiet); font-style: normal; display: block; font-size: .85rem; }
.steps { list-style: none; padding: 0; margin: 0; }
.steps li {
  display: grid; grid-template-columns: 4rem 1fr auto; gap: 0 .75rem; align-items: baseline;
  padding: .3rem .5rem; border-top: 1px solid var(--line);
}
.steps li.proof { background: var(--proof); box-shadow: inset 3px 0 var(--warn); }
.steps li.again { display: block; color: var(--quiet); text-align: center; font-size: .85rem; }
.at { color: var(--quiet); text-align: right; }
.status { font-weight: 600; }
.status.good { color: var(--good); }
.status.bad, .fault { color: var(--bad); }
.fault { font-weight: 400; }
.track { grid-column: 2 / -1; position: relative; height: 5px; margin: .2rem 0 .1rem; }
.bar { position: absolute; top: 0; height: 5px; border-radius: 3px; min-width: 3px; }
.bar.good { background: var(--good); }
.bar.bad { background: var(--bad); }
.body { grid-column: 2 / -1; margin: .15rem 0; font-size: .85rem; color: var(--quiet); }
pre { white-space: pre-wrap; margin: .5rem 0 0; }
details { margin-top: 1rem; }
summary { cursor: pointer; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; color: var(--quiet); font-weight: 600; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
th, td:first-child, td:nth-child(2) { white-space: nowrap; overflow-wrap: normal; }
.number, th:last-child { text-align: right; padding-right: 0; }
a { color: inherit; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  section { padding: 0 .75rem .75rem; }
  .steps li { grid-template-columns: 1fr auto; padding: .3rem; }
  .at { text-align: left; grid-column: 1; }
  .status { grid-column: 2; grid-row: 1; }
  .asked, .track, .body { grid-column: 1 / -1; }
  thead, td.number { display: none; }
  tr { display: grid; grid-template-columns: 5rem 1fr; padding: .4rem 0;
    border-bottom: 1px solid var(--line); }
  td { border: 0; padding: 0; }
  td:nth-child(3), td:nth-child(4) { grid-column: 1 / -1; }
}
@media print { body { max-width: none; } section { break-inside: avoid; } }
"""
