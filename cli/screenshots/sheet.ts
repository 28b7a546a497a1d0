/** Many pictures on one, to be looked at together. */
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

const perSheet = { 360: 12, 640: 8, 768: 8, 1280: 6 } as const;

export async function makeSheets(browser: Browser, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.png') && !file.startsWith('sheet-')).sort();
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
  for (const [width, most] of Object.entries(perSheet)) {
    const own = files.filter((file) => file.endsWith(`-${width}.png`));
    for (let at = 0; at < own.length; at += most) {
      const figures = own.slice(at, at + most).map((file) => {
        const source = pathToFileURL(join(resolve(folder), file)).href;
        return `<figure><figcaption>${file}</figcaption><div><img src="${source}"></div></figure>`;
      });
      const columns = width === '1280' ? 3 : width === '360' ? 6 : 4;
      const html = `<style>body{margin:8px;display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;font:12px sans-serif}
        figure{margin:0}div{max-height:${width === '360' ? 760 : 640}px;overflow:hidden;border:1px solid #ccc}img{width:100%}</style>${figures.join('')}`;
      // From a file, because a page from nowhere may not load files.
      const sheet = join(resolve(folder), 'sheet.html');
      await writeFile(sheet, html);
      await page.goto(pathToFileURL(sheet).href);
      await page.screenshot({ path: join(folder, `sheet-${width}-${String(at / most).padStart(2, '0')}.png`), fullPage: true });
    }
  }
  await page.close();
}
