package org.millrace.batch.corpus;

import java.util.List;
import org.millrace.command.UserError;
import org.millrace.kernel.extract.SiteLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes out lines that a site has on most of its pages. */
@Command(
    name = "navigation",
    description = "Takes out the lines that a site (host, else source) has on most of its pages.")
final class NavigationStep implements Step {

  @Option(
      names = "--percent",
      defaultValue = "50",
      description = "Lines on so many per cent of a site's pages go out; 1 to 100.")
  int percent;

  @Option(
      names = "--pages",
      defaultValue = "20",
      description = "Sites with fewer pages are left alone.")
  int pages;

  @Override
  public void check() {
    lines();
  }

  private SiteLines lines() {
    try {
      return new SiteLines(percent, pages);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("navigation: %s", e.getMessage());
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(new NavigationPass(lines()));
  }
}
