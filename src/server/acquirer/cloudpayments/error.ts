/** Why something is not done: what stands in `Message`. */
export class CloudError extends Error {}
