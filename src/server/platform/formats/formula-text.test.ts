import { expect, test } from 'vitest';
import { formulaAsText } from './formula-text.ts';

test.each([
  ['x^2+y^2=z^2', 'x² + y² = z²'],
  ['x^{10}', 'x¹⁰'],
  ['x_1, x_2', 'x₁, x₂'],
  ['a_{n+1}=a_n+d', 'aₙ₊₁ = aₙ + d'],
  ['-3', '−3'],
  ['2-(-3)', '2 − (−3)'],
  ['\\frac{1}{2}', '1/2'],
  ['\\frac12', '1/2'],
  ['\\frac{a+b}{2}', '(a + b)/2'],
  ['\\dfrac{-b\\pm\\sqrt{D}}{2a}', '(−b ± √D)/2a'],
  ['\\sqrt{x+1}', '√(x + 1)'],
  ['\\sqrt[3]{8}', '³√8'],
  ['\\sqrt 2', '√2'],
  ['a\\le b', 'a ≤ b'],
  ['x \\in [0;1)', 'x ∈ [0;1)'],
  ['x\\not=y', 'x ≠ y'],
  ['\\alpha = 30^\\circ', 'α = 30°'],
  ['\\sin^2 x + \\cos^2 x = 1', 'sin² x + cos² x = 1'],
  ['2\\sin x', '2 sin x'],
  ['\\log_2 8 = 3', 'log₂ 8 = 3'],
  ['\\log_{0{,}5} x', 'log_(0,5) x'],
  ['3{,}14', '3,14'],
  ['S_{\\text{круга}} = \\pi r^2', 'S_круга = πr²'],
  ['5\\text{ км}', '5 км'],
  ['x \\in \\mathbb{R}', 'x ∈ ℝ'],
  ['\\vec{a}\\cdot\\vec{b}', 'a⃗·b⃗'],
  ['\\overrightarrow{AB}', 'AB\u20d7'],
  ['\\left(\\frac{1}{2}\\right)^3', '(1/2)³'],
  ['f\\left.x\\right|', 'fx|'],
  ['\\lim_{x\\to 0}f(x)', 'lim_(x → 0) f(x)'],
  ['\\sum_{i=1}^{n} i', '∑ᵢ₌₁ⁿi'],
  ["f'(x)", 'f′(x)'],
  ['A \\cup B \\subset C', 'A ∪ B ⊂ C'],
  ['x^{2^3}', 'x^(2³)'],
  ['50\\%', '50%'],
  ['\\angle ABC', '∠ABC'],
  ['n!', 'n!'],
  ['\\{1;2\\}\\backslash A', '{1;2}\\A'],
  ['a\\,b\\!c', 'a bc'],
  ['x\\implies y\\iff z', 'x ⇒ y ⇔ z'],
])('%s → %s', (tex, text) => {
  expect(formulaAsText(tex)).toBe(text);
});

test.each([
  ['a matrix', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'],
  ['an unknown command', '\\foo'],
  ['an open brace', '\\frac{1'],
  ['a brace too many', 'x}'],
  ['a degree that has no small sign', '\\sqrt[q]{2}'],
  ['an index of nothing', 'x^'],
  ['an index of an index', 'x^_2'],
  ['a macro', '\\def\\a{1}\\a'],
  ['a formula of many lines', 'x+'.repeat(200)],
  ['nothing', ' '],
  ['braces within braces without end', '{'.repeat(299)],
])('%s is no text', (_, tex) => {
  expect(formulaAsText(tex)).toBeNull();
});
