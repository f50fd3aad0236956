/** Newspaper calm from the reader's own fonts. Every colour pair is at least 4.5 : 1 in both schemes. */
export const style = `:root{color-scheme:light dark;
--paper:#fbfaf6;--card:#fff;--ink:#1e1c19;--soft:#5b554b;--rule:#d9d3c6;--link:#1c4c7c;--mark:#fbe8a6;
--red:#9a1c1c;--amber:#7d5200;--green:#1c663a;--grey:#5b554b;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Book Antiqua",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{
--paper:#171613;--card:#211f1b;--ink:#ece8e0;--soft:#b3ac9f;--rule:#3d3932;--link:#a3c9ee;--mark:#5c4a10;
--red:#ff9c92;--amber:#f0c269;--green:#8fd8a6;--grey:#b3ac9f}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:1.0625rem/1.55 var(--serif);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:64rem;padding:0 1.25rem 3rem}
a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.16em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
h1,h2,h3,h4{line-height:1.2;text-wrap:balance;margin:0}
p{margin:.4rem 0;text-wrap:pretty}
ul,ol{list-style:none;margin:0;padding:0}
.masthead{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;justify-content:space-between;
padding:1.1rem 0 .9rem;border-bottom:3px double var(--ink)}
.name{margin:0;font-size:1.7rem;font-weight:700;letter-spacing:-.01em}.name a{color:inherit;text-decoration:none}
form{display:flex;flex-wrap:wrap;gap:.4rem .5rem;align-items:center;font:.9rem/1.3 var(--sans)}
label{color:var(--soft)}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:4px;padding:.4rem .6rem;min-height:2.4rem}
input[type=search]{width:15rem;max-width:100%}
button{font-weight:600;cursor:pointer}button:hover{background:var(--paper);border-color:var(--ink)}
h1{font-size:clamp(2.1rem,6vw,3.2rem);letter-spacing:-.02em;margin:2.2rem 0 .4rem}
h2{font-size:1.45rem;margin:2.6rem 0 1rem;padding-top:.6rem;border-top:1px solid var(--ink)}
.lede{font-size:1.1rem;color:var(--soft)}
.day{margin:.9rem 0}
.past{border-left:4px solid var(--amber);background:var(--card);padding:.6rem 1rem}
.people{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
.person{background:var(--card);border:1px solid var(--rule);border-top:5px solid var(--tone,var(--grey));border-radius:0 0 4px 4px;padding:.9rem 1rem 1rem;display:flex;flex-direction:column}
.person h3{font-size:1.25rem}
.person p,.person ul{margin:.2rem 0}
.status{font-size:1.1rem}
.status strong,.status span{color:var(--tone,var(--ink))}
.since b{font-variant-numeric:tabular-nums}
.confirmation,.sources,.dates,.why,.counts,.deeds,details,footer{font:.86rem/1.45 var(--sans)}
.confirmation{font-weight:600}
small{font-size:1em}
.dates,.why,footer,small{color:var(--soft)}
.dates time,.since time{white-space:nowrap}
.sources li{overflow-wrap:anywhere}
.strip{display:block;width:100%;height:.6rem;margin:.7rem 0 .5rem;border-radius:2px}
.strip rect{fill:var(--tone)}.strip .s-unknown{fill:var(--rule)}
.s-detained,.s-imprisoned-again,.s-convicted,.s-extradited{--tone:var(--red)}
.s-house-arrest{--tone:var(--amber)}.s-free{--tone:var(--green)}.s-unknown{--tone:var(--grey)}
summary{cursor:pointer;color:var(--link);padding:.2rem 0}
.history li{border-left:2px solid var(--rule);padding:.1rem 0 .4rem .7rem;margin:.3rem 0}
q{font-family:var(--serif);font-size:1.06em;font-style:italic}
.year{display:grid;grid-template-columns:5.5rem 1fr;gap:0 1.5rem;margin-top:1.4rem}
.year>h3{font-size:1.5rem;font-variant-numeric:oldstyle-nums;color:var(--soft);position:sticky;top:.6rem;align-self:start}
.story{padding:0 0 1.3rem;margin-bottom:1.3rem;border-bottom:1px solid var(--rule);max-width:46rem}
.story:last-child{border-bottom:0;margin-bottom:0}
.story h4,.story h2{font-size:1.28rem;border:0;margin:0;padding:0}
.story h4 a,.story h2 a{color:var(--ink);text-decoration-color:var(--soft)}
.story p,.story ul{margin:.25rem 0}
.deeds li{padding-left:.8rem;border-left:2px solid var(--rule);margin:.4rem 0}
.late{border:1px solid var(--amber);color:var(--amber);border-radius:3px;padding:0 .35rem;white-space:nowrap}
.why{font-style:italic}
.cases{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));margin:1.2rem 0}
.cases li,.newcomer{background:var(--card);border:1px solid var(--rule);border-radius:4px;padding:1rem 1.2rem}
.cases h2{border:0;margin:0;padding:0;font-size:1.6rem}
.newcomer{margin:1.2rem 0;max-width:46rem}.newcomer ul li{margin:.5rem 0 0 1.1rem;list-style:disc}
.trouble li{border-left:3px solid var(--amber);padding-left:.8rem;margin:.5rem 0}.trouble .dates{display:block}
code{font:.9em ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;background:var(--card);border:1px solid var(--rule);border-radius:3px;padding:.05rem .3rem;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;padding:0 .1em}
nav{font:.9rem/1.3 var(--sans);display:flex;gap:1rem;flex-wrap:wrap}
.field{display:inline-flex;align-items:center;gap:.4rem;flex-wrap:wrap}
h1.headline{font-size:clamp(1.6rem,4vw,2.3rem)}
.person h3 a{color:inherit}.person.one{max-width:30rem;margin:1rem 0}
.counts a{color:inherit}
table{border-collapse:collapse;font:.86rem/1.45 var(--sans);min-width:100%}
th,td{text-align:start;vertical-align:top;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--rule)}
thead th{color:var(--soft);border-bottom:1px solid var(--ink)}
tbody th{font-weight:600}
.wide{overflow-x:auto}.wide td{min-width:6rem}
.wide q{display:block;min-width:14rem}
.feed-healthy{color:var(--green)}.feed-degraded,.feed-silent,.feed-stale{color:var(--amber)}.feed-dead{color:var(--red)}
.facts{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1.2rem;font:.9rem/1.45 var(--sans);margin:0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.days{margin:0}.days .bars{display:block;width:100%;height:8rem;border-bottom:1px solid var(--soft)}.days figcaption{display:flex;justify-content:space-between}
.scroll{max-height:12rem;overflow:auto}ol.history{font:.9rem/1.45 var(--sans);max-width:46rem}
.through{gap:.3rem 1rem;margin:0 0 .4rem}.through p{margin:0;flex:1 1 9rem}.through b{font-weight:700;white-space:nowrap}
.axis{flex:0 0 100%;min-width:0}.axis svg{display:block;width:calc(100% - 16px);margin:0 8px;overflow:visible}
.bars{height:2.4rem;fill:var(--link)}.bars .later{fill:var(--soft);opacity:.4}.ticks{height:1.3rem}.ticks line{stroke:var(--soft)}.ticks text{font:11px var(--sans);fill:var(--soft);text-anchor:middle}
#slider{width:100%;min-height:1.6rem;margin:0;display:block;scroll-margin-top:18rem}
.graph{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.5rem;align-items:start}
.company{width:100%;max-width:32rem}.company line{stroke:var(--rule)}.company circle{fill:var(--link)}
.company circle.self{fill:var(--ink)}.company text{font:11px var(--sans);fill:var(--ink)}.company text.self{font-weight:700}
del,ins{text-decoration:none}del{border-left:3px solid var(--red);padding-left:.6rem;display:block}ins{border-left:3px solid var(--green);padding-left:.6rem;display:block}
#live:not([hidden]){position:sticky;bottom:.8rem;background:var(--card);border:1px solid var(--ink);border-radius:4px;padding:.6rem 1rem;font:600 .95rem/1.4 var(--sans)}
.older{font:600 1rem/1.4 var(--sans);margin-top:1rem}
.bar{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;justify-content:space-between;align-items:center;padding:.6rem 0;border-bottom:1px solid var(--rule)}
[aria-current]{color:inherit;font-weight:700;text-decoration:none}
.stacked{display:grid;gap:.8rem;max-width:34rem;justify-items:start}.stacked .field{display:grid;width:100%}.stacked input,.stacked select{width:100%}
.rules{display:grid;gap:1rem;margin:1rem 0}.rule{background:var(--card);border:1px solid var(--rule);border-radius:4px;padding:1rem 1.2rem;min-width:0}
.rule h2,.newcomer h2,.news h2{border:0;margin:0;padding:0;font-size:1.28rem}.newcomer h3{font-size:1rem;margin:.8rem 0 0}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-top:.5rem}.one{display:inline-flex}
.good{border-left:4px solid var(--green);background:var(--card);padding:.6rem 1rem}
.d-delivered,.d-sent{color:var(--green)}.d-failed{color:var(--red)}.d-held,.d-suspended{color:var(--amber)}
.when{margin:1rem 0}.when .day{margin:0}.turns{font:.86rem/1.9 var(--sans);color:var(--soft)}.turns a{margin-inline-end:.5rem;white-space:nowrap}
.turns a[hidden]{display:none}.turns [aria-current]{color:var(--ink)}
input[type=range]{padding:0;border:0;background:none;accent-color:var(--link)}
.news{background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--link);padding:.9rem 1.2rem;margin:1.2rem 0}
.filter{margin:0 0 1rem}.first{font-weight:600;color:var(--soft)}.first::before{content:"· "}
th small{font-weight:400;overflow-wrap:anywhere}.one button{white-space:nowrap}.open{border-top:1px solid var(--rule);margin-top:3rem;padding-top:.8rem}
.tone{color:var(--tone,var(--ink))}
footer{border-top:3px double var(--ink);margin-top:3rem;padding-top:.8rem}
@media (max-width:40rem){.cards thead,.cards td:empty{display:none}.cards :is(table,tbody,tr,th,td){display:block}.cards :is(th,td){border:0;padding:.15rem 0;min-width:0}.cards tr{border-bottom:1px solid var(--rule);padding:.5rem 0}.cards td[data-is]::before{content:attr(data-is) ": ";color:var(--soft)}.facts{display:block}.facts dd{margin:0 0 .6rem}.wide tbody th{min-width:11rem}.year{display:block}.year>h3{position:static;margin-bottom:.8rem}search,search form{width:100%}search input[type=search]{flex:1}search label{width:100%}}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--rule:#999;--link:#000;--mark:#eee}html{font-size:10.5pt}body{max-width:none;padding:0}
form,nav,.skip,.older,#live,summary{display:none}.coverage summary,.through{display:block;color:inherit}.through>:not(.axis),#slider,.filter{display:none}details>*{display:block}details::details-content{content-visibility:visible;display:block}
.person,.story,tr{break-inside:avoid}.wide{overflow:visible}h2,h3{break-after:avoid}.year>h3{position:static}
.sources a[href^=http]::after,.story h4 a::after{content:" <" attr(href) ">";font-size:.8em;overflow-wrap:anywhere}}
`;

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#1e1c19"/><path d="M8 24V8l16 16V8" fill="none" stroke="#fbfaf6" stroke-width="3.4"/></svg>`;
