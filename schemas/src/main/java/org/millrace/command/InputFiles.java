package org.millrace.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.millrace.schema.InputFile;

/**
 * The files behind {@code --input}, all of one kind.
 *
 * @param files in path order
 * @param kind told by the files' endings
 */
public record InputFiles(List<InputFile> files, Kind kind) {

  /** What a file's ending says. */
  public enum Kind {
    PARQUET,
    JSONL,
    CSV,
    TSV,
    /** Archives of web pages, also WET, their texts. */
    WARC;

    private static Optional<Kind> of(String path, Set<String> packings, Map<String, Kind> further) {
      var plain = path.toLowerCase(Locale.ROOT);
      int dot = plain.lastIndexOf('.');
      if (packings.contains(plain.substring(dot + 1))) {
        plain = plain.substring(0, dot);
      }
      var ending = plain.substring(plain.lastIndexOf('.') + 1);
      return switch (ending) {
        case "parquet" -> Optional.of(PARQUET);
        case "jsonl", "ndjson", "json" -> Optional.of(JSONL);
        case "csv" -> Optional.of(CSV);
        case "tsv" -> Optional.of(TSV);
        case "warc", "wet" -> Optional.of(WARC);
        default -> Optional.ofNullable(further.get(ending));
      };
    }
  }

  /** A file system, as far as it takes to find files. */
  @FunctionalInterface
  public interface Listing {

    /**
     * A file, or all {@linkplain #visible visible} files in and below a folder.
     *
     * @throws FileNotFoundException if there is no such file or folder
     * @throws IllegalArgumentException if that is no path
     */
    List<InputFile> files(String path) throws IOException;
  }

  /**
   * Finds the files that an engine can read.
   *
   * @param kinds that it reads
   * @param packings endings, such as {@code gz}, that it unpacks
   * @throws UserError if there is nothing to read, or files of several kinds
   */
  public static InputFiles find(
      List<String> paths, Set<Kind> kinds, Set<String> packings, Listing listing)
      throws IOException {
    return find(paths, kinds, packings, Map.of(), listing);
  }

  /**
   * The same where a program that the files come from has endings of its own.
   *
   * @param further kinds by ending, such as {@code log}
   */
  public static InputFiles find(
      List<String> paths,
      Set<Kind> kinds,
      Set<String> packings,
      Map<String, Kind> further,
      Listing listing)
      throws IOException {
    var files = new ArrayList<InputFile>();
    var found = EnumSet.noneOf(Kind.class);
    for (var path : paths) {
      int before = files.size();
      for (var file : list(path, listing)) {
        var kind = Kind.of(file.getPath(), packings, further).filter(kinds::contains);
        if (kind.isPresent()) {
          found.add(kind.get());
          files.add(file);
        }
      }
      if (files.size() == before) {
        throw new UserError(
            "--input %s: nothing to read; files end in %s (text also packed: %s)",
            path,
            endings(kinds, further),
            packings.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    if (found.size() > 1) {
      throw new UserError("--input: files of one kind at a time, found %s", found);
    }
    files.sort(Comparator.comparing(InputFile::getPath));
    return new InputFiles(List.copyOf(files), found.iterator().next());
  }

  private static List<InputFile> list(String path, Listing listing) throws IOException {
    try {
      return listing.files(path);
    } catch (FileNotFoundException e) {
      throw new UserError("--input %s: no such file or folder", path);
    } catch (IllegalArgumentException e) {
      throw new UserError("--input %s: %s", path, e.getMessage());
    }
  }

  private static String endings(Set<Kind> kinds, Map<String, Kind> further) {
    var usual = kinds.stream().sorted().map(kind -> kind.name().toLowerCase(Locale.ROOT));
    return Stream.concat(usual, further.keySet().stream().sorted())
        .map(ending -> "." + ending)
        .collect(Collectors.joining(", "));
  }

  /** Whether a file or folder inside a folder is input: not with a dot or an underscore before. */
  public static boolean visible(String name) {
    return !name.startsWith(".") && !name.startsWith("_");
  }

  /** Their paths, in order. */
  public List<String> paths() {
    return files.stream().map(InputFile::getPath).toList();
  }
}
