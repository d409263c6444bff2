// ---- the table of disagreements

function sortable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const limit = 15;
  let folded = rows.length > limit + 5;
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent
      : cell.dataset.v === '' ? -Infinity : Number(cell.dataset.v);
  };
  const fold = () => rows.forEach((row, i) => { row.hidden = folded && i >= limit; });
  heads.forEach((head, column) => {
    head.setAttribute('aria-sort', 'none');
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute('aria-sort') === 'none'
        ? head.classList.contains('n') : head.getAttribute('aria-sort') === 'ascending';
      heads.forEach((other) => other.setAttribute('aria-sort', 'none'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      rows.sort((a, b) => {
        const [x, y] = [value(a, column), value(b, column)];
        const order = typeof x === 'number' ? (x === y ? 0 : x < y ? -1 : 1) : x.localeCompare(y);
        return down ? -order : order;
      });
      body.append(...rows);
      fold();
    };
    head.addEventListener('click', sort);
    head.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        sort();
      }
    });
  });
  fold();
  if (folded) {
    const all = element('button', { type: 'button', class: 'all' }, ['Show all ' + rows.length]);
    all.addEventListener('click', () => {
      folded = false;
      fold();
      all.remove();
    });
    table.after(all);
  }
}
