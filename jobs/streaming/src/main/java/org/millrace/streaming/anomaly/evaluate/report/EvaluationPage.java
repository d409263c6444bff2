package org.millrace.streaming.anomaly.evaluate.report;

import static org.millrace.streaming.page.Html.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.streaming.anomaly.evaluate.LabelledDevice;
import org.millrace.streaming.anomaly.evaluate.NabProfile;
import org.millrace.streaming.anomaly.evaluate.Scores;
import org.millrace.streaming.anomaly.evaluate.Scores.Line;
import org.millrace.streaming.anomaly.evaluate.Scores.Scope;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.page.Template;

/**
 * An evaluation as one HTML file that a browser opens from disk: style and drawings are inside,
 * there is no script, and a content security policy lets nothing load. Equal evaluations give equal
 * pages; a panel has a bounded size, some 20 kB, however many rows there are.
 *
 * @param title the heading
 * @param subtitle what was read
 * @param probation whether the first rows of a device are NAB's probation, which does not count
 * @param tolerance milliseconds that an opening may lie outside its event
 * @param manifest of the run as JSON
 */
public record EvaluationPage(
    String title,
    String subtitle,
    Scores scores,
    List<LabelledDevice> devices,
    Probation probation,
    long tolerance,
    String manifest) {

  /** Whether first rows count. */
  public enum Probation {
    NONE,
    NAB
  }

  private static final String PROBATION =
      "<li><svg viewBox=\"0 0 26 14\"><rect class=\"probation\" width=\"26\" height=\"14\"/></svg>"
          + "probation, not counted</li>";
  private static final String OTHERS = "Pale marks are of other variables of the same device. ";

  /** An HTML document, to be written as UTF-8. */
  public String html() {
    var parts = new LinkedHashMap<String, String>();
    parts.put("title", text(title));
    parts.put("subtitle", text(subtitle));
    parts.put("style", Template.style(EvaluationPage.class, "page.css"));
    parts.put("facts", facts());
    parts.put("table", table());
    parts.put("probation", probation == Probation.NAB ? PROBATION : "");
    parts.put("others", severalVariables() ? OTHERS : "");
    parts.put("panels", panels());
    parts.put("manifest", text(manifest));
    return Template.of(EvaluationPage.class, "page.html").fill(parts);
  }

  private String facts() {
    var all = scores.all();
    var events = all.events();
    var facts = new LinkedHashMap<String, String>();
    all.nab().forEach((profile, score) -> facts.put(nameOf(profile), Html.decimals(score, 1)));
    facts.put(eventWord() + " found", events.hits() + " of " + events.events());
    facts.put("false opens", events.falseOpens() + " of " + events.opens());
    facts.put("precision", Html.decimals(events.precision(), 2));
    facts.put("recall", Html.decimals(events.recall(), 2));
    facts.put("F1", Html.decimals(events.f1(), 2));
    facts.put("rows", Html.count(all.rows()));
    return facts.entrySet().stream()
        .map(fact -> "<div><dt>%s</dt><dd>%s</dd></div>".formatted(fact.getKey(), fact.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private String eventWord() {
    return probation == Probation.NAB ? "windows" : "events";
  }

  private static String nameOf(NabProfile profile) {
    return switch (profile) {
      case STANDARD -> "NAB standard";
      case LOW_FP -> "NAB low FP";
      case LOW_FN -> "NAB low FN";
    };
  }

  private String table() {
    boolean nab = !scores.all().nab().isEmpty();
    var heads = new ArrayList<>(List.of("rows"));
    if (nab) {
      List.of(NabProfile.values()).forEach(profile -> heads.add(nameOf(profile)));
    }
    heads.addAll(List.of(eventWord(), "found", "opens", "false", "precision", "recall", "F1"));
    var html = new StringBuilder("<table><thead><tr><th></th>");
    heads.forEach(head -> html.append("<th class=\"n\">").append(head).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (var line : scores.lines()) {
      html.append("<tr class=\"")
          .append(line.scope().name().toLowerCase(Locale.ROOT))
          .append("\"><th>")
          .append(name(line))
          .append("</th>");
      cells(line, nab)
          .forEach(cell -> html.append("<td class=\"n\">").append(cell).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }

  private String name(Line line) {
    if (line.scope() != Scope.DEVICE) {
      return text(line.name());
    }
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i).name().equals(line.name())) {
        return "<a href=\"#d" + i + "\">" + text(line.name()) + "</a>";
      }
    }
    return text(line.name());
  }

  private static List<String> cells(Line line, boolean nab) {
    var cells = new ArrayList<String>();
    cells.add(Html.count(line.rows()));
    if (nab) {
      for (var profile : NabProfile.values()) {
        var score = line.nab().get(profile);
        cells.add(score == null ? Html.NOTHING : Html.decimals(score, 1));
      }
    }
    var events = line.events();
    cells.add(Html.count(events.events()));
    cells.add(Html.count(events.hits()));
    cells.add(Html.count(events.opens()));
    cells.add(Html.count(events.falseOpens()));
    cells.add(events.opens() == 0 ? Html.NOTHING : Html.decimals(events.precision(), 2));
    cells.add(events.events() == 0 ? Html.NOTHING : Html.decimals(events.recall(), 2));
    cells.add(events.events() == 0 ? Html.NOTHING : Html.decimals(events.f1(), 2));
    return cells;
  }

  /** Devices of one variable share a section. */
  private String panels() {
    if (!severalVariables()) {
      return devices.stream()
          .map(device -> figure(device, variables(device).get(0), id(device), heading(device)))
          .collect(Collectors.joining("\n", "<div class=\"panels\">", "</div>"));
    }
    return devices.stream().map(this::panels).collect(Collectors.joining("\n"));
  }

  private String panels(LabelledDevice device) {
    return variables(device).stream()
        .map(variable -> figure(device, variable, "", text(variable)))
        .collect(
            Collectors.joining(
                "\n",
                "<h3%s>%s</h3>\n<div class=\"panels\">".formatted(id(device), heading(device)),
                "</div>"));
  }

  private boolean severalVariables() {
    return devices.stream().anyMatch(device -> device.variables().size() != 1);
  }

  private static List<String> variables(LabelledDevice device) {
    return List.copyOf(device.variables().keySet());
  }

  private String id(LabelledDevice device) {
    return " id=\"d%d\"".formatted(devices.indexOf(device));
  }

  private String heading(LabelledDevice device) {
    return text(device.name()) + " <small>" + summary(scores.of(device)) + "</small>";
  }

  private String figure(LabelledDevice device, String variable, String id, String caption) {
    int first = probation == Probation.NAB ? device.nab().probation() : 0;
    return "<figure%s><figcaption>%s</figcaption>%s</figure>"
        .formatted(id, caption, new Panel(device, variable, first, tolerance).svg());
  }

  private String summary(Line line) {
    var events = line.events();
    var found =
        events.events() == 0
            ? "no " + eventWord()
            : "%d of %d %s found".formatted(events.hits(), events.events(), eventWord());
    var opens =
        events.opens() == 0
            ? "no opens"
            : "%d of %d opens false".formatted(events.falseOpens(), events.opens());
    return found + " · " + opens;
  }
}
