import type { Locale } from '../auth.ts';

/** How a school's wall clock is called in a sentence: «в 18:00 по Москве», "18:00 Moscow time". */
const cities: Record<string, { ru: string; en: string }> = {
  'Europe/Kaliningrad': { ru: 'по Калининграду', en: 'Kaliningrad' },
  'Europe/Moscow': { ru: 'по Москве', en: 'Moscow' },
  'Europe/Samara': { ru: 'по Самаре', en: 'Samara' },
  'Asia/Yekaterinburg': { ru: 'по Екатеринбургу', en: 'Yekaterinburg' },
  'Asia/Omsk': { ru: 'по Омску', en: 'Omsk' },
  'Asia/Novosibirsk': { ru: 'по Новосибирску', en: 'Novosibirsk' },
  'Asia/Krasnoyarsk': { ru: 'по Красноярску', en: 'Krasnoyarsk' },
  'Asia/Irkutsk': { ru: 'по Иркутску', en: 'Irkutsk' },
  'Asia/Yakutsk': { ru: 'по Якутску', en: 'Yakutsk' },
  'Asia/Vladivostok': { ru: 'по Владивостоку', en: 'Vladivostok' },
  'Asia/Magadan': { ru: 'по Магадану', en: 'Magadan' },
  'Asia/Kamchatka': { ru: 'по Камчатке', en: 'Kamchatka' },
  'Europe/Minsk': { ru: 'по Минску', en: 'Minsk' },
  'Asia/Almaty': { ru: 'по Алматы', en: 'Almaty' },
};

export function zoneInSentence(locale: Locale, zone: string, at: number): string {
  const city = cities[zone];
  if (locale === 'ru') return city ? city.ru : `по времени ${offset(locale, zone, at)}`;
  return city ? `${city.en} time` : offset(locale, zone, at);
}

function offset(locale: Locale, zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
