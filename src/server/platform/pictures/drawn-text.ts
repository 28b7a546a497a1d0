/**
 * Text as paths, so that a picture needs no font of the machine it is made on: a container has none, and two servers would draw differently. The
 * letters are Roboto's, from the package whose style sheets the site could use as well.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Font, Glyph } from 'opentype.js';

export type Weight = 400 | 600;

export interface TextStyle {
  size: number;
  weight: Weight;
  colour: string;
  anchor?: 'start' | 'middle' | 'end';
  /** What is wider is set smaller, down to a half, and then ends with «…». */
  width?: number;
}

export interface Pen {
  /** An SVG element that shows the text, its line standing at y. */
  write(text: string, x: number, y: number, style: TextStyle): string;
  widthOf(text: string, style: Pick<TextStyle, 'size' | 'weight'>): number;
}

interface PlacedGlyph {
  font: Font;
  glyph: Glyph;
  x: number;
}

/** A letter is taken from the first that has it. */
const subsets = ['latin', 'cyrillic', 'latin-ext', 'cyrillic-ext'];
const weights = [400, 600] as const;

let pen: Promise<Pen> | undefined;

/** Reads the fonts when they are needed first: 100 kB that most processes never draw with. */
export function takePen(): Promise<Pen> {
  pen ??= makePen();
  return pen;
}

async function makePen(): Promise<Pen> {
  const { default: opentype } = await import('opentype.js');
  const read = async (subset: string, weight: Weight): Promise<Font> => {
    const path = fileURLToPath(import.meta.resolve(`@fontsource/roboto/files/roboto-${subset}-${weight}-normal.woff`));
    const bytes = await readFile(path);
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  };
  const fonts = new Map(
    await Promise.all(weights.map(async (weight) => [weight, await Promise.all(subsets.map((subset) => read(subset, weight)))] as const)),
  );

  /**
   * The signs with their places; those that no font has are left out. One by one, because the library knows few of the rules by which this font joins
   * letters, and throws at the others.
   */
  function placed(text: string, { size, weight }: Pick<TextStyle, 'size' | 'weight'>): { glyphs: PlacedGlyph[]; width: number } {
    const glyphs: PlacedGlyph[] = [];
    let x = 0;
    for (const sign of text) {
      const font = fonts.get(weight)?.find((candidate) => candidate.charToGlyphIndex(sign) > 0);
      if (!font) continue;
      const glyph = font.charToGlyph(sign);
      const scale = size / font.unitsPerEm;
      const last = glyphs.at(-1);
      if (last?.font === font) x += font.getKerningValue(last.glyph, glyph) * scale;
      glyphs.push({ font, glyph, x });
      x += (glyph.advanceWidth ?? 0) * scale;
    }
    return { glyphs, width: x };
  }

  const widthOf: Pen['widthOf'] = (text, style) => placed(text, style).width;

  function fitted(text: string, style: TextStyle): { text: string; size: number } {
    const { size, weight, width = Number.POSITIVE_INFINITY } = style;
    const smaller = Math.max(size / 2, Math.min(size, (size * width) / Math.max(1, widthOf(text, style))));
    let shown = text;
    while (shown !== '' && widthOf(shown === text ? shown : `${shown}…`, { size: smaller, weight }) > width + 0.01) {
      shown = [...shown].slice(0, -1).join('').trimEnd();
    }
    return { text: shown === text ? text : `${shown}…`, size: smaller };
  }

  return {
    widthOf,
    write(text, x, y, style) {
      const { text: shown, size } = fitted(text, style);
      const { glyphs, width } = placed(shown, { size, weight: style.weight });
      const from = style.anchor === 'middle' ? x - width / 2 : style.anchor === 'end' ? x - width : x;
      const path = glyphs.map((at) => at.glyph.getPath(from + at.x, y, size).toPathData(1)).join('');
      return `<path fill="${style.colour}" d="${path}"/>`;
    },
  };
}
