// ---- what parallel answers take

const account = data.report.analysis.parallel;
const waits = [...new Set(account.map((row) => row.strategy))];
const waitColour = (strategy) => colour('c' + (waits.indexOf(strategy) % 8));

function latencyLegend() {
  legend('latency-legend', waits.map((name) => ({ name, colour: waitColour(name) })));
}

/** A number of few digits, as an axis has room for. */
function short(x) {
  const rounded = (unit) => String(Number((x / unit).toPrecision(3)));
  return x >= 1e6 ? rounded(1e6) + 'M' : x >= 1e4 ? rounded(1e3) + 'k' : plain(x);
}

/** Powers of two around the values. */
function logScale(values) {
  return {
    type: 'log',
    logBase: 2,
    min: Math.pow(2, Math.floor(log2(Math.min(...values)))),
    max: Math.pow(2, Math.ceil(log2(Math.max(...values)) + 1e-9)),
    axisLabel: { color: colour('soft'), fontSize: 12, formatter: short },
  };
}

function linearScale(values) {
  return Object.assign(scale([0, ...values], 0, Infinity), {
    axisLabel: { color: colour('soft'), fontSize: 12, formatter: short },
  });
}

function drawAccount(chart, quantity, scaled) {
  const usable = account.filter((row) => finite(row[quantity]) && row[quantity] > 0);
  if (usable.length === 0) {
    chart.clear();
    return;
  }
  const lines = waits.map((name) => ({
    name,
    colour: waitColour(name),
    points: usable.filter((row) => row.strategy === name).map((row) => [row.k, row[quantity]]),
    label: false,
  }));
  const y = scaled(usable.map((row) => row[quantity]));
  drawLines(chart, lines, y, 'answers side by side, k', (k) => tip('k = ' + k, usable
    .filter((row) => row.k === k)
    .map((row) => ({
      colour: waitColour(row.strategy),
      name: row.strategy,
      cells: [row[quantity].toFixed(1)],
    }))));
}
