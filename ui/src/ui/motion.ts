/** Whether things stand still: the system says so, or the person has switched it on here. */
export const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches || document.documentElement.dataset['motion'] === 'none';
