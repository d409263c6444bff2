package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

/**
 * An answer to one score, higher is better: what cross-encoders and outcome reward models do. A
 * model with one output gives its logit, of any range; one with two classes the probability of the
 * second; one with an output a token that of the last token.
 *
 * @param template of the one text to read; null has the tokenizer make a pair, as cross-encoders
 *     want it
 * @param tooLong what becomes of an answer longer than the model reads
 */
public record ScoreAnswer(Template template, TooLong tooLong) implements Task<Answer, Double> {

  private static final long serialVersionUID = 1L;

  public ScoreAnswer {
    requireNonNull(tooLong, "tooLong is null");
  }

  @Override
  public Encoded encode(Answer answer, TextEncoder encoder) {
    var encoded =
        template == null
            ? encoder.encode(answer.prompt(), answer.text())
            : encoder.encode(template.fill(answer.prompt(), answer.text()));
    tooLong.check(encoded, encoder);
    return encoded;
  }

  @Override
  public Double read(Tensor output, int row, Encoded input, TextEncoder encoder) {
    boolean perToken = output.rank() == 3;
    if (output.rank() > 3 || output.width() > (perToken ? 1 : 2)) {
      throw new IllegalArgumentException(
          "to score takes an output of (rows), (rows, 1), (rows, 2) or (rows, tokens, 1), not "
              + output.shown());
    }
    var logits = perToken ? output.token(row, input.length() - 1) : output.row(row);
    double score = logits.length == 2 ? Softmax.ofTwo(logits[1], logits[0]) : logits[0];
    if (!Double.isFinite(score)) {
      throw new BadInput("the model's score is %s", score);
    }
    return score;
  }
}
