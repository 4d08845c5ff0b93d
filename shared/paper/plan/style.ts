import type { PaperFont } from './html';

/**
 * How the paper looks: black on white, 9 % grey at most, patterns for state, 9.5 pt text and 7.8 pt statements on A4
 * (`ux.md`, Printing). One style for every page; nothing in it depends on the plan.
 */
export const paperStyle = (fonts: readonly PaperFont[]): string =>
  `${fonts.map(fontFace).join('')}${BASE}${TABLES}${CHARTS}${PRINT}`;

const fontFace = ({ family, weight, data }: PaperFont): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};src:url(${data}) format("woff2")}`;

const BASE = `
:root{--sans:"Plex","Plex Greek",sans-serif;--cond:"Plex Condensed","Plex","Plex Greek",sans-serif;--mono:"Plex Mono","Plex Greek",monospace}
*{box-sizing:border-box;margin:0;padding:0}
html{background:#fff;color:#000}
body{font:400 9.5pt/12.6pt var(--sans);font-variant-numeric:tabular-nums lining-nums;text-rendering:geometricPrecision;max-width:186mm;margin:0 auto;padding:10mm 0;overflow-wrap:anywhere}
b,dt b{font-weight:600}
small{display:block;font:400 7.8pt/10pt var(--cond);color:#333}
code{display:block;font:400 7.8pt/10.4pt var(--mono);color:#222;white-space:pre-wrap}
section{margin-bottom:10mm}
section>header{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:2.5px solid #000;padding-bottom:5px;margin-bottom:3mm}
h1{font:600 17pt/21pt var(--sans)}
h2{font:600 11pt/14pt var(--sans);margin:4mm 0 1.5mm;break-after:avoid}
.over,dt,th,figcaption+svg text.none{font:400 7.8pt/10pt var(--cond);letter-spacing:.05em;text-transform:uppercase;color:#333}
.stamp{text-align:right}.short{font:600 11pt/14pt var(--mono)}
.verdict{font:600 12pt/16pt var(--sans);border-left:3px solid #000;padding:1mm 0 1mm 3mm;margin:3mm 0}
.sentence{margin:2mm 0}
ul{margin:1mm 0 2mm 5mm}
.facts{display:grid;grid-template-columns:repeat(4,1fr);border-bottom:1px solid #000}
.facts>div{padding:1.5mm 3mm 1.5mm 0;border-top:.6px solid #999}
.facts>div:nth-child(-n+4){border-top:0}
.facts b{display:block;font-size:12pt;line-height:15pt}
.card{border:2px solid #000;display:grid;grid-template-columns:34mm 1fr;margin-top:3mm;break-inside:avoid}
.card h2{background:#000;color:#fff;margin:0;padding:2.5mm;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.card>div{padding:1.5mm 2.5mm}.card p+p{margin-top:1mm}
.visas{display:grid;grid-template-columns:repeat(3,1fr);gap:2.5mm;margin:2.5mm 0 4mm;break-inside:avoid}
.visas div{border:1px solid #000;min-height:13mm;padding:1mm 2mm;font:400 7.8pt/10pt var(--cond);letter-spacing:.03em;text-transform:uppercase;color:#333}
.hash{font:400 7.8pt/10pt var(--cond);color:#333}.hash code{display:inline}
body>footer{display:flex;justify-content:space-between;border-top:1px solid #000;padding-top:1mm;font:400 7.8pt/10pt var(--cond);color:#222}
`;

const TABLES = `
table{border-collapse:collapse;width:100%;table-layout:fixed}
th{text-align:left;vertical-align:bottom;border-bottom:1.5px solid #000;padding:2px 6px 3px 0}
td{border-bottom:.6px solid #999;padding:3px 6px 3px 0;font-size:9pt;line-height:11.4pt;vertical-align:top}
tr{break-inside:avoid}
thead{display:table-header-group}
td.blank{border-bottom:1px solid #000}
.depth-1{padding-left:4mm}.depth-2{padding-left:8mm}.depth-3{padding-left:12mm}.depth-4{padding-left:16mm}.depth-5{padding-left:20mm}.depth-6{padding-left:24mm}
.box{display:inline-block;width:11px;height:11px;border:1.2px solid #000;vertical-align:-1px}
.line{display:inline-block;width:90%;height:11px;border-bottom:1px solid #000}
tr.gate td{background:#e8e8e8;border-top:1.5px solid #000;border-bottom:1.5px solid #000;padding-top:5px;padding-bottom:5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
tr.no-return{break-after:avoid}tr.no-return td{border:0;padding:4px 0}
tr.no-return div{display:flex;align-items:center;gap:10px;font:600 10.5pt/13pt var(--sans)}
tr.no-return div::before,tr.no-return div::after{content:"";flex:1;border-top:3px double #000}
`;

const CHARTS = `
figure{margin:2mm 0 3mm;break-inside:avoid}
figcaption{font:600 9.5pt/12.6pt var(--sans);margin-bottom:1mm}
.chart{display:block;width:100%;height:auto;font:400 12px/16px var(--cond)}
.chart-patterns{position:absolute}
.chart text{fill:#000}
.chart line,.chart polyline{stroke:#000;fill:none}
line.chart-grid{stroke:#ccc;stroke-width:.6}
text.chart-axis,text.chart-lane,text.chart-note{fill:#333}
rect.chart-bar{fill:#fff;stroke:#000;stroke-width:.8}
rect.chart-bar-critical,circle.chart-point{fill:#000}
circle.chart-predicted{fill:#fff;stroke:#000}
text.chart-bar-text{fill:#fff}
line.chart-whisker{stroke-width:.8}
line.chart-floor{stroke-width:2}text.chart-floor,text.chart-target,text.chart-no-return,text.chart-window-end,text.chart-turn-back,text.chart-gate{font-weight:600}
line.chart-target{stroke-width:1.4;stroke-dasharray:7 4}
line.chart-lever{stroke-width:1.4;stroke-dasharray:1.5 3.5}
rect.chart-gate{fill:#fff;stroke:#000;stroke-width:1.2}
rect.chart-zone-free{fill:#e8e8e8;stroke:none}
rect.chart-zone-reverse{fill:url(#chart-hatch);fill-opacity:.35}
text.chart-zone-name{font-weight:600}
text.chart-zone-name,text.chart-value,text.chart-no-return,text.chart-turn-back,text.chart-window-end{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
line.chart-no-return{stroke-width:3}
line.chart-turn-back{stroke-dasharray:5 3;stroke-width:1.2}
line.chart-window-end{stroke-width:1.6}
line.chart-limit{stroke-width:1.6}
rect.chart-allowed{fill:#e8e8e8;stroke:#000;stroke-width:.8}
rect.chart-over{fill:url(#chart-dense);stroke:#000;stroke-width:.8}
rect.chart-weight{fill:#000}
rect.chart-weight-assumed{fill:#fff;stroke:#000;stroke-dasharray:3 2}
`;

const PRINT = `
@page{size:A4 portrait}
@media print{body{max-width:none;padding:0}section{break-before:page;margin-bottom:0}section:first-of-type{break-before:auto}body>footer{display:none}}
`;
