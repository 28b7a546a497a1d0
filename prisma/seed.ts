export async function seedDemo(_app: unknown): Promise<void> {}
