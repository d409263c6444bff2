// ---- start

function add(id, act) {
  const box = document.getElementById(id);
  if (box) {
    charts.push({ chart: echarts.init(box, null, { renderer: 'svg' }), act });
  }
}

function draw() {
  charts.forEach(({ chart, act }) => {
    act(chart);
    // Without it a chart keeps the screen's size on paper.
    const svg = chart.getDom().querySelector('svg');
    svg.setAttribute('viewBox', [0, 0, chart.getWidth(), chart.getHeight()].join(' '));
    svg.setAttribute('preserveAspectRatio', 'xMinYMid meet');
  });
}

function repaint() {
  curveLegend();
  computeLegend();
  latencyLegend();
  draw();
}

if (typeof echarts === 'undefined') {
  return;
}
root.classList.add('scripted');
add('curve-chart', (chart) => drawCurves(chart, data.report.curves, 0, 100));
add('gap-chart', (chart) => drawCurves(chart, data.gaps, -100, 100));
add('laws-chart', drawLaws);
add('compute-chart', drawCompute);
add('grid-chart', drawGrid);
add('latency-chart', (chart) => drawAccount(chart, 'latency', linearScale));
add('work-chart', (chart) => drawAccount(chart, 'work', logScale));
const table = document.getElementById('disagreement-table');
if (table) {
  sortable(table);
}
repaint();

let waiting = 0;
window.addEventListener('resize', () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    charts.forEach(({ chart }) => chart.resize());
    draw();
  });
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
const opened = [];
window.addEventListener('beforeprint', () => {
  repaint();
  document.querySelectorAll('details:not([open])').forEach((block) => {
    if (!block.querySelector('pre')) {
      block.open = true;
      opened.push(block);
    }
  });
});
window.addEventListener('afterprint', () => {
  opened.splice(0).forEach((block) => { block.open = false; });
  repaint();
});
