(function () {
  'use strict';

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

  // ---- the compute chart

  const strategies = [...new Set(data.report.compute.map((p) => p.strategy))];
  const strategyLook = (strategy) => ({
    colour: colour('c' + (strategies.indexOf(strategy) % 8)),
    dash: 'solid',
    width: 2,
  });

  function computeLegend() {
    const box = document.getElementById('compute-legend');
    if (box) {
      box.replaceChildren(...strategies.map((strategy) => {
        const span = element('label', {}, [swatch(strategyLook(strategy)), strategy]);
        span.style.cursor = 'default';
        return span;
      }));
    }
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
    draw();
  }

  if (typeof echarts === 'undefined') {
    return;
  }
  root.classList.add('scripted');
  add('curve-chart', (chart) => drawCurves(chart, data.report.curves, 0, 100));
  add('gap-chart', (chart) => drawCurves(chart, data.gaps, -100, 100));
  add('compute-chart', drawCompute);
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
})();
