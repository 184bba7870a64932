// What can be pressed inside an answer. Its HTML carries no scripts, only marks; one listener reads them.

export interface AnswerActs {
  openLink(url: string): void;
  copyCode(code: string): void;
}

export function onAnswerClick(event: MouseEvent, acts: AnswerActs): void {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest<HTMLAnchorElement>('a');
  if (link) {
    // No link of an answer may move the page itself, marked or not.
    event.preventDefault();
    const url = link.dataset['link'];
    if (url === undefined) return;
    acts.openLink(url !== '' && url !== 'true' ? url : (link.getAttribute('href') ?? ''));
    return;
  }
  const button = target?.closest<HTMLElement>('button[data-act]');
  const figure = button?.closest('figure');
  if (!button || !figure) return;
  if (button.dataset['act'] === 'copy-code') acts.copyCode(figure.querySelector('pre')?.textContent ?? '');
  if (button.dataset['act'] === 'wrap-lines') {
    const wrapped = figure.classList.toggle('is-wrapped');
    button.setAttribute('aria-pressed', String(wrapped));
  }
}
