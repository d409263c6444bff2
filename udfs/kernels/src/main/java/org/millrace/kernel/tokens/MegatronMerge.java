package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes one Megatron data set of several, such as the parts that an engine's tasks wrote. */
public final class MegatronMerge {

  private MegatronMerge() {}

  /**
   * Writes the sequences of all data sets in order as one; with it in memory is nothing of them. An
   * error leaves no files.
   *
   * @param prefixes of the data sets, at least one; all of one type
   * @param into prefix of the new one, none of {@code prefixes}; existing files are replaced
   * @throws IllegalArgumentException if one isn't a data set, or they are of several types
   */
  public static void merge(List<Path> prefixes, Path into) throws IOException {
    if (prefixes.isEmpty()) {
      throw new IllegalArgumentException("no Megatron data sets to merge into " + into);
    }
    var parts = new ArrayList<MegatronReader>();
    for (var prefix : prefixes) {
      if (prefix.toAbsolutePath().normalize().equals(into.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(into + " can't be merged into itself; name another");
      }
      parts.add(MegatronReader.open(prefix));
      if (parts.get(parts.size() - 1).type() != parts.get(0).type()) {
        throw new IllegalArgumentException(
            "%s has tokens of type %s, %s of %s; write them with one type"
                .formatted(
                    prefix,
                    parts.get(parts.size() - 1).type(),
                    prefixes.get(0),
                    parts.get(0).type()));
      }
    }
    var files = MegatronFiles.of(into);
    boolean whole = false;
    try {
      Files.deleteIfExists(files.idx());
      tokens(prefixes, files);
      index(parts, files);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(files.bin());
        Files.deleteIfExists(files.idx());
      }
    }
  }

  private static void tokens(List<Path> prefixes, MegatronFiles into) throws IOException {
    try (var out = new LittleEndianOutput(into.bin())) {
      for (var prefix : prefixes) {
        try (var bin = FileChannel.open(MegatronFiles.of(prefix).bin())) {
          out.file(bin);
        }
      }
    }
  }

  private static void index(List<MegatronReader> parts, MegatronFiles into) throws IOException {
    long sequences = parts.stream().mapToLong(MegatronReader::sequences).sum();
    long documents = parts.stream().mapToLong(MegatronReader::documents).sum();
    try (var idx =
        new MegatronIndexOutput(into.idx(), parts.get(0).type(), sequences, documents + 1)) {
      for (var part : parts) {
        for (long i = 0; i < part.sequences(); i++) {
          idx.length(part.length(i));
        }
      }
      for (var part : parts) {
        for (long i = 0; i < part.sequences(); i++) {
          idx.offsetOf(part.length(i));
        }
      }
      long before = 0;
      for (var part : parts) {
        for (long i = 0; i < part.documents(); i++) {
          idx.document(before + part.firstSequence(i));
        }
        before += part.sequences();
      }
      idx.document(before);
    }
  }
}
