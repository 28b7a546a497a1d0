/** Moving things in lists; most of it is spoken only. */
export const reorder = {
  handle: (name: string) => `Переместить: ${name}`,
  hint: 'Пробел – взять, стрелки – двигать, Пробел – поставить, Esc – вернуть на место.',
  place: (place: number, total: number) => `${place} из ${total}`,
  lifted: (name: string, place: string) => `«${name}» взято, место ${place}`,
  at: (place: string) => `Место ${place}`,
  atIn: (place: string, list: string) => `Место ${place}, ${list}`,
  dropped: (name: string, place: string) => `«${name}» теперь на месте ${place}`,
  cancelled: (name: string, place: string) => `«${name}» осталось на месте ${place}`,
};
