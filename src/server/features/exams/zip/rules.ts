/** Names in the archive of an attempt: a folder for each task. */

export interface PackedFile {
  /** Place of the task in the attempt: 1, 2, … */
  place: number;
  examNumber: number | null;
  name: string;
}

/**
 * Paths in the order of the files. Tasks are called by their numbers in the exam where every task of the attempt has one of its own, as on the page;
 * else by their places.
 * @param heading what a task is called by its number
 * @param tasks of the attempt, those without files as well
 */
export function pathsOf(heading: (number: number) => string, tasks: readonly (number | null)[], files: readonly PackedFile[]): string[] {
  const byExam = !tasks.includes(null) && new Set(tasks).size === tasks.length;
  return files.map(({ place, examNumber, name }) => `${heading((byExam ? examNumber : null) ?? place)}/${name}`);
}
