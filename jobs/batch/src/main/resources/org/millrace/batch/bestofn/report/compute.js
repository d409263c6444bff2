// ---- the compute chart

const strategies = [...new Set(data.report.compute.map((p) => p.strategy))];
const strategyLook = (strategy) => ({
  colour: colour('c' + (strategies.indexOf(strategy) % 8)),
  dash: 'solid',
  width: 2,
});

function computeLegend() {
  legend('compute-legend', strategies.map((name) => ({
    name,
    colour: strategyLook(name).colour,
  })));
}

function drawCompute(chart) {
  const usable = (p) => finite(p.value) && finite(p.cost) && p.cost > 0;
  const points = data.report.compute.filter(usable);
  chart.clear();
  if (points.length === 0) {
    return;
  }
  const y = scale(points.map((p) => 100 * p.value), 0, 100);
  const logs = points.map((p) => log2(p.cost));
  const marks = [];
  for (let e = Math.ceil(Math.min(...logs) - 1e-9); e <= Math.max(...logs) + 1e-9; e++) {
    marks.push(Math.pow(2, e));
  }
  const costs = points.map((p) => p.cost);
  const { option, range } = frame(chart, costs, y, 14, 'cost per prompt, generated answers');
  const entry = (p) => ({ value: [log2(p.cost), 100 * p.value], point: p });
  option.tooltip.trigger = 'item';
  option.tooltip.formatter = ({ data: { point } }) => tip(point.strategy, [
    ['accuracy, %', percent(point.value)],
    ['cost', plain(point.cost)],
    ['S', finite(point.s) ? plain(point.s) : '\u2013'],
    ['V', finite(point.v) ? plain(point.v) : '\u2013'],
  ].map(([name, cell]) => ({
    colour: strategyLook(point.strategy).colour, name, cells: [cell],
  })));
  option.series = [ticks(marks, chart, range, y)];
  strategies.forEach((strategy) => {
    const own = (p) => p.strategy === strategy && usable(p);
    const style = strategyLook(strategy);
    option.series.push({
      type: 'scatter',
      data: points.filter(own).map(entry),
      symbolSize: 7,
      itemStyle: { color: style.colour, opacity: 0.4 },
      z: 2,
    }, {
      type: 'line',
      step: 'end',
      data: data.frontier.filter(own).map(entry),
      symbol: 'circle',
      symbolSize: 8,
      itemStyle: { color: style.colour },
      lineStyle: { color: style.colour, width: 2 },
      z: 3,
    });
  });
  chart.setOption(option, true);
}

// ---- answers by verifications

function drawGrid(chart) {
  const points = data.report.compute.filter((p) => p.v > 0 && finite(p.value));
  const kinds = [...new Set(points.map((p) => p.strategy))];
  const counts = [...new Set(points.map((p) => p.v))].sort((a, b) => a - b);
  const shade = (v) => colour('c' + (counts.indexOf(v) % 8));
  const named = (p) => (kinds.length > 1 ? p.strategy + ', ' : '') + 'V = ' + plain(p.v);
  const lines = kinds.flatMap((kind) => counts.map((v) => {
    const own = points.filter((p) => p.strategy === kind && p.v === v);
    return {
      name: own.length ? named(own[0]) : '',
      colour: shade(v),
      points: own.map((p) => [p.s, 100 * p.value]),
    };
  }));
  const values = points.map((p) => 100 * p.value);
  drawLines(chart, lines, scale(values, 0, 100), 'answers per prompt, S', (s) => tip('S = ' + s,
    points.filter((p) => p.s === s).map((p) => ({
      colour: shade(p.v),
      name: named(p),
      cells: [percent(p.value)],
    }))));
}
