/** «+7 916 123-45-67» of a stored +79161234567; numbers of other countries as they are. */
export function readablePhone(phone: string): string {
  const [, area, first, second, third] = /^\+7(\d{3})(\d{3})(\d\d)(\d\d)$/.exec(phone) ?? [];
  return area ? `+7\u00a0${area}\u00a0${first}-${second}-${third}` : phone;
}
