/** HTML whose holes are escaped: what people and bots write never becomes markup. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Hole = Html | string | number | null | undefined | false | readonly Hole[];

export function html(parts: TemplateStringsArray, ...holes: Hole[]): Html {
  return new Html(parts.reduce((made, part, index) => made + fill(holes[index - 1]) + part));
}

function fill(hole: Hole): string {
  if (hole instanceof Html) return hole.source;
  if (Array.isArray(hole)) return hole.map(fill).join('');
  return hole === null || hole === undefined || hole === false ? '' : escapeHtml(String(hole));
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
