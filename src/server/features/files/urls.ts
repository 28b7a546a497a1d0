/** Where the browser finds a file of a topic. Opens only for those who may open the topic. */
export function topicFileUrl(fileId: string, name: string): string {
  return `/files/${fileId}/${encodeURIComponent(name)}`;
}
