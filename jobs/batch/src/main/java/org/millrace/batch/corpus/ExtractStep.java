package org.millrace.batch.corpus;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.millrace.command.UserError;
import org.millrace.kernel.clean.Decision;
import org.millrace.kernel.extract.BlockList;
import org.millrace.kernel.extract.HtmlText;
import org.millrace.kernel.extract.Page;
import org.millrace.kernel.extract.Urls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pages of HTML to text. */
@Command(
    name = "extract",
    description = "HTML to text; then takes out the lines that a site has on most of its pages.")
final class ExtractStep implements Step {

  /** Which part of a page is its text. */
  enum Mode {
    /** All of it. */
    STRIP,
    /** The article without what is around it; all where no article is found. */
    ARTICLE
  }

  @Option(
      names = "--mode",
      defaultValue = "strip",
      description =
          "strip takes all text of a page, article looks for its main part by Readability.")
  Mode mode;

  @Option(
      names = "--block-list",
      description = "A file of domains and address prefixes, one a line; their pages are dropped.")
  Path blockList;

  @Option(
      names = "--site-lines",
      arity = "1",
      defaultValue = "true",
      description = "Whether the step navigation follows.")
  boolean siteLines;

  @Mixin NavigationStep navigation = new NavigationStep();

  @Override
  public void check() {
    blocked();
    navigation.check();
  }

  private ArrayList<String> blocked() {
    if (blockList == null) {
      return new ArrayList<>();
    }
    try {
      return new ArrayList<>(Files.readAllLines(blockList));
    } catch (NoSuchFileException e) {
      throw UserError.usage("extract.block-list: no such file: %s", blockList);
    } catch (MalformedInputException e) {
      throw UserError.usage("extract.block-list: %s is not UTF-8", blockList);
    } catch (IOException e) {
      throw UserError.usage("extract.block-list: can't read %s: %s", blockList, e.getMessage());
    }
  }

  @Override
  public List<Pass> passes() {
    var passes = new ArrayList<Pass>();
    passes.add(new Extract(mode, blocked()));
    if (siteLines) {
      passes.addAll(navigation.passes());
    }
    return passes;
  }

  /** The extraction as it travels to the executors. */
  private record Extract(Mode mode, ArrayList<String> blocked) implements Pass.Each {

    private static final Pattern DOCUMENT =
        Pattern.compile("<(?:!doctype\\s+html|html|head|body)[\\s>]", Pattern.CASE_INSENSITIVE);

    private static final Pattern TAG =
        Pattern.compile("</?[a-z][a-z0-9]*(?:\\s[^<>]*)?/?>", Pattern.CASE_INSENSITIVE);

    /** So many tags make a page; a text that tells of one has fewer. */
    private static final int PAGE_TAGS = 5;

    @Override
    public Pass.Work open() {
      var list = BlockList.of(blocked.stream());
      return document -> extract(document, list);
    }

    private Outcome extract(Document given, BlockList list) {
      var normal = given.url() == null ? null : Urls.normal(given.url());
      var document = normal == null ? given : given.withUrl(normal);
      var entry = document.url() == null ? null : list.match(document.url());
      if (entry != null) {
        return Outcome.dropped(document, new Decision("blocked_url", 1), entry);
      }
      if (!html(document.text())) {
        return judged(document);
      }
      Page page =
          mode == Mode.ARTICLE
              ? HtmlText.article(document.text(), document.url())
              : HtmlText.strip(document.text());
      return judged(
          document
              .withText(page.text())
              .withTitle(document.title() == null ? page.title() : document.title()));
    }

    /** Whether a text is a page or a piece of one, and not plain text that mentions a tag. */
    private static boolean html(String text) {
      return DOCUMENT.matcher(text).find()
          || TAG.matcher(text.stripLeading()).lookingAt()
          || TAG.matcher(text).results().limit(PAGE_TAGS).count() == PAGE_TAGS;
    }

    private static Outcome judged(Document document) {
      return document.text().isBlank()
          ? Outcome.dropped(document, new Decision("no_text", 0), null)
          : Outcome.kept(document);
    }
  }
}
