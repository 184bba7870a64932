// What other clients do with an answer: markdown-it, highlight.js, KaTeX, DOMPurify. Reads documents, one JSON string a
// line, and prints for each given round how many milliseconds rendering all of them took. The first round warms up.
import { readFileSync } from 'node:fs';
import katexPlugin from '@vscode/markdown-it-katex';
import createDOMPurify from 'dompurify';
import hljs from 'highlight.js';
import { JSDOM } from 'jsdom';
import MarkdownIt from 'markdown-it';

const [file, rounds] = process.argv.slice(2);
const documents = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const purify = createDOMPurify(new JSDOM('').window);
const markdown = new MarkdownIt({
  linkify: true,
  highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''),
}).use(katexPlugin.default ?? katexPlugin, { throwOnError: false });

const timed = (work) => {
  const start = performance.now();
  const bytes = documents.reduce((sum, text) => sum + work(text).length, 0);
  return { ms: performance.now() - start, bytes };
};
for (let round = 0; round <= Number(rounds); round += 1) {
  const unclean = timed((text) => markdown.render(text));
  const whole = timed((text) => purify.sanitize(markdown.render(text)));
  if (round > 0) console.log(`${whole.ms} ${unclean.ms} ${whole.bytes}`);
}
