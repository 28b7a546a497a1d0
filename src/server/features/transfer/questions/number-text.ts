/** As Excel shows it: fifteen digits and a decimal comma. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 15 }).replace('.', ',');
}
