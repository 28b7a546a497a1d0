/** Words that the renderer itself adds to a text: names of scroll boxes for a screen reader, notes in place of what is missing. */
export interface MarkdownLabels {
  table: string;
  formula: string;
  code: string;
  footnotes: string;
  backToText: string;
  taskDone: string;
  taskOpen: string;
  missingPicture: string;
  missingFile: string;
}

export const russianLabels: MarkdownLabels = {
  table: 'Таблица',
  formula: 'Формула',
  code: 'Код',
  footnotes: 'Примечания',
  backToText: 'Назад к тексту',
  taskDone: 'Сделано',
  taskOpen: 'Не сделано',
  missingPicture: 'Картинки нет',
  missingFile: 'файла нет',
};
