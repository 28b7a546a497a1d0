const letters = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π
  rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ`;
const operations =
  'cdot · times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ sum ∑ prod ∏ int ∫ oint ∮ partial ∂ nabla ∇';
const relations = `le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ ll ≪ gg ≫ lt < gt > propto ∝
  parallel ∥ perp ⊥ mid | nmid ∤`;
const sets = `in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄
  neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨`;
const arrows = `to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Longrightarrow ⇒ implies ⇒ Leftarrow ⇐
  Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓`;
const others = `infty ∞ angle ∠ triangle △ square □ degree ° prime ′ ldots … dots … cdots … langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉
  lvert | rvert | vert | Vert ‖ lbrace { rbrace } backslash \\ { { } } % % $ $ & & # # _ _ | ‖`;

const spaces = [',', ';', ':', ' ', 'quad', 'qquad', 'thinspace'];
/** How something is set, for which text has no sign. */
const silent = [
  ...[
    '!',
    'left',
    'right',
    'big',
    'Big',
    'bigg',
    'Bigg',
    'bigl',
    'bigr',
    'Bigl',
    'Bigr',
    'displaystyle',
    'textstyle',
    'limits',
    'nolimits',
  ],
  ...['allowbreak', 'nobreak'],
];

function pairsOf(list: string): [string, string][] {
  const words = list.split(/\s+/);
  return words.flatMap((command, place) => (place % 2 === 0 ? [[command, words[place + 1] ?? ''] satisfies [string, string]] : []));
}

/** Commands of TeX that are one sign of text. What is missing here is shown as its source. */
export const signOfCommand: ReadonlyMap<string, string> = new Map([
  ...[letters, operations, relations, sets, arrows, others].flatMap(pairsOf),
  ...spaces.map((command): [string, string] => [command, ' ']),
  ...silent.map((command): [string, string] => [command, '']),
]);

/** Between spaces, as one writes by hand; others stand close. */
export const spacedSigns = /[=≠≈≡≅≃<>≤≥⩽⩾≪≫∈∉⊂⊆⊃⊇→⇒⇐⇔↔↦∪∩∖∧∨]/u;

/** Names that are set upright: `\sin x`. */
export const functionNames = new Set([
  ...[
    'sin',
    'cos',
    'tan',
    'cot',
    'tg',
    'ctg',
    'sec',
    'csc',
    'arcsin',
    'arccos',
    'arctan',
    'arctg',
    'arcctg',
    'sinh',
    'cosh',
    'tanh',
    'log',
  ],
  ...['ln', 'lg', 'exp', 'lim', 'max', 'min', 'sup', 'inf', 'det', 'dim', 'ker', 'gcd', 'deg', 'arg', 'mod'],
]);

/** Commands whose argument is the whole of what they say in a text. */
export const transparentCommands = new Set([
  ...[
    'text',
    'textrm',
    'textbf',
    'textit',
    'mathrm',
    'mathbf',
    'mathit',
    'mathsf',
    'mathtt',
    'mathnormal',
    'operatorname',
    'boldsymbol',
    'mbox',
  ],
  ...['boxed', 'textnormal'],
]);

export const doubledLetters: ReadonlyMap<string, string> = new Map(pairsOf('N ℕ Z ℤ Q ℚ R ℝ C ℂ P ℙ H ℍ'));

const raisedFrom = '0123456789+−-=()abcdefghijklmnoprstuvwxyz∘′';
const raisedTo = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ°′';
const loweredFrom = '0123456789+−-=()aehijklmnoprstuvx';
const loweredTo = '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ';

const raised = new Map([...raisedFrom].map((sign, place) => [sign, [...raisedTo][place] ?? sign]));
const lowered = new Map([...loweredFrom].map((sign, place) => [sign, [...loweredTo][place] ?? sign]));

/** The text in small raised or lowered signs; null where one of them does not exist. */
export function inSmallSigns(text: string, place: 'up' | 'down'): string | null {
  const signs = place === 'up' ? raised : lowered;
  const small = [...text.replaceAll(' ', '')].map((sign) => signs.get(sign));
  return small.every((sign) => sign !== undefined) ? small.join('') : null;
}
