// SPDX-License-Identifier: Apache-2.0
// The report's style sheet; see match_report.h. Text and background differ by 4.5 to 1 or more in
// both colour schemes.
#include "match_report.h"

// Rules in order, one line each.
static const char *const style[] = {
    ":root{color-scheme:light dark;--paper:#faf8f5;--card:#fff;--text:#221f26;"
    "--quiet:#5b5563;--line:#ddd7e0;--accent:#74285e;--soft:#f4e9f1;--good:#1c6b45;"
    "--warn:#8a4b00;--chart-1:#8a3a72;--chart-2:#0b6e69;--chart-text:#221f26;"
    "--chart-line:#8b8492}",
    "@media (prefers-color-scheme:dark){:root{--paper:#17151a;--card:#211e25;"
    "--text:#eeeaf1;--quiet:#b9b1c0;--line:#3d3744;--accent:#eba6d4;--soft:#33252f;"
    "--good:#7fd6a8;--warn:#f0b56b;--chart-1:#d387bb;--chart-2:#5fd0c6;"
    "--chart-text:#eeeaf1;--chart-line:#8f8797}}",
    "*{box-sizing:border-box}",
    "html{scroll-behavior:auto;-webkit-text-size-adjust:100%}",
    "body{margin:0;background:var(--paper);color:var(--text);font:1rem/1.55 system-ui,"
    "-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif;"
    "overflow-wrap:break-word}",
    ".page{max-width:64rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}",
    "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem;letter-spacing:-.01em}",
    "h2{font-size:1.375rem;line-height:1.3;margin:3.25rem 0 .75rem;padding-top:1.25rem;"
    "border-top:1px solid var(--line)}",
    "h3{font-size:1.0625rem;line-height:1.4;margin:1.75rem 0 .5rem}",
    "p{margin:.5rem 0 1rem;max-width:44rem}",
    ".quiet{color:var(--quiet)}",
    "a{color:var(--accent);text-underline-offset:.15em}",
    "a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid "
    "var(--accent);outline-offset:2px;border-radius:4px}",
    ".skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--card)}",
    ".skip:focus{left:1rem;top:1rem;z-index:1}",
    "nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1.5rem 0 "
    "0;padding:0}",
    "nav a{display:inline-block;padding:.25rem 0}",
    ".verdict{margin:1.5rem 0;padding:1rem 1.25rem;background:var(--soft);border-left:4px "
    "solid var(--accent);border-radius:0 8px 8px 0}",
    ".verdict p{margin:0}",
    ".verdict p+p{margin-top:.5rem}",
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),"
    "1fr));gap:1rem;margin:1.5rem 0}",
    ".tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;"
    "padding:1rem 1.125rem;display:flex;flex-direction:column-reverse;"
    "justify-content:flex-end}",
    ".tiles dt{color:var(--quiet);font-size:.9375rem;line-height:1.4}",
    ".tiles dd{margin:0;font-size:1.75rem;font-weight:650;line-height:1.25;"
    "font-variant-numeric:tabular-nums;white-space:nowrap}",
    ".tiles small{font-size:.875rem;font-weight:400;color:var(--quiet)}",
    ".plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),"
    "1fr));gap:1.25rem}",
    "figure{margin:0;padding:1.125rem 1.25rem;background:var(--card);border:1px solid "
    "var(--line);border-radius:10px}",
    "figure.wide{grid-column:1/-1}",
    "figcaption{font-weight:600;margin-bottom:.25rem}",
    "figure p{font-size:.9375rem;color:var(--quiet);margin:0 0 .75rem}",
    ".key{display:inline-block;width:1.5rem;height:.6rem;border-radius:2px;margin:0 .25rem "
    "0 0}",
    ".key-1{background:var(--chart-1)}",
    ".key-2{border:2px solid var(--chart-2)}",
    "details{margin:.75rem 0 0}",
    "summary{cursor:pointer;color:var(--accent);padding:.25rem 0;width:fit-content;"
    "max-width:100%}",
    ".scroll{overflow-x:auto;max-width:100%;margin:.75rem 0 1rem}",
    ".scroll td:last-child:not(.number){min-width:13rem}",
    "table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.45}",
    "table+table{margin-top:1.25rem}",
    "caption{text-align:left;font-weight:600;padding:0 0 .5rem}",
    "th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;"
    "border-bottom:1px solid var(--line)}",
    "thead th{font-size:.875rem;color:var(--quiet);font-weight:600;vertical-align:bottom}",
    "tbody th{font-weight:500}",
    ".number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}",
    "th.number,td.number{padding-right:1.25rem}",
    ".name{white-space:nowrap}",
    ".meter{display:block;width:100%;margin-top:.35rem}",
    "td .meter{width:5.5rem;margin-left:auto}",
    ".meter .all{fill:var(--line)}",
    ".meter .part{fill:var(--chart-1)}",
    ".pair{background:var(--card);border:1px solid var(--line);border-radius:10px;"
    "padding:1rem 1.25rem;margin:1rem 0}",
    ".pair h3{margin:0;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;"
    "justify-content:space-between}",
    ".pair .score{font-variant-numeric:tabular-nums;white-space:nowrap}",
    ".pair .score small{font-weight:400;color:var(--quiet)}",
    ".pair ul{margin:.75rem 0 0;padding:0;list-style:none}",
    ".pair li{padding-left:1.5rem;text-indent:-1.5rem;margin:.2rem 0}",
    ".pair li::before{content:\"+\";display:inline-block;width:1.5rem;text-indent:0;"
    "font-weight:700;color:var(--good)}",
    ".pair li.weak::before{content:\"\\2212\";color:var(--warn)}",
    ".pair li.ask::before{content:\"?\";color:var(--warn)}",
    ".pair p{margin:.6rem 0 0;font-size:.9375rem}",
    ".tag{display:inline-block;font-size:.8125rem;font-weight:500;border:1px solid "
    "var(--line);border-radius:99px;padding:0 .6rem;margin-left:.5rem;color:var(--quiet)}",
    ".people{list-style:none;margin:0;padding:0}",
    ".people>li{padding:.75rem 0;border-bottom:1px solid var(--line)}",
    ".people p{margin:.25rem 0}",
    ".rows{padding-left:1.25rem}",
    ".rows li{margin:.3rem 0}",
    "footer{margin-top:3.5rem;padding-top:1.25rem;border-top:1px solid var(--line);"
    "color:var(--quiet);font-size:.9375rem}",
    "@media (max-width:30rem){.page{padding:1.5rem 1rem 3rem}h1{font-size:1.625rem}"
    "h2{font-size:1.25rem}.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:.625rem}"
    ".tiles div{padding:.75rem}.tiles dd{font-size:1.25rem}.pair,figure{padding:.875rem 1rem}"
    ".chart-odd{display:none}}",
    "@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--text:#000;--quiet:#444;"
    "--line:#bbb;--accent:#5a1c48;--soft:#f5f5f5;--good:#0d4d2f;--warn:#6a3a00;"
    "--chart-1:#74285e;--chart-2:#075a56;--chart-text:#000;--chart-line:#666}"
    "@page{margin:15mm 14mm}html{font-size:9.5pt}.page{max-width:none;padding:0}"
    "nav,.skip,details,td .meter{display:none}h1{font-size:1.75rem}h2,h3{break-after:avoid}"
    "h2{margin-top:1.5rem}.tiles{grid-template-columns:repeat(5,1fr);gap:.625rem}"
    ".plots{grid-template-columns:1fr 1fr;gap:.75rem}th,td{padding:.3rem .75rem .3rem 0}"
    ".pair{padding:.75rem 1rem;margin:.625rem 0}"
    ".pair,figure,.tiles div,tr,.people>li,.rows li,.verdict{break-inside:avoid}"
    ".chapter{break-before:page}.chapter>h2{border-top:0;margin-top:0;padding-top:0}"
    ".scroll{overflow:visible}thead{display:table-header-group}"
    "a{color:inherit;text-decoration:none}"
    ".chart-first,.meter .part,.meter .all,.key,.verdict{-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}}",
};

void match_report_style(struct buffer *page)
{
    for (size_t i = 0; i < sizeof style / sizeof style[0]; i++)
        buffer_printf(page, "%s\n", style[i]);
}
