const root = document.documentElement;
const data = JSON.parse(document.getElementById('data').textContent);
const shapes = ['rect', 'triangle', 'diamond', 'arrow', 'pin', 'emptyCircle', 'emptyRect',
  'emptyTriangle', 'emptyDiamond'];
const charts = [];

const colour = (name) => getComputedStyle(root).getPropertyValue('--' + name).trim();
const log2 = (x) => Math.log(x) / Math.LN2;
const finite = (x) => typeof x === 'number' && isFinite(x);
const plain = (x) => (Number.isInteger(x) ? String(x) : x.toFixed(2));
const percent = (x) => (100 * x).toFixed(2).replace('-', '\u2212');

function element(tag, attributes, children) {
  const node = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => node.setAttribute(name, value));
  (children || []).forEach((child) => node.append(child));
  return node;
}

const ruler = document.createElement('canvas').getContext('2d');
function widthOf(text) {
  ruler.font = '12px system-ui, sans-serif';
  return ruler.measureText(text).width;
}

/** A scale of about six round steps around the values, in percent. */
function scale(values, floor, ceiling) {
  const least = 1;
  const lack = Math.max(0, least - (Math.max(...values) - Math.min(...values))) / 2;
  let low = Math.min(...values) - lack;
  let high = Math.max(...values) + lack;
  const spread = high - low;
  low = Math.max(Math.min(...values) < 0 ? floor : 0, low - 0.04 * spread);
  high = Math.min(ceiling, high + 0.04 * spread);
  const rough = (high - low) / 5;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough - 1e-12);
  return {
    min: Math.floor(low / step + 1e-9) * step,
    max: Math.ceil(high / step - 1e-9) * step,
    interval: step,
  };
}

/** A log2 axis drawn as data, since ECharts 5.5 cannot put ticks where we want them. */
function ticks(values, chart, range, y) {
  const pixels = (x) => ((x - range.min) / (range.max - range.min)) * range.width;
  let taken = -Infinity;
  const labelled = values.filter((value) => {
    const half = widthOf(plain(value)) / 2 + 5;
    const at = pixels(log2(value));
    if (at - half < taken) {
      return false;
    }
    taken = at + half;
    return true;
  });
  return {
    type: 'scatter',
    data: labelled.map((value) => ({
      value: [log2(value), y.min],
      label: { formatter: () => plain(value) },
    })),
    symbol: 'rect',
    symbolSize: [1, 5],
    symbolOffset: [0, 2.5],
    itemStyle: { color: colour('soft') },
    label: { show: true, position: 'bottom', distance: 4, color: colour('soft'), fontSize: 12 },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: colour('faint'), type: 'solid', width: 1 },
      data: labelled.map((value) => ({ xAxis: log2(value) })),
    },
    silent: true,
    clip: false,
    cursor: 'default',
    tooltip: { show: false },
    z: 1,
  };
}

function frame(chart, xs, y, right, name) {
  const left = 46;
  const logs = xs.map(log2);
  const low = Math.min(...logs);
  const high = Math.max(...logs);
  const pad = high > low ? 0.025 * (high - low) : 0.5;
  const range = { min: low - pad, max: high + pad, width: chart.getWidth() - left - right };
  return {
    range,
    option: {
      animation: false,
      textStyle: { fontFamily: 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif' },
      grid: { left, right, top: 14, bottom: 44 },
      markLine: { z: 1 },
      xAxis: {
        type: 'value',
        min: range.min,
        max: range.max,
        name,
        nameLocation: 'middle',
        nameGap: 27,
        nameTextStyle: { color: colour('soft'), fontSize: 12 },
        axisLabel: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLine: { onZero: false, lineStyle: { color: colour('line') } },
      },
      yAxis: Object.assign({
        type: 'value',
        axisLabel: {
          color: colour('soft'),
          fontSize: 12,
          formatter: (v) => String(Number(v.toFixed(4))).replace('-', '\u2212'),
        },
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: colour('faint') } },
      }, y),
      tooltip: {
        confine: true,
        transitionDuration: 0,
        backgroundColor: colour('paper'),
        borderColor: colour('line'),
        padding: [6, 10],
        textStyle: { color: colour('ink'), fontSize: 12.5 },
        extraCssText: 'box-shadow:0 2px 10px rgba(0,0,0,.18)',
        axisPointer: {
          type: 'line',
          snap: true,
          label: { show: false },
          lineStyle: { color: colour('soft'), type: 'solid', width: 1 },
        },
      },
    },
  };
}

function tip(heading, rows) {
  return element('div', { class: 'tip' }, [
    element('b', {}, [heading]),
    element('table', {}, rows.map((row) => {
      const mark = element('i', { class: 'swatch' });
      mark.style.background = row.colour;
      return element('tr', {}, [
        element('td', {}, [mark, row.name]),
        ...row.cells.map((cell) => element('td', { class: 'n' }, [cell])),
      ]);
    })),
  ]);
}
