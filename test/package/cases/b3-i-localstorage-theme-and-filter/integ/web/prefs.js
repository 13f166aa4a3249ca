export const prefs = {
  save(theme, filter) {
    localStorage.setItem('acme.theme', theme);
    localStorage.setItem('acme.tokenFilter', JSON.stringify(filter));
  },
};
