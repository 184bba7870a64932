// What can be pressed inside an answer. Its HTML carries no scripts, only marks; one listener reads them.
import { fold, numberLines, type CodeWords } from './code-lines';
import { codeOf } from './copy-text';

export interface AnswerActs {
  openLink(url: string): void;
  copy(text: string, button: Element): void;
  zoom(diagram: HTMLElement): void;
  loadPicture(id: string, button: HTMLButtonElement): void;
  showFormatted(button: HTMLButtonElement): void;
  /** Changes the page with this element staying where it is. */
  hold(element: Element, change: () => void): void;
  words: CodeWords;
}

export function onAnswerClick(event: MouseEvent, acts: AnswerActs): void {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest<HTMLAnchorElement>('a');
  // No link of an answer may move the page itself, marked or not.
  if (link) event.preventDefault();
  // A picture in a link has its button inside of the link: what is meant is the button.
  const button = target?.closest<HTMLButtonElement>('button[data-act]');
  if (button) return press(button, acts);
  const url = link?.dataset['link'];
  if (link && url !== undefined) acts.openLink(url !== '' && url !== 'true' ? url : (link.getAttribute('href') ?? ''));
}

function press(button: HTMLButtonElement, acts: AnswerActs): void {
  const figure = button.closest<HTMLElement>('figure');
  const act = button.dataset['act'];
  if (act === 'load-picture') return acts.loadPicture(button.dataset['picture'] ?? '', button);
  if (act === 'show-formatted') return acts.showFormatted(button);
  if (act === 'copy-tex') return acts.copy(button.closest<HTMLElement>('.math')?.dataset['tex'] ?? '', button);
  if (!figure) return;
  const pre = figure.querySelector('pre');
  switch (act) {
    case 'copy-code':
      return acts.copy(pre ? codeOf(pre) : '', button);
    case 'wrap-lines':
      return acts.hold(button, () => toggle(figure, 'is-wrapped', button));
    case 'number-lines':
      return acts.hold(button, () => {
        numberLines(figure);
        toggle(figure, 'is-numbered', button);
      });
    case 'show-source':
      return acts.hold(button, () => toggle(figure, 'is-source', button));
    case 'fold-code': {
      const head = figure.querySelector('.code-head') ?? figure;
      acts.hold(head, () => fold(figure, !figure.classList.contains('is-folded'), acts.words));
      // The button under a folded block goes with the fold; the one in the head stays.
      if (!button.isConnected) head.querySelector<HTMLElement>('[data-act="fold-code"]')?.focus({ preventScroll: true });
      return;
    }
    case 'zoom':
      return acts.zoom(figure);
  }
}

/** Opens what a match inside of it would be hidden by. */
export function unfoldAround(element: Element, words: CodeWords): void {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  const figure = element.closest('figure');
  if (figure?.classList.contains('is-folded')) fold(figure, false, words);
  element.closest('.lines')?.classList.remove('is-veiled');
  if (!figure?.classList.contains('diagram') || figure.classList.contains('is-source')) return;
  const button = figure.querySelector('[data-act="show-source"]');
  if (button && element.closest('pre')) toggle(figure, 'is-source', button);
}

function toggle(figure: Element, look: string, button: Element): void {
  button.setAttribute('aria-pressed', String(figure.classList.toggle(look)));
}
