/** Sizes of a long answer and of its grading. Apart from the schemas, so that a student's page need not load what reads them. */
export const workLimits = {
  text: 20_000,
  files: 10,
  /** Teacher's words under the whole work. */
  remark: 4000,
  comment: 1000,
  comments: 50,
} as const;

/** What may be handed in, by the ends of the names. */
export const workExtensions = [
  ...['jpg', 'jpeg', 'png', 'webp', 'gif', 'pdf', 'txt', 'csv', 'py'],
  ...['docx', 'odt', 'xlsx', 'ods', 'pptx'],
] as const;
