// ---- how a selector looks

const variants = new Map();
function look(curve) {
  if (curve.ceiling) {
    return { colour: colour('ink'), symbol: 'circle', dash: [7, 4], width: 2 };
  }
  const index = data.colours[curve.base];
  const own = curve.selector.slice(curve.base.length);
  if (own && !variants.has(own)) {
    variants.set(own, shapes[variants.size % shapes.length]);
  }
  return {
    colour: index === undefined ? colour('ink') : colour('c' + index),
    symbol: own ? variants.get(own) : 'circle',
    dash: curve.fileOrder ? [3, 3] : own ? [9, 3] : 'solid',
    width: curve.fileOrder ? 1.25 : 2,
  };
}

// ---- the scaling charts

const state = {
  hidden: new Set(),
  fileOrder: data.report.curves.length > 0 && data.report.curves.every((c) => c.fileOrder),
  bars: true,
};
const shown = (curve) =>
  !state.hidden.has(curve.selector) && (state.fileOrder || !curve.fileOrder);

function drawCurves(chart, all, floor, ceiling) {
  const curves = all.filter(shown).map((curve) => ({
    curve,
    style: look(curve),
    points: curve.points.filter((p) => finite(p.value)),
  })).filter((c) => c.points.length > 0);
  chart.clear();
  if (curves.length === 0) {
    return;
  }
  const bars = state.bars && curves.some((c) => c.points.some((p) => finite(p.stderr)));
  const ks = [...new Set(curves.flatMap((c) => c.points.map((p) => p.k)))].sort((a, b) => a - b);
  const ends = curves.flatMap(({ points }) => points.flatMap((p) => {
    const reach = bars && finite(p.stderr) ? p.stderr : 0;
    return [100 * (p.value - reach), 100 * (p.value + reach)];
  }));
  const y = scale(ends, floor, ceiling);
  const named = chart.getWidth() >= 420 ? curves.filter((c) => !c.curve.fileOrder) : [];
  const label = ({ curve }) => {
    const name = curve.ceiling ? 'ceiling (pass)' : curve.selector;
    return name.length > 26 ? name.slice(0, 25) + '\u2026' : name;
  };
  const right = named.length ? Math.max(...named.map((c) => widthOf(label(c)))) + 26 : 14;
  const { option, range } = frame(chart, ks, y, right, 'samples per prompt, k');
  const crowd = curves.filter((c) => c.curve.fileOrder).length > 4;
  option.tooltip.trigger = 'axis';
  option.tooltip.formatter = (items) => {
    const at = items[0].axisValue;
    const k = ks.reduce((a, b) => (Math.abs(log2(b) - at) < Math.abs(log2(a) - at) ? b : a));
    return curveTip(k, curves);
  };
  option.series = [ticks(ks, chart, range, y)].concat(curves.map((c) =>
    line(c, bars && !(crowd && c.curve.fileOrder))));
  chart.setOption(option, true);
  if (named.length) {
    chart.setOption({ graphic: endLabels(chart, named, label, right) });
  }
}

function line({ curve, style, points }, bars) {
  return {
    type: 'line',
    name: curve.selector,
    data: points.map((p) => [log2(p.k), 100 * p.value]),
    symbol: style.symbol,
    symbolSize: curve.fileOrder ? 5 : 6,
    itemStyle: { color: style.colour },
    lineStyle: { color: style.colour, width: style.width, type: style.dash },
    areaStyle: curve.ceiling ? { color: colour('soft'), opacity: 0.09, origin: 'end' } : undefined,
    emphasis: { focus: 'series', lineStyle: { width: style.width + 1 } },
    blur: { lineStyle: { opacity: 0.2 }, itemStyle: { opacity: 0.2 } },
    z: curve.ceiling ? 4 : curve.fileOrder ? 2 : 3,
    markLine: bars ? errorBars(points, style) : undefined,
  };
}

function errorBars(points, style) {
  const known = points.filter((p) => finite(p.stderr) && p.stderr > 0);
  return {
    silent: true,
    symbol: ['rect', 'rect'],
    symbolSize: [7, 1.25],
    label: { show: false },
    lineStyle: { color: style.colour, type: 'solid', width: 1.25, opacity: 0.6 },
    data: known.map((p) => [
      { coord: [log2(p.k), 100 * (p.value - p.stderr)] },
      { coord: [log2(p.k), 100 * (p.value + p.stderr)] },
    ]),
  };
}

/** Names at the right end of the lines, pushed apart where they would overlap. */
function endLabels(chart, curves, label, right) {
  const gap = 15;
  const bottom = chart.getHeight() - 50;
  const places = curves.map((c) => {
    const last = c.points[c.points.length - 1];
    const [x, y] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 },
      [log2(last.k), 100 * last.value]);
    return { c, x, y, at: y };
  }).sort((a, b) => a.y - b.y);
  places.forEach((p, i) => {
    p.at = Math.max(p.y, i === 0 ? 8 : places[i - 1].at + gap);
  });
  for (let i = places.length - 1, limit = bottom; i >= 0; i--) {
    places[i].at = Math.min(places[i].at, limit);
    limit = places[i].at - gap;
  }
  const left = chart.getWidth() - right + 14;
  return places.flatMap((p) => [
    {
      type: 'polyline',
      silent: true,
      shape: { points: [[p.x + 6, p.y], [left - 8, p.at], [left - 3, p.at]] },
      style: { stroke: p.c.style.colour, fill: 'none', lineWidth: 1, opacity: 0.45 },
    },
    {
      type: 'text',
      silent: true,
      x: left,
      y: p.at,
      style: {
        text: label(p.c),
        fill: p.c.style.colour,
        font: '12px system-ui, sans-serif',
        verticalAlign: 'middle',
      },
    },
  ]);
}

function curveTip(k, curves) {
  const rows = curves
    .map((c) => ({ c, point: c.points.find((p) => p.k === k) }))
    .filter((row) => row.point)
    .sort((a, b) => b.point.value - a.point.value);
  return tip('k = ' + k, rows.map(({ c, point }) => ({
    colour: c.style.colour,
    name: c.curve.selector,
    cells: [percent(point.value), finite(point.stderr) ? '\u00b1 ' + percent(point.stderr) : ''],
  })));
}

// ---- legends

function swatch(style) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('width', 22);
  svg.setAttribute('height', 10);
  svg.setAttribute('aria-hidden', 'true');
  const stroke = document.createElementNS(ns, 'line');
  const attributes = { x1: 0, x2: 22, y1: 5, y2: 5, stroke: style.colour };
  attributes['stroke-width'] = style.width;
  if (style.dash !== 'solid') {
    attributes['stroke-dasharray'] = style.dash.join(' ');
  }
  Object.entries(attributes).forEach(([name, value]) => stroke.setAttribute(name, value));
  const dot = document.createElementNS(ns, 'circle');
  Object.entries({ cx: 11, cy: 5, r: 3, fill: style.colour })
    .forEach(([name, value]) => dot.setAttribute(name, value));
  svg.append(stroke, dot);
  return svg;
}

function key(curve) {
  const button = element('button', {
    type: 'button',
    'aria-pressed': String(!state.hidden.has(curve.selector)),
    title: 'Show or hide this curve',
  }, [swatch(look(curve)), element('span', {}, [curve.selector])]);
  button.addEventListener('click', () => {
    const hidden = state.hidden.has(curve.selector);
    state.hidden[hidden ? 'delete' : 'add'](curve.selector);
    button.setAttribute('aria-pressed', String(hidden));
    draw();
  });
  return button;
}

function toggle(text, on, act) {
  const box = element('input', { type: 'checkbox' });
  box.checked = on;
  box.addEventListener('change', () => {
    act(box.checked);
    draw();
  });
  return element('label', {}, [box, text]);
}

function curveLegend() {
  const box = document.getElementById('curve-legend');
  if (!box) {
    return;
  }
  const curves = data.report.curves;
  const inOrder = curves.filter((curve) => curve.fileOrder);
  const more = element('div', { class: 'more' }, inOrder.map(key));
  more.hidden = !state.fileOrder;
  box.replaceChildren(...curves.filter((curve) => !curve.fileOrder).map(key));
  box.append(toggle('\u00b1 1 standard error', state.bars, (on) => { state.bars = on; }));
  if (inOrder.length) {
    box.append(toggle('first k in file order (' + inOrder.length + ')', state.fileOrder, (on) => {
      state.fileOrder = on;
      more.hidden = !on;
    }));
    box.append(more);
  }
}
