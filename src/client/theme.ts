import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, rem } from '@mantine/core';

const system = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** One green, inks, and the red and ochre of verdicts. Mantine's own gray, red and yellow are replaced, so every component takes ours. */
export const theme = createTheme({
  primaryColor: 'board',
  primaryShade: 7,
  white: '#FFFFFF',
  black: '#141B19',
  colors: {
    board: ['#F1FBF6', '#DCF4EA', '#BAE6D4', '#8ED4B9', '#5CB998', '#2D9A78', '#157C5F', '#02664C', '#01513C', '#043E2D'],
    gray: ['#F7F9F8', '#EFF2F1', '#E3E7E6', '#D2D7D5', '#B6BCBA', '#878E8B', '#5C6461', '#474F4C', '#2B322F', '#141B19'],
    red: ['#FFF5F2', '#FFE6E0', '#FFCDC2', '#F8AA9A', '#ED826E', '#D85D47', '#C0432E', '#A83421', '#8B2919', '#6B2013'],
    yellow: ['#FFF8EA', '#FEEFCF', '#FBDEA4', '#F2C777', '#E1A948', '#C78B2C', '#A56F1C', '#8B5A15', '#724811', '#59370F'],
  },
  fontFamily: system,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "Cascadia Mono", "Roboto Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(16), lg: rem(18), xl: rem(20) },
  lineHeights: { xs: '1.334', sm: '1.429', md: '1.5', lg: '1.556', xl: '1.4' },
  fontWeights: { regular: '400', medium: '600', bold: '600' },
  headings: {
    fontFamily: system,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: 'clamp(1.625rem, 1.42rem + 0.91vw, 2rem)', lineHeight: '1.25' },
      h2: { fontSize: 'clamp(1.3125rem, 1.21rem + 0.46vw, 1.5rem)', lineHeight: '1.333' },
      h3: { fontSize: rem(18), lineHeight: '1.444' },
      h4: { fontSize: rem(16), lineHeight: '1.5' },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32), '2xl': rem(48), '3xl': rem(64), '4xl': rem(96) },
  radius: { xs: rem(2), sm: rem(4), md: rem(8), lg: rem(12), xl: rem(32) },
  defaultRadius: 'md',
  breakpoints: { xs: '22.5em', sm: '48em', md: '64em', lg: '80em', xl: '90em' },
  shadows: { md: '0 8px 24px rgba(20, 27, 25, 0.08)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  activeClassName: '',
  variantColorResolver(input) {
    const base = defaultVariantColorsResolver(input);
    const color = input.color ?? input.theme.primaryColor;
    if (input.variant === 'default') return { ...base, border: `${rem(1)} solid var(--mantine-color-gray-3)` };
    if (input.variant === 'subtle') return { ...base, color: `var(--mantine-color-${color}-7)`, hover: `var(--mantine-color-${color}-0)` };
    return base;
  },
  components: {
    Input: {
      defaultProps: { size: 'md' },
      vars: (_theme: unknown, props: { size?: unknown }) => ({ wrapper: props.size === 'md' ? { '--input-height': rem(44) } : {} }),
    },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      vars: () => ({
        label: { '--input-label-size': 'var(--mantine-font-size-sm)' },
        error: { '--input-error-size': 'var(--mantine-font-size-sm)' },
        description: { '--input-description-size': 'var(--mantine-font-size-sm)' },
      }),
      styles: { label: { fontWeight: 600 } },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 44 } },
    Paper: { defaultProps: { radius: 'lg' } },
    Divider: { defaultProps: { color: 'gray.2' } },
    Table: { defaultProps: { borderColor: 'gray.2' } },
    Badge: { defaultProps: { radius: 'sm', variant: 'light', tt: 'none', fw: 400 } },
    Progress: { defaultProps: { size: 6, radius: 'sm' } },
  },
});

/** Mantine's own values for these fall below AA on white. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-success': 'var(--mantine-color-board-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-5)',
    '--mantine-color-disabled': 'var(--mantine-color-gray-1)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-6)',
    '--mantine-color-disabled-border': 'var(--mantine-color-gray-2)',
    '--text': 'var(--mantine-color-black)',
    '--dimmed': 'var(--mantine-color-gray-6)',
    '--accent': 'var(--mantine-color-board-7)',
    '--line': 'var(--mantine-color-gray-2)',
    '--line-card': 'var(--mantine-color-gray-3)',
    '--line-control': 'var(--mantine-color-gray-5)',
    '--wrong': 'var(--mantine-color-red-7)',
    '--partly': 'var(--mantine-color-yellow-7)',
  },
  dark: {},
});
