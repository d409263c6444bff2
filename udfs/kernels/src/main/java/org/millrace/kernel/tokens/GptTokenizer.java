package org.millrace.kernel.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;

/** One of OpenAI's vocabularies by jtokkit, in plain Java. */
final class GptTokenizer implements Tokenizer {

  private final Gpt vocabulary;
  private final Encoding encoding;
  private final EndOfDocument endOfDocument;

  GptTokenizer(Gpt vocabulary, String endOfDocument) {
    this.vocabulary = vocabulary;
    encoding = Encodings.newLazyEncodingRegistry().getEncoding(vocabulary.type());
    this.endOfDocument =
        EndOfDocument.find(
            endOfDocument, name(), token -> vocabulary.special().getOrDefault(token, -1));
  }

  @Override
  public int[] encode(String text) {
    return encoding.encodeOrdinary(WellFormed.of(text)).toArray();
  }

  @Override
  public String decode(int[] tokens) {
    var ids = new IntArrayList(tokens.length);
    for (int token : tokens) {
      ids.add(token);
    }
    try {
      return encoding.decode(ids);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s can't decode: %s".formatted(name(), e.getMessage()), e);
    }
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int endOfDocument() {
    return endOfDocument.id();
  }

  @Override
  public String name() {
    return vocabulary.type().getName();
  }

  @Override
  public void close() {}
}
