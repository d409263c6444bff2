package org.millrace.batch.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Request;
import org.millrace.kernel.bestofn.Answers;

/**
 * A prompt while its answers come in: which indices are asked for, which are not yet, and whether
 * there will be more.
 */
final class AskedPrompt {

  private final SampleTask task;
  private final Row row;
  private final String id;
  private final String text;

  /** The votes by sample index, those of earlier runs too; null for none. */
  private final TreeMap<Integer, String> votes = new TreeMap<>();

  private final TreeSet<Integer> wanted = new TreeSet<>();

  /** Of a race: the answers that are kept, and those that others have overtaken or that failed. */
  private final List<Answer> kept = new ArrayList<>();

  private final List<Answer> rest = new ArrayList<>();
  private int open;
  private boolean ended;

  /**
   * @param row of {@link SampleJob}: {@code lacking}, the indices without an answer, and of a
   *     policy that counts {@code given}, the texts of the others
   */
  AskedPrompt(SampleTask task, Row row) {
    this.task = task;
    this.row = row;
    this.id = row.getAs("prompt_id");
    String prompt = row.getAs("prompt");
    this.text = prompt == null ? "" : prompt;
    if (task.policy().isFixed()) {
      wanted.addAll(row.getList(row.fieldIndex("lacking")));
    } else {
      for (Row given : row.<Row>getList(row.fieldIndex("given"))) {
        votes.put(given.getInt(0), vote(given.getString(1)));
      }
    }
  }

  Row row() {
    return row;
  }

  private String vote(String answer) {
    return task.policy().vote(row.getAs("prompt"), row.getAs("target"), answer);
  }

  /** Takes answers that need no asking for, of an earlier attempt; gives back those it lacked. */
  List<Answer> take(Collection<Answer> known) {
    var taken = new ArrayList<Answer>();
    for (var answer : known) {
      boolean lacked =
          task.policy().isFixed()
              ? wanted.remove(answer.sampleIndex())
              : !votes.containsKey(answer.sampleIndex()) && !hasEnough();
      if (lacked) {
        taken.add(answer);
        count(answer);
      }
    }
    return taken;
  }

  private void count(Answer answer) {
    if (!task.policy().isFixed()) {
      votes.put(answer.sampleIndex(), vote(answer.text()));
    }
  }

  /** Whether so many answers have come that the others are not waited for. */
  boolean hasEnough() {
    return votes.size() >= task.policy().rule().firstOf();
  }

  /** Takes answers as they come in, before their turn; gives back those that are kept. */
  List<Answer> arrived(List<Answer> answers) {
    if (!task.policy().isRace()) {
      return answers;
    }
    var taken = new ArrayList<Answer>();
    for (var answer : answers) {
      if (answer.finishReason().isAnswer() && !hasEnough()) {
        taken.add(answer);
        count(answer);
      }
    }
    kept.addAll(taken);
    return taken;
  }

  /** Takes back calls that were not made. */
  void unmade(int calls) {
    open -= calls;
  }

  /** Takes the answers to a request in their turn; gives back what is settled by them. */
  List<Answer> answered(List<Answer> answers) {
    open--;
    // To go on without an answer that lacks would be another policy; a later run asks again.
    ended |= answers.stream().anyMatch(answer -> !answer.finishReason().isAnswer());
    if (!task.policy().isRace()) {
      answers.forEach(this::count);
      return answers;
    }
    answers.stream().filter(answer -> !kept.contains(answer)).forEach(rest::add);
    return open == 0 ? result() : List.of();
  }

  /** Of a race that is over: those kept, those stopped, and as many failures as answers lack. */
  private List<Answer> result() {
    ended = true;
    int lacking = task.policy().rule().firstOf() - votes.size();
    var result = new ArrayList<>(kept);
    for (var answer : rest) {
      boolean failed =
          !answer.finishReason().isAnswer() && answer.finishReason() != FinishReason.CANCELLED;
      if (!failed) {
        result.add(
            Answer.cancelled(
                answer.sampleIndex(), answer.promptTokens(), answer.completionTokens()));
      } else if (lacking > 0) {
        result.add(answer);
        lacking--;
      }
    }
    return result;
  }

  /** The calls to make now; none while a policy waits for answers, or has enough. */
  List<Request> requests() {
    if (!task.policy().isFixed() && open == 0 && !ended) {
      var cast = votes.values().toArray(String[]::new);
      int more = task.policy().rule(row.getAs("level")).more(Answers.number(cast), task.n());
      for (int index = 0; wanted.size() < more; index++) {
        if (!votes.containsKey(index)) {
          wanted.add(index);
        }
      }
    }
    // A call that is stopped loses all its answers.
    int perCall = task.policy().isRace() ? 1 : task.perCall();
    var requests = new ArrayList<Request>();
    int from = -1;
    int count = 0;
    for (int index : wanted) {
      if (count > 0 && (index != from + count || count == perCall)) {
        requests.add(new Request(id, text, from, count, task.parameters()));
        count = 0;
      }
      from = count == 0 ? index : from;
      count++;
    }
    if (count > 0) {
      requests.add(new Request(id, text, from, count, task.parameters()));
    }
    wanted.clear();
    open += requests.size();
    return requests;
  }

  /** Whether nothing is asked for any more. */
  boolean isDone() {
    return open == 0;
  }
}
