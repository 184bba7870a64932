// What other clients do with an answer: markdown-it, highlight.js, KaTeX, DOMPurify. Reads documents, one JSON string a
// line, and prints for each round how many milliseconds rendering all of them took, and how many without DOMPurify. What
// comes first warms up.
import { readFileSync } from 'node:fs';
import katexPlugin from '@vscode/markdown-it-katex';
import createDOMPurify from 'dompurify';
import hljs from 'highlight.js';
import { JSDOM } from 'jsdom';
import MarkdownIt from 'markdown-it';

const [file, rounds] = process.argv.slice(2);
const documents = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const markdown = new MarkdownIt({
  linkify: true,
  highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''),
}).use(katexPlugin.default ?? katexPlugin, { throwOnError: false });

// jsdom keeps what it has parsed as long as its window lives, so a new one takes over from time to time, off the clock.
const newPurifier = () => createDOMPurify(new JSDOM('').window);

function timed(some, work) {
  let ms = 0;
  for (let from = 0; from < some.length; from += 50) {
    const purify = newPurifier();
    const start = performance.now();
    for (const text of some.slice(from, from + 50)) work(text, purify);
    ms += performance.now() - start;
  }
  return ms;
}

const plain = (text) => markdown.render(text);
const whole = (text, purify) => purify.sanitize(markdown.render(text));

timed(documents.slice(0, 100), whole);
for (let round = 0; round < Number(rounds); round += 1) console.log(`${timed(documents, whole)} ${timed(documents, plain)}`);
