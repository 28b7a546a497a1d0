import type { Locale } from '#shared/auth.ts';

/** One name per clock of Russia, west to east. */
export const russianZones = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
] as const;

const names: Record<(typeof russianZones)[number], { ru: string; en: string }> = {
  'Europe/Kaliningrad': { ru: 'Калининград', en: 'Kaliningrad' },
  'Europe/Moscow': { ru: 'Москва, Санкт-Петербург', en: 'Moscow, Saint Petersburg' },
  'Europe/Samara': { ru: 'Самара, Ижевск', en: 'Samara, Izhevsk' },
  'Asia/Yekaterinburg': { ru: 'Екатеринбург, Уфа, Тюмень', en: 'Yekaterinburg, Ufa, Tyumen' },
  'Asia/Omsk': { ru: 'Омск', en: 'Omsk' },
  'Asia/Novosibirsk': { ru: 'Новосибирск, Томск', en: 'Novosibirsk, Tomsk' },
  'Asia/Krasnoyarsk': { ru: 'Красноярск, Кемерово', en: 'Krasnoyarsk, Kemerovo' },
  'Asia/Irkutsk': { ru: 'Иркутск, Улан-Удэ', en: 'Irkutsk, Ulan-Ude' },
  'Asia/Yakutsk': { ru: 'Якутск, Чита', en: 'Yakutsk, Chita' },
  'Asia/Vladivostok': { ru: 'Владивосток, Хабаровск', en: 'Vladivostok, Khabarovsk' },
  'Asia/Magadan': { ru: 'Магадан, Сахалин', en: 'Magadan, Sakhalin' },
  'Asia/Kamchatka': { ru: 'Камчатка, Чукотка', en: 'Kamchatka, Chukotka' },
};

export interface ZoneChoice {
  value: string;
  label: string;
}

/** Russian clocks by their cities, all others by their own names; the one in use is always among them. */
export function zoneChoices(locale: Locale, current: string, at: number): { russia: ZoneChoice[]; elsewhere: ZoneChoice[] } {
  const known = new Set<string>(russianZones);
  const all = new Set([...Intl.supportedValuesOf('timeZone'), current]);
  const elsewhere = [...all].filter((zone) => !known.has(zone)).sort((a, b) => a.localeCompare(b));
  return {
    russia: russianZones.map((zone) => ({ value: zone, label: `${names[zone][locale]}, ${offsetOf(zone, at)}` })),
    elsewhere: elsewhere.map((zone) => ({ value: zone, label: `${zone.replaceAll('_', ' ')}, ${offsetOf(zone, at)}` })),
  };
}

/** «UTC+3» */
export function offsetOf(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return offset.replace('GMT', 'UTC').replace('-', '−');
}
