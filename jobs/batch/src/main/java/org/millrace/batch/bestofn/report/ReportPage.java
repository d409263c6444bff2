package org.millrace.batch.bestofn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.millrace.batch.page.Html.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.millrace.batch.bestofn.report.Report.Fact;

/**
 * Writes a {@link Report} as one HTML file that a browser opens from disk without a network: style,
 * script, chart library and data are inside, and a content security policy admits nothing else.
 * Every number stands in a table of the HTML itself, so the page reads without scripts too. Equal
 * reports give equal pages.
 */
public final class ReportPage {

  /** Smallest ECharts build with an SVG renderer. */
  private static final String CHART_LIBRARY =
      "META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

  /** Pieces of the page's script, in the order in which they run. */
  private static final List<String> CODE =
      List.of("chart", "scaling", "lines", "laws", "compute", "latency", "disagreements", "start");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  /**
   * The page of a report.
   *
   * @param report what to show; sections without data are left out
   * @return an HTML document, to be written as UTF-8
   * @throws IllegalStateException if the chart library is not on the class path
   */
  public static String render(Report report) {
    requireNonNull(report, "report is null");
    String library = script(resource(CHART_LIBRARY));
    String code = script(code());
    var parts = new LinkedHashMap<String, String>();
    parts.put("policy", policy(library, code));
    parts.put("title", text(report.title()));
    parts.put("subtitle", subtitle(report.subtitle()));
    parts.put("style", resource(own("page.css")));
    parts.put("facts", facts("facts", report.facts()));
    parts.put("notes", notes(report.notes()));
    parts.put("contents", contents(report));
    parts.put("curves", CurvesSection.html(report.curves()));
    parts.put("difficulty", TableSections.difficulty(report.difficulty()));
    parts.put("disagreements", TableSections.disagreements(report.disagreements()));
    parts.put("laws", LawsSection.html(report.analysis().fits()));
    parts.put("compute", ComputeSection.html(report.compute(), report.analysis()));
    parts.put("latency", LatencySection.html(report.analysis()));
    parts.put("tokens", tokens(report.tokens()));
    parts.put("manifest", manifest(report.manifest()));
    parts.put("data", DataBlock.of(report).json());
    parts.put("library", library);
    parts.put("code", code);
    return fill(resource(own("page.html")), parts);
  }

  /** Fills in one pass, so that a part which looks like a place is not filled again. */
  private static String fill(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    requireNonNull(parts.get(place.group(1)), () -> "no part " + place.group())));
  }

  private static String subtitle(String subtitle) {
    return subtitle.isBlank() ? "" : "<p class=\"path\">" + text(subtitle) + "</p>";
  }

  private static String facts(String id, List<Fact> facts) {
    if (facts.isEmpty()) {
      return "";
    }
    return facts.stream()
        .map(
            fact ->
                "<div><dt>%s</dt><dd>%s</dd></div>"
                    .formatted(text(fact.label()), text(fact.value())))
        .collect(Collectors.joining("\n", "<dl class=\"facts\" id=\"" + id + "\">\n", "\n</dl>\n"));
  }

  private static String notes(List<String> notes) {
    if (notes.isEmpty()) {
      return "";
    }
    return notes.stream()
        .map(note -> "<li>" + text(note) + "</li>")
        .collect(
            Collectors.joining(
                "\n", "<aside id=\"notes\" aria-label=\"Notes\"><ul>\n", "\n</ul></aside>\n"));
  }

  private static String tokens(List<Fact> tokens) {
    return tokens.isEmpty()
        ? ""
        : "<section id=\"tokens\"><h2>Tokens</h2>\n"
            + facts("token-facts", tokens)
            + "</section>\n";
  }

  private static String manifest(String manifest) {
    return manifest.isBlank()
        ? ""
        : "<section id=\"manifest\"><h2>Manifest</h2>\n<details><summary>_millrace.json</summary>"
            + "<pre>"
            + text(manifest)
            + "</pre></details></section>\n";
  }

  private static String contents(Report report) {
    var names = new LinkedHashMap<String, Boolean>();
    names.put("Scaling", !report.curves().isEmpty());
    names.put("Laws", !report.analysis().fits().isEmpty());
    names.put("Difficulty", !report.difficulty().isEmpty());
    names.put("Disagreements", !report.disagreements().isEmpty());
    names.put("Compute", !report.compute().isEmpty());
    names.put("Latency", !report.analysis().parallel().isEmpty());
    names.put("Tokens", !report.tokens().isEmpty());
    names.put("Manifest", !report.manifest().isBlank());
    names.values().removeIf(present -> !present);
    if (names.size() < 2) {
      return "";
    }
    return names.keySet().stream()
        .map(name -> "<a href=\"#%s\">%s</a>".formatted(name.toLowerCase(Locale.ROOT), name))
        .collect(Collectors.joining("\n", "<nav aria-label=\"Contents\">", "</nav>"));
  }

  /** Nothing may load, and only the page's own two scripts may run, whatever text it holds. */
  private static String policy(String... scripts) {
    var hashes = new StringBuilder();
    for (String script : scripts) {
      hashes.append(" 'sha256-").append(sha256(script)).append('\'');
    }
    return "default-src 'none'; script-src"
        + hashes
        + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  }

  private static String sha256(String script) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The page's own script: its pieces share one scope. */
  private static String code() {
    return CODE.stream()
        .map(name -> resource(own(name + ".js")))
        .collect(Collectors.joining("\n", "(function () {\n'use strict';\n\n", "})();\n"));
  }

  private static String script(String code) {
    if (code.contains("</script") || code.contains("<!--")) {
      throw new IllegalStateException("a script with </script or <!-- cannot stand inside a page");
    }
    return code;
  }

  private static String own(String name) {
    return ReportPage.class.getPackageName().replace('.', '/') + "/" + name;
  }

  private static String resource(String path) {
    try (var in = ReportPage.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            path + " is not on the class path; the charts come with org.webjars:echarts:5.5.0");
      }
      // The policy's hashes are of the text as a browser reads it, with plain line feeds.
      return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
