/** An address that Telegram takes in links and buttons: of this machine's name it knows nothing. */
export function isPublicAddress(address: string): boolean {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(whole)) return false;
  const { protocol, hostname } = new URL(whole);
  if (protocol === 'tg:' || protocol === 'ton:') return true;
  return (protocol === 'http:' || protocol === 'https:') && hostname.includes('.');
}
