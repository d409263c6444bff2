// ---- the laws of the curves

const fits = data.report.analysis.fits;

function fitColour(fit) {
  const index = data.colours[fit.selector];
  return fit.ceiling || index === undefined ? colour('ink') : colour('c' + index);
}

const inPercent = (share) => (finite(share) ? 100 * share : NaN);

/** A law as a smooth line from the first k to the last. */
function smooth(fit, law) {
  const ks = fit.points.map((p) => p.k);
  const from = log2(ks[0]);
  const to = log2(ks[ks.length - 1]);
  return Array.from({ length: 81 }, (_, i) => Math.pow(2, from + ((to - from) * i) / 80))
    .map((k) => [k, 100 * law(k)]);
}

function drawLaws(chart) {
  const lines = fits.flatMap((fit) => {
    const { p, most } = fit.saturation;
    const own = {
      name: fit.ceiling ? 'ceiling (pass)' : fit.selector,
      colour: fitColour(fit),
      points: smooth(fit, (k) => most * (1 - Math.pow(1 - p, k))),
      marks: fit.points.map((point) => point.k),
      dots: fit.points.map((point) => [point.k, inPercent(point.measured)]),
    };
    if (!fit.coverage) {
      return [own];
    }
    const { a, b } = fit.coverage;
    return [own, {
      name: 'law of coverage',
      colour: fitColour(fit),
      dash: [6, 4],
      points: smooth(fit, (k) => Math.exp(a * Math.pow(k, b))),
      marks: [],
      dots: [],
    }];
  });
  const values = lines.flatMap((l) => l.points.concat(l.dots).map((p) => p[1])).filter(finite);
  drawLines(chart, lines, scale(values, 0, 100), 'samples per prompt, k', (k) => {
    const cell = (x) => (finite(x) ? percent(x) : '\u2013');
    return tip('k = ' + k + ': measured, saturation, coverage', fits
      .map((fit) => ({ fit, at: fit.points.find((point) => point.k === k) }))
      .filter((row) => row.at)
      .map(({ fit, at }) => ({
        colour: fitColour(fit),
        name: fit.selector,
        cells: [cell(at.measured), cell(at.saturation), cell(at.coverage)],
      })));
  });
}
