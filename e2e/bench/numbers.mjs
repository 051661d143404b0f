// Statistics of samples, and their formatting.

export const least = (all) => Math.min(...all);
export const most = (all) => all.reduce((a, b) => Math.max(a, b), 0);
export const sum = (all) => all.reduce((a, b) => a + b, 0);
export const mean = (all) => sum(all) / all.length;

// Below which so large a share of them lies.
export const quantile = (all, share) => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
};
export const median = (all) => quantile(all, 0.5);

export const ms = (value) => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
export const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
export const percent = (part, whole) => `${((100 * part) / whole).toFixed(0)} %`;
