// ---- a chart of named lines over a log2 axis

/**
 * Draws lines { name, colour, points: [[x, y], ...], dash, dots: [[x, y], ...], marks: [x, ...] };
 * dots, where given, stand in place of the line's own symbols, and marks in place of its xs on the
 * axis. tell(x) makes the tip.
 */
function drawLines(chart, lines, y, title, tell) {
  const known = lines.map((l) => Object.assign({}, l, {
    points: l.points.filter((p) => finite(p[1])),
    dots: l.dots && l.dots.filter((p) => finite(p[1])),
  })).filter((l) => l.points.length > 0);
  chart.clear();
  if (known.length === 0) {
    return;
  }
  const labelled = chart.getWidth() >= 420 ? known.filter((l) => l.label !== false) : [];
  const right = labelled.length ? Math.max(...labelled.map((l) => widthOf(l.name))) + 26 : 14;
  const marks = [...new Set(known.flatMap((l) => l.marks || l.points.map((p) => p[0])))];
  marks.sort((a, b) => a - b);
  const xs = known.flatMap((l) => l.points.map((p) => p[0]));
  const { option, range } = frame(chart, xs.concat(marks), y, right, title);
  option.tooltip.trigger = 'axis';
  option.tooltip.formatter = (items) => {
    const at = items[0].axisValue;
    return tell(marks.reduce((a, b) => (Math.abs(log2(b) - at) < Math.abs(log2(a) - at) ? b : a)));
  };
  option.series = [ticks(marks, chart, range, y)];
  known.forEach((l) => {
    option.series.push({
      type: 'line',
      data: l.points.map((p) => [log2(p[0]), p[1]]),
      symbol: l.dots ? 'none' : 'circle',
      symbolSize: 5,
      itemStyle: { color: l.colour },
      lineStyle: { color: l.colour, width: 2, type: l.dash || 'solid' },
      z: 3,
    });
    if (l.dots) {
      option.series.push({
        type: 'scatter',
        data: l.dots.map((p) => [log2(p[0]), p[1]]),
        symbolSize: 7,
        itemStyle: { color: l.colour },
        z: 4,
      });
    }
  });
  chart.setOption(option, true);
  if (labelled.length) {
    const ends = labelled.map((l) => {
      const last = l.points[l.points.length - 1];
      // The labels' places are in percent of a value.
      return { name: l.name, style: { colour: l.colour }, points: [{ k: last[0], value: last[1] / 100 }] };
    });
    chart.setOption({ graphic: endLabels(chart, ends, (l) => l.name, right) });
  }
}

function legend(id, entries) {
  const box = document.getElementById(id);
  if (box) {
    box.replaceChildren(...entries.map(({ name, colour: own }) => {
      const span = element('label', {}, [swatch({ colour: own, dash: 'solid', width: 2 }), name]);
      span.style.cursor = 'default';
      return span;
    }));
  }
}
