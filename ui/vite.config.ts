import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  // Tauri serves dist/ from its own scheme; relative paths work there and under `vite preview`.
  base: './',
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    // The page of the large window, and that of the small one.
    rolldownOptions: { input: ['index.html', 'quick.html'] },
    // The one engine that matters is WebKitGTK 2.40 and later, WebView2 and WKWebView of the same age.
    // WebView2 renews itself; below 120 the build would write :dir() as a list of languages, which is something else.
    target: ['safari16.4', 'chrome120'],
    // The policy allows no inline script, and a desktop app has nothing to preload over a network.
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
  },
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // For one that waits in vain, longer than any single wait in it. A busy machine may take ten times as long as a free one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
