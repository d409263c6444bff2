package org.millrace.batch.inference.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BERT's tokens by the rules of its paper, in a few lines, to check the tokenizer of the suite by:
 * clean, part at white space, punctuation and each Chinese character, then the longest pieces that
 * the vocabulary has.
 */
final class ReferenceWordPiece {

  private final Map<String, Integer> vocabulary = new HashMap<>();
  private final boolean lowerCase;

  ReferenceWordPiece(byte[] tokenizerJson) throws IOException {
    var json = new ObjectMapper().readTree(tokenizerJson);
    json.at("/model/vocab")
        .fields()
        .forEachRemaining(entry -> vocabulary.put(entry.getKey(), entry.getValue().asInt()));
    lowerCase = json.at("/normalizer/lowercase").asBoolean();
  }

  /** Ids between [CLS] and [SEP], of which there are at most so many in all. */
  long[] ids(String text, int maxTokens) {
    var pieces = new ArrayList<Integer>();
    for (var word : words(text)) {
      pieces.addAll(pieces(word));
    }
    var kept = pieces.subList(0, Math.min(pieces.size(), maxTokens - 2));
    var ids = new long[kept.size() + 2];
    ids[0] = vocabulary.get("[CLS]");
    for (int i = 0; i < kept.size(); i++) {
      ids[i + 1] = kept.get(i);
    }
    ids[ids.length - 1] = vocabulary.get("[SEP]");
    return ids;
  }

  private List<String> words(String text) {
    var spaced = new StringBuilder();
    normal(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR) {
                spaced.append(' ');
              } else if (c == 0 || c == 0xFFFD || Character.getType(c) == Character.CONTROL) {
                return;
              } else if (Character.isIdeographic(c) || punctuation(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
              } else {
                spaced.appendCodePoint(c);
              }
            });
    return List.of(spaced.toString().strip().split(" +"));
  }

  private String normal(String text) {
    return lowerCase
        ? Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{Mn}", "")
            .toLowerCase(Locale.ROOT)
        : text;
  }

  private static boolean punctuation(int c) {
    boolean ascii =
        c >= 33 && c <= 47 || c >= 58 && c <= 64 || c >= 91 && c <= 96 || c >= 123 && c <= 126;
    return ascii || Character.toString(c).matches("\\p{P}");
  }

  private List<Integer> pieces(String word) {
    var pieces = new ArrayList<Integer>();
    var unknown = List.of(vocabulary.get("[UNK]"));
    if (word.codePointCount(0, word.length()) > 100) {
      return unknown;
    }
    for (int from = 0; from < word.length(); ) {
      int to = word.length();
      while (to > from && !vocabulary.containsKey(piece(word, from, to))) {
        to--;
      }
      if (to == from) {
        return unknown;
      }
      pieces.add(vocabulary.get(piece(word, from, to)));
      from = to;
    }
    return pieces;
  }

  private static String piece(String word, int from, int to) {
    return (from == 0 ? "" : "##") + word.substring(from, to);
  }
}
