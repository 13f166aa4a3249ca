/**
 * Search, filters, grouping and copied links, for browsers that run scripts. It reads attributes and sets classes, and
 * makes no element and no HTML out of anything that it reads. What is filtered stays on paper.
 */
export const script = `(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const filters = byId('filters');
  const [target, area, view, search, shown] = ['filter-target', 'filter-area', 'filter-view', 'filter-search', 'shown'].map(byId);
  const boxes = [...filters.querySelectorAll('input[type=checkbox]')];
  const entries = [...document.querySelectorAll('[data-target]')];
  const results = entries.filter((entry) => entry.classList.contains('result'));
  const groups = [...document.querySelectorAll('[data-group]')];
  const views = [...document.querySelectorAll('[data-view]')];
  const searched = [...document.querySelectorAll('.result, .group')];
  const texts = new Map();
  const textOf = (entry) => {
    if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
    return texts.get(entry);
  };
  const visible = (entry) => !entry.classList.contains('filtered') && !entry.classList.contains('unmatched');

  const refused = (entry) =>
    (target && target.value !== '' && !entry.dataset.target.split(' ').includes(target.value)) ||
    (area && area.value !== '' && entry.dataset.area !== undefined && entry.dataset.area !== area.value) ||
    boxes.some((box) => !box.checked && entry.dataset[box.name] === box.value);

  const find = (query) => {
    for (const entry of searched) {
      const matches = textOf(entry).includes(query);
      entry.classList.toggle('unmatched', !matches);
      const subjects = [...entry.querySelectorAll('.findings .subjects > li')];
      const hits = query === '' ? [] : subjects.filter((subject) => textOf(subject).includes(query));
      for (const subject of subjects) subject.classList.toggle('unmatched', hits.length > 0 && !hits.includes(subject));
    }
  };

  const apply = () => {
    for (const entry of entries) entry.classList.toggle('filtered', Boolean(refused(entry)));
    find(search.value.trim().toLowerCase());
    for (const group of groups) {
      const own = [...group.querySelectorAll('.result')];
      const left = own.filter(visible).length;
      group.querySelector('.total').textContent = left === own.length ? left : left + ' of ' + own.length;
    }
    shown.textContent = results.filter(visible).length + ' of ' + results.length + ' results shown';
  };

  const choose = (wanted) => {
    view.value = wanted;
    for (const one of views) {
      one.classList.toggle('elsewhere', one.dataset.view !== wanted);
      const folded = one.dataset.view === wanted && one.querySelector(':scope > details');
      if (folded) folded.open = true;
    }
  };

  const everything = () => {
    for (const box of boxes) box.checked = true;
    for (const select of [target, area]) if (select) select.value = '';
    search.value = '';
  };

  const show = ({ showVerdict, showSeverity, showArea }) => {
    everything();
    for (const box of boxes) {
      if (box.name === 'verdict' && showVerdict) box.checked = box.value === showVerdict;
      if (box.name === 'severity' && showSeverity) box.checked = box.value === showSeverity;
    }
    if (area && showArea) area.value = showArea;
    choose('control');
    apply();
  };

  // A place that is folded or filtered is shown before the browser goes there.
  const reveal = (id) => {
    const place = id && byId(id);
    if (!place) return;
    if (place.closest('.filtered, .unmatched')) { everything(); apply(); }
    if (place.closest('.elsewhere')) choose(place.closest('[data-view]').dataset.view);
    for (let one = place; one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
    place.scrollIntoView();
  };

  filters.addEventListener('change', apply);
  search.addEventListener('input', apply);
  view.addEventListener('change', () => choose(view.value));
  byId('show-everything').addEventListener('click', () => { everything(); choose('control'); apply(); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    if (link.dataset.showVerdict || link.dataset.showArea) show(link.dataset);
    else reveal(link.getAttribute('href').slice(1));
    if (link.classList.contains('permalink') && navigator.clipboard) {
      navigator.clipboard.writeText(link.href).then(() => { shown.textContent = 'Link copied'; }, () => {});
    }
  });
  addEventListener('hashchange', () => reveal(location.hash.slice(1)));
  filters.hidden = false;
  choose('control');
  reveal(location.hash.slice(1));

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const one of folded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });
})();`;
