// What is dragged over the page or lies in the clipboard, as far as the page is told.

export const holdsFiles = (data: DataTransfer | null): boolean => data !== null && [...data.types].includes('Files');

export const filesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];
