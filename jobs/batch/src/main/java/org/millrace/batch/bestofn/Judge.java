package org.millrace.batch.bestofn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.Asking;
import org.millrace.batch.sample.EngineOptions;
import org.millrace.batch.sample.engine.ReplayEngine;
import org.millrace.batch.sample.engine.openai.OpenAiEngine;

/**
 * The engine that a verifier asks for its opinion.
 *
 * @param engine its name; null where the user named none
 * @param options of it
 */
record Judge(String engine, EngineOptions options) {

  /** The folder of the output with what the judge wrote about answers. */
  static final String CRITIQUES = "critiques";

  /** The folder with what it wrote about critiques. */
  static final String META = "meta";

  /**
   * @throws IllegalArgumentException if there is no engine, or an option of it is wrong
   */
  Judge checked() {
    if (engine == null) {
      throw new IllegalArgumentException(
          "an engine is to be asked; name one: --engine openai, llama, or replay for critiques that"
              + " the input carries");
    }
    options.check(engine);
    return this;
  }

  /** Begins to ask. */
  Asking asking(Run run) throws IOException {
    return new Asking(run, engine, options, List.of(CRITIQUES, META));
  }

  /** Whether it gives what the input carries. */
  boolean replays() {
    return ReplayEngine.NAME.equals(engine);
  }

  /** Whether it tells how probable each token was. */
  boolean givesLogprobs() {
    var top = options.option("top-logprobs");
    return OpenAiEngine.NAME.equals(engine) && top != null && !top.strip().equals("0");
  }

  /**
   * Version of a verifier that asks it.
   *
   * @param told whatever else may change a score
   * @return 12 hexadecimal digits
   */
  String version(Object... told) {
    try {
      var all = engine + " " + options.identity() + " " + List.of(told);
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
