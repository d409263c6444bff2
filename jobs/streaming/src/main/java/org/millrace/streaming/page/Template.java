package org.millrace.streaming.page;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places such as <code>{{title}}</code>, a resource beside a class.
 *
 * @param text with its places
 */
public record Template(String text) {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** The template of a name beside a class. */
  public static Template of(Class<?> beside, String name) {
    return new Template(resource(beside, name));
  }

  /** The style of all pages, then that of a name beside a class. */
  public static String style(Class<?> beside, String name) {
    return resource(Template.class, "base.css") + resource(beside, name);
  }

  /**
   * The page. Filled in one pass, so that a part which looks like a place is not filled again.
   *
   * @param parts by name of their place, escaped already
   * @throws NullPointerException if a place has no part
   */
  public String fill(Map<String, String> parts) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    requireNonNull(parts.get(place.group(1)), () -> "no part " + place.group())));
  }

  private static String resource(Class<?> beside, String name) {
    try (var in = beside.getResourceAsStream(name)) {
      return new String(
          requireNonNull(in, () -> name + " is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }
}
