package org.millrace.streaming.placement.page;

import static java.util.Objects.requireNonNull;
import static org.millrace.streaming.page.Html.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.page.Template;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.Plan;

/**
 * Plans on an estate as one HTML file that a browser opens from disk: style and drawings are
 * inside, there is no script, and a content security policy lets nothing load. Equal inputs give
 * equal pages.
 *
 * @param title the heading
 * @param subtitle what was read
 * @param estate with the health of its NICs
 * @param plans one a job, in the order in which they are shown
 * @param notes advice, warnings of readers and such, a line each
 * @param manifest of the run as JSON
 */
public record PlacementPage(
    String title,
    String subtitle,
    Estate estate,
    List<Plan> plans,
    List<String> notes,
    String manifest) {

  private static final int MOST_NOTES = 100;

  public PlacementPage {
    requireNonNull(title, "title is null");
    requireNonNull(subtitle, "subtitle is null");
    requireNonNull(estate, "estate is null");
    requireNonNull(manifest, "manifest is null");
    plans = List.copyOf(plans);
    notes = List.copyOf(notes);
  }

  /** An HTML document, to be written as UTF-8. */
  public String html() {
    var occupancy = Occupancy.of(plans);
    var parts = new LinkedHashMap<String, String>();
    parts.put("title", text(title));
    parts.put("subtitle", text(subtitle));
    parts.put("style", Template.style(PlacementPage.class, "page.css"));
    parts.put("facts", facts());
    parts.put("legend", legend());
    parts.put("estate", new EstateDrawing(estate, occupancy).svg());
    parts.put("jobs", jobs());
    parts.put("notes", notesHtml());
    parts.put("manifest", text(manifest));
    return Template.of(PlacementPage.class, "page.html").fill(parts);
  }

  private String facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("nodes", Html.count(estate.nodes().size()));
    facts.put("GPUs usable", Html.count(estate.usableGpus()));
    facts.put("fabrics", Html.count(estate.fabrics().size()));
    facts.put(
        "NICs down",
        Html.count(
            estate.nodes().stream()
                .flatMap(node -> node.nics().stream())
                .filter(nic -> !nic.healthy())
                .count()));
    facts.put("jobs placed", Html.count(plans.size()));
    facts.put(
        "GPUs of jobs", Html.count(plans.stream().mapToLong(plan -> plan.sizes().ranks()).sum()));
    facts.put("mixed data groups", Html.count(mixed()));
    facts.put(
        "across fabrics",
        Words.gigabytes(plans.stream().mapToDouble(plan -> plan.cost().crossFabricBytes()).sum()));
    return facts.entrySet().stream()
        .map(fact -> "<div><dt>%s</dt><dd>%s</dd></div>".formatted(fact.getKey(), fact.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private int mixed() {
    return plans.stream().mapToInt(plan -> plan.mixedGroups(GroupKind.DP)).sum();
  }

  private String legend() {
    var jobs =
        IntStream.range(0, plans.size())
            .mapToObj(
                i ->
                    "<li><svg viewBox=\"0 0 26 14\"><rect class=\"cell %s\" x=\"1\" y=\"1\" width=\"24\" height=\"12\"/></svg><a href=\"#job-%d\">%s</a></li>"
                        .formatted(Occupancy.hue(i), i, text(plans.get(i).job())))
            .collect(Collectors.joining("\n"));
    return jobs;
  }

  private String jobs() {
    return IntStream.range(0, plans.size())
        .mapToObj(i -> new JobSection(i, plans.get(i), estate).html())
        .collect(Collectors.joining("\n"));
  }

  private String notesHtml() {
    if (notes.isEmpty()) {
      return "<p class=\"lead\">None.</p>";
    }
    var shown = notes.subList(0, Math.min(MOST_NOTES, notes.size()));
    var more =
        notes.size() > MOST_NOTES
            ? "\n<li>and %s more</li>".formatted(Html.count(notes.size() - MOST_NOTES))
            : "";
    return shown.stream()
        .map(note -> "<li>" + text(note) + "</li>")
        .collect(Collectors.joining("\n", "<ul class=\"notes\">", more + "</ul>"));
  }
}
