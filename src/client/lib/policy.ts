/* What libraries have to know of the site's content security policy before they begin: to be imported first. */
import { styleNonce } from './nonce.ts';

Object.assign(globalThis, {
  // zod would try whether it may make code out of text, which the policy forbids and the browser then reports.
  __zod_globalConfig: { jitless: true },
  // Where what keeps the page behind a dialog from scrolling looks for it.
  __webpack_nonce__: styleNonce(),
});
