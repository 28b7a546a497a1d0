import { describe, expect, test } from 'vitest';
import { holdStyles, setProse } from './set-prose.ts';

const formula = (tex: string) =>
  `<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span><span class="katex-html">x</span></span>`;

describe('text of a document', () => {
  test('short words hold to the next one, also before a formula or after a tag', () => {
    expect(setProse('<p>Решите в уме и <b>с листа</b></p>')).toBe('<p>Решите в\u00a0уме и\u00a0<b>с\u00a0листа</b></p>');
  });

  test('code stays as it was typed', () => {
    const html = '<pre><code class="language-python">a = 5 # в уме</code></pre><p><code>1 в 2</code></p>';
    expect(setProse(html)).toBe(html);
  });

  test('attributes stay as they are', () => {
    const html = '<p><img alt="Угол в круге" src="/x"></p>';
    expect(setProse(html)).toBe(html);
  });
});

describe('styles', () => {
  test.each([
    ['<span class="strut" style="height:1em;">x</span>', '<span class="strut" data-style="height:1em;">x</span>'],
    ['<svg style="a"><path style="b"/></svg>', '<svg data-style="a"><path data-style="b"/></svg>'],
    ['<code>&lt;p style="color:red"></code>', '<code>&lt;p style="color:red"></code>'],
    ['<p>атрибут style="x"</p>', '<p>атрибут style="x"</p>'],
    ['<img alt="a style=&#34;x&#34;" src="/x">', '<img alt="a style=&#34;x&#34;" src="/x">'],
  ])('%s', (html, held) => {
    expect(holdStyles(html)).toBe(held);
  });
});

describe('formulas', () => {
  test('a short one stays whole, a long one may break', () => {
    expect(setProse(formula('y = kx + m'))).toContain('class="katex md-whole"');
    expect(setProse(formula('27^{\\frac{2}{3}} = \\left(\\sqrt[3]{27}\\right)^2 = 3^2 = 9 = 1 + 2 + 6'))).not.toContain('md-whole');
  });

  test('each is judged by its own source', () => {
    const html = setProse(`${formula('a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p')} и ${formula('x')}`);
    expect(html.match(/md-whole/g)).toHaveLength(1);
    expect(html.indexOf('md-whole')).toBeGreaterThan(html.indexOf(' и'));
  });

  test('what closes after a formula holds to it', () => {
    expect(setProse(`«это ${formula('f')}»`)).toContain('</span>\u2060»');
  });

  test('its spoken twin is left alone', () => {
    expect(setProse('<math><mtext>n в k</mtext></math>')).toBe('<math><mtext>n в k</mtext></math>');
  });
});
