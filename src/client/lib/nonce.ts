/** Of this page: the site's policy lets in style elements that carry it, and no others. The server writes it into every page it sends. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
