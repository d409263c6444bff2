package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An answer to a score for each of its steps, 0 to 1: what process reward models do. Behind each
 * step stands the model's step tag, and the step's score is read there: the probability of the good
 * label. A model with one output a token gives that as a logit, one with two classes as the second,
 * one that writes tokens as that of the good label's token against the bad label's.
 *
 * <p>An answer without any step has no scores.
 *
 * @param template of the text to read, the steps with their tags in the place of the answer
 * @param tag what the model wants behind each step, white space around its step tag as it wants
 *     that: {@code " ки\n"}, {@code <extra_0>}; the tag itself is one token
 * @param separator what stands between the steps of an answer; empty parts are no steps
 * @param labels the good label's token and the bad label's; null where the model has classes
 */
public record ScoreSteps(Template template, String tag, String separator, Labels labels)
    implements Task<Answer, double[]> {

  private static final long serialVersionUID = 1L;

  /** What ends a step where nothing else is said: an empty line. */
  public static final String DEFAULT_SEPARATOR = "\n\n";

  public ScoreSteps {
    requireNonNull(template, "template is null");
    requireNonNull(tag, "tag is null");
    requireNonNull(separator, "separator is null");
    if (tag.isEmpty() || separator.isEmpty()) {
      throw new IllegalArgumentException("the step tag and the step separator can't be empty");
    }
  }

  @Override
  public Encoded encode(Answer answer, TextEncoder encoder) {
    var steps = steps(answer.text());
    var tagged = new StringBuilder();
    for (var step : steps) {
      tagged.append(step).append(tag);
    }
    var encoded = encoder.encode(template.fill(answer.prompt(), tagged.toString()));
    TooLong.FAULT.check(encoded, encoder);
    var marks = positions(encoded.ids(), encoder.lastId(bare()));
    if (marks.length != steps.size()) {
      throw new BadInput(
          "%d steps, but the step tag '%s' is %d times among the tokens of prompt and answer",
          steps.size(), bare(), marks.length);
    }
    return encoded.marked(marks);
  }

  @Override
  public double[] read(Tensor output, int row, Encoded input, TextEncoder encoder) {
    if (output.rank() != 3 || (output.width() > 2 && labels == null)) {
      throw new IllegalArgumentException(
          "to score steps takes an output of (rows, tokens, 1 or 2), or one of the vocabulary"
              + " beside labels, not "
              + output.shown());
    }
    var scores = new double[input.marks().length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(output, output.offset(row, input.marks()[i]), encoder);
      if (Double.isNaN(scores[i])) {
        throw new BadInput("the model's score of step %d is NaN", i);
      }
    }
    return scores;
  }

  private double score(Tensor output, int from, TextEncoder encoder) {
    var values = output.values();
    return switch (output.width()) {
      case 1 -> Softmax.sigmoid(values[from]);
      case 2 -> Softmax.ofTwo(values[from + 1], values[from]);
      default ->
          Softmax.ofTwo(
              values[from + id(labels.good(), output, encoder)],
              values[from + id(labels.bad(), output, encoder)]);
    };
  }

  private static int id(String label, Tensor output, TextEncoder encoder) {
    int id = encoder.lastId(label);
    if (id >= output.width()) {
      throw new IllegalArgumentException(
          "the label '%s' is token %d, but the model's output has %d"
              .formatted(label, id, output.width()));
    }
    return id;
  }

  /** An answer's steps; the tag ends one where the answer has it already. */
  private List<String> steps(String text) {
    var steps = new ArrayList<String>();
    for (var part : text.replace(bare(), separator).split(Pattern.quote(separator))) {
      if (!part.isBlank()) {
        steps.add(part.strip());
      }
    }
    return steps;
  }

  // A line break may be the tag itself.
  private String bare() {
    return tag.isBlank() ? tag : tag.strip();
  }

  private static int[] positions(long[] ids, int tag) {
    return IntStream.range(0, ids.length).filter(i -> ids[i] == tag).toArray();
  }
}
