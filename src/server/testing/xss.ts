/** What attackers type, one trick a line. */
export const payloads = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></ScRiPt>',
  'a <script>alert(1)</script> b',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)" />',
  '<svg onload=alert(1)><animate onbegin=alert(1) /></svg>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content="0;url=//evil.example">',
  '<style>*{display:none}</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<a href="javascript:alert(1)">x</a>',
  '<details open ontoggle=alert(1)>',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php <script>alert(1)</script> ?>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '</p></div><script>alert(1)</script>',
  '<div\n\nonclick=alert(1)>x</div>',
  '> <script>alert(1)</script>\n\n- <img src=x onerror=alert(1)>',
  '| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x]( javascript:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](&#x6A;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](file:///etc/passwd)',
  '[x](blob:https://school.example/1)',
  '[x](view-source:https://school.example)',
  '[x][y]\n\n[y]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '<data:text/html,x>',
  'javascript:alert(1) www.evil.example"onmouseover=alert(1)',
  'https://evil.example/"onmouseover="alert(1)',
  '[x](/\\evil.example)',
  '[x](https://school.example@evil.example)',
  '[x](https://school.example//evil.example)',
  '[x](/a"onmouseover="alert(1) \'"onclick="alert(1)\')',
  '[x](#"><script>alert(1)</script>)',
  '[x](files/a.txt"onclick=alert(1))',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![x](https://evil.example/track.gif)',
  '![" onerror="alert(1)](files/a.png)',
  '![x](files/a.png "\\" onerror=\\"alert(1)")',
  '![<script>alert(1)</script>](files/a.png)',
  '![<!--x-->](files/a.png "<!--y-->")',
  '![x][y]\n\n[y]: data:text/html,x',
  '[<img src=x onerror=alert(1)>](https://evil.example)',
  '## <img src=x onerror=alert(1)>',
  '## " onclick="alert(1)',
  '[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: <script>alert(1)</script>',
  '[^<b>]\n\n[^<b>]: [x](javascript:alert(1))',
  '```html\n<script>alert(1)</script>\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '```python onload=alert(1)\n<script>"\'</script>\n```',
  '```math&#32;math-display\n\\href{javascript:alert(1)}{x}\n```',
  '```xml\n<a b="</code></pre><script>alert(1)</script>">\n```',
  '`<script>alert(1)</script>`',
  '$\\href{javascript:alert(1)}{x}$',
  '$\\href{https://evil.example}{x}$',
  '$\\url{javascript:alert(1)}$',
  '$\\includegraphics[width=1em]{https://evil.example/x.png}$',
  '$\\htmlClass{evil}{x}$',
  '$\\htmlId{root}{x}$',
  '$\\htmlStyle{position:fixed;inset:0;background:url(//evil.example)}{x}$',
  '$\\htmlData{a=b}{x}$',
  '$\\gdef\\h{\\href{javascript:alert(1)}}\\h{x}$',
  '$\\text{<script>alert(1)</script>}$',
  '$<img src=x onerror=alert(1)>$',
  '$</annotation></semantics></math><script>alert(1)</script>$',
  '$\\unknown"><script>alert(1)</script>$',
  '$\\color{red;background:url(javascript:alert(1))}{x}$',
  '$\\textcolor{#fff"onclick="alert(1)}{x}$',
  '$$\n\\frac{<script>alert(1)</script>}{"onclick="}\n$$',
  '- [x] <input onfocus=alert(1) autofocus>',
  '**<script>alert(1)</script>** ~~<svg/onload=alert(1)>~~',
];

const formulaTags =
  'span math semantics mrow mi mo mn mtext mfrac msup msub msubsup msqrt mroot mover munder munderover mtable mtr mtd mspace mstyle mpadded mphantom menclose annotation svg path line';
const tags = new Set(
  `p h2 h3 h4 h5 h6 blockquote ul ol li strong em del code pre table thead tbody tr th td hr br a img input sup section div mark ${formulaTags}`.split(
    ' ',
  ),
);
const attributes = new Set(
  (
    'href target rel title download src srcset sizes alt width height loading decoding class id role tabindex aria-label aria-hidden aria-describedby scope align ' +
    'type checked disabled data-at data-to data-whole data-mark data-footnotes data-footnote-ref data-footnote-backref start style xmlns encoding display mathvariant mathcolor ' +
    'stretchy fence separator lspace rspace minsize maxsize columnalign columnspacing rowspacing columnlines rowlines accent accentunder ' +
    'scriptlevel displaystyle linethickness viewBox preserveAspectRatio d x1 y1 x2 y2 stroke-width notation mathsize mathbackground voffset'
  ).split(' '),
);

// Our writer always quotes values, so this reads exactly what a browser would; whatever it does not take for a tag must hold no «<».
const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[A-Za-z][\w-]*(?:="[^"]*")?)*)\s*\/?>/g;

/** What in HTML could act or reach out. @param expected where pictures come from, and how ids begin */
export function dangers(html: string, { src = /^\/f\/x\?/, id = /^s-/ } = {}): string[] {
  const found: string[] = [];
  const rest = html.replace(tag, (_, closing: string, name: string, written: string) => {
    if (!tags.has(name)) found.push(`<${name}>`);
    if (closing) return '';
    for (const [, attribute = '', value = ''] of written.matchAll(/\s+([A-Za-z][\w-]*)(?:="([^"]*)")?/g)) {
      if (!attributes.has(attribute)) found.push(`${name} ${attribute}`);
      if (attribute === 'href' && !/^(https?:\/\/|mailto:|\/(?![/\\])|#)/.test(value)) found.push(`href ${value}`);
      if (attribute === 'href' && /^https?:/.test(value) && !/rel="noopener noreferrer nofollow(?: ugc)?"/.test(written))
        found.push(`bare ${value}`);
      if (attribute === 'src' && !src.test(value)) found.push(`src ${value}`);
      if (attribute === 'style' && /url|expression|position:\s*fixed|@import|javascript/i.test(value)) found.push(`style ${value}`);
      if (attribute === 'id' && !id.test(value)) found.push(`id ${value}`);
    }
    return '';
  });
  if (rest.includes('<')) found.push(`rest ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 60)}`);
  return found;
}
