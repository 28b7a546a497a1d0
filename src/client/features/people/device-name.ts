export interface Device {
  browser: string | null;
  system: string | null;
  phone: boolean;
}

/** The order matters: nearly every browser also names those it descends from. */
const browsers: [RegExp, string][] = [
  [/YaBrowser|YaSearchBrowser|YaApp/, 'Яндекс Браузер'],
  [/OPR\/|Opera/, 'Opera'],
  [/EdgA?\/|EdgiOS/, 'Edge'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Vivaldi/, 'Vivaldi'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/CriOS|Chrome|Chromium/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/iPad/, 'iPadOS'],
  [/iPhone|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** Browser and system out of a user agent, well enough for a person to know their own devices. */
export function deviceOf(userAgent: string): Device {
  const first = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
  return { browser: first(browsers), system: first(systems), phone: /Mobi|iPhone|Android/.test(userAgent) };
}
