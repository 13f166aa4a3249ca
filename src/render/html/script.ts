/**
 * The filters, for browsers that run scripts. It reads attributes and sets classes, and makes no element and no HTML out
 * of anything that it reads. What is filtered stays on paper.
 */
export const script = `(() => {
  'use strict';
  const filters = document.getElementById('filters');
  const target = document.getElementById('filter-target');
  const shown = document.getElementById('shown');
  const boxes = [...filters.querySelectorAll('input')];
  const entries = [...document.querySelectorAll('[data-target]')];
  const results = entries.filter((entry) => entry.classList.contains('result'));
  const groups = [...document.querySelectorAll('[data-group]')];
  const visible = (entry) => !entry.classList.contains('filtered');

  const refused = (entry) =>
    (target && target.value !== '' && target.value !== entry.dataset.target) ||
    boxes.some((box) => !box.checked && entry.dataset[box.name] === box.value);

  const apply = () => {
    for (const entry of entries) entry.classList.toggle('filtered', Boolean(refused(entry)));
    for (const group of groups) {
      const own = [...group.querySelectorAll('.result')];
      const left = own.filter(visible).length;
      group.querySelector('.total').textContent = left === own.length ? left : left + ' of ' + own.length;
    }
    shown.textContent = results.filter(visible).length + ' of ' + results.length + ' results shown';
  };

  filters.addEventListener('change', apply);
  document.getElementById('show-everything').addEventListener('click', () => {
    for (const box of boxes) box.checked = true;
    if (target) target.value = '';
    apply();
  });
  filters.hidden = false;

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const one of folded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });
})();`;
