// A picture that the person has loaded takes the place of the words that stood for it.

export interface LoadedPicture {
  dataUrl: string;
  width: number;
  height: number;
}

export function pictureIn(place: Element, { dataUrl, width, height }: LoadedPicture): void {
  if (!/^data:image\/(png|jpeg|gif|webp);/.test(dataUrl)) return;
  const picture = document.createElement('img');
  picture.src = dataUrl;
  picture.width = width;
  picture.height = height;
  picture.alt = place.querySelector('.alt')?.textContent ?? altIn(place);
  place.replaceWith(picture);
}

/** “Picture from <host> not loaded: alt”, without the button. */
function altIn(place: Element): string {
  const words = [...place.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
  return words.join('').split('not loaded:')[1]?.trim() ?? '';
}
