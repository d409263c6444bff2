package org.millrace.batch.bestofn.report;

import static org.millrace.batch.page.Html.count;
import static org.millrace.batch.page.Html.exact;
import static org.millrace.batch.page.Html.percentCell;
import static org.millrace.batch.page.Html.text;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.millrace.batch.bestofn.report.Analysis.Fit;
import org.millrace.batch.bestofn.report.Analysis.FitPoint;

/** The laws of the curves: a chart of curve and law, their parameters, and both in numbers. */
final class LawsSection {

  private LawsSection() {}

  /** The section's HTML; empty without fits. */
  static String html(List<Fit> fits) {
    if (fits.isEmpty()) {
      return "";
    }
    var out = new StringBuilder();
    out.append(
        """
        <section id="laws"><h2>Laws</h2>
        <p class="lead">What more samples would bring. Saturation: F(N) = F<sub>max</sub> (1 − (1 − \
        p)<sup>N</sup>), N* being the samples after which one more gains less than 0.01 or 0.001. \
        Coverage: c(k) = exp(a k<sup>b</sup>). Rms: how far the law is from what was measured; a \
        law that is far off foretells nothing.</p>
        <figure><figcaption>Accuracy by samples per prompt, %: measured (dots) and by the laws of \
        saturation (lines) and coverage (dashed)</figcaption>
        <div class="chart" id="laws-chart" role="img"
         aria-label="Measured curves and fitted laws; the numbers are in the tables below"></div>
        </figure>
        """);
    out.append(saturation(fits)).append(coverage(fits));
    out.append("<details><summary>Measured and fitted in numbers</summary>\n");
    return out.append(values(fits)).append("</details></section>\n").toString();
  }

  private static String saturation(List<Fit> fits) {
    var out = head("saturation-table", "Law of saturation", "curve");
    for (var name : List.of("p", "F<sub>max</sub>", "rms", "N*(0.01)", "N*(0.001)")) {
      out.append("<th scope=\"col\" class=\"n\">").append(name).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (var fit : fits) {
      var law = fit.saturation();
      out.append(row(fit.selector()))
          .append(cell(law.p(), 6))
          .append(cell(law.most(), 6))
          .append(cell(law.rms(), 4));
      for (double gain : new double[] {.01, .001}) {
        out.append("<td class=\"n\">").append(count(law.saturation(gain))).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static String coverage(List<Fit> fits) {
    if (fits.stream().allMatch(fit -> fit.coverage() == null)) {
      return "";
    }
    var out = head("coverage-table", "Law of coverage", "curve");
    for (var name : List.of("a", "b", "rms")) {
      out.append("<th scope=\"col\" class=\"n\">").append(name).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (var fit : fits) {
      if (fit.coverage() != null) {
        out.append(row(fit.selector()))
            .append(cell(fit.coverage().a(), 6))
            .append(cell(fit.coverage().b(), 6))
            .append(cell(fit.coverage().rms(), 4))
            .append("</tr>\n");
      }
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static String values(List<Fit> fits) {
    var ks = fits.stream().flatMap(fit -> fit.points().stream()).map(FitPoint::k);
    var columns = ks.distinct().sorted().toList();
    var out = head("fit-table", "Accuracy, %; a dash where it was not measured", "k");
    columns.forEach(
        k -> out.append("<th scope=\"col\" class=\"n\">").append(count(k)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (var fit : fits) {
      out.append(row(fit, " measured", columns, FitPoint::measured));
      if (fit.coverage() != null) {
        out.append(row(fit, " coverage law", columns, FitPoint::coverage));
      }
      out.append(row(fit, " saturation law", columns, FitPoint::saturation));
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static String row(
      Fit fit, String what, List<Integer> ks, ToDoubleFunction<FitPoint> value) {
    var out = new StringBuilder(row(fit.selector() + what));
    for (int k : ks) {
      double at =
          fit.points().stream()
              .filter(point -> point.k() == k)
              .mapToDouble(value)
              .findFirst()
              .orElse(Double.NaN);
      out.append(percentCell(at, 2));
    }
    return out.append("</tr>\n").toString();
  }

  private static StringBuilder head(String id, String caption, String first) {
    return new StringBuilder("<div class=\"scroll\"><table id=\"")
        .append(id)
        .append("\" class=\"grid\"><caption>")
        .append(caption)
        .append("</caption>\n<thead><tr><th scope=\"col\">")
        .append(first)
        .append("</th>");
  }

  private static String row(String name) {
    return "<tr><th scope=\"row\">" + text(name) + "</th>";
  }

  private static String cell(double number, int decimals) {
    return "<td class=\"n\" title=\"%s\">%s</td>"
        .formatted(
            exact(number),
            String.format(Locale.ROOT, "%." + decimals + "f", number).replace('-', '−'));
  }
}
