/**
 * May a payer be sent there? Over https; over http only where the API itself is so (a stand-in on this machine). What a provider answers goes into
 * `location` as it is: a script, or a file, has no business there.
 */
export function isPageAddress(url: string, apiRoot: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : null;
  return protocol === 'https:' || (protocol === 'http:' && apiRoot.startsWith('http:'));
}
