export type { Section, SourceProblem } from '#shared/source-problems.ts';
export type { CourseProblem, FolderProblem } from '#shared/transfer.ts';
