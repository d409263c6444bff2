package org.millrace.batch.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.millrace.batch.sample.engine.Answer;
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
              : !votes.containsKey(answer.sampleIndex());
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

  /** Takes the answers to a request. */
  void answered(List<Answer> answers) {
    open--;
    answers.forEach(this::count);
    // To go on without an answer that lacks would be another policy; a later run asks again.
    ended |= answers.stream().anyMatch(answer -> !answer.finishReason().isAnswer());
  }

  /** The calls to make now; none while a policy waits for answers, or has enough. */
  List<Request> requests() {
    if (!task.policy().isFixed() && open == 0 && !ended) {
      var cast = votes.values().toArray(String[]::new);
      int more = task.policy().rule().more(Answers.number(cast), task.n());
      for (int index = 0; wanted.size() < more; index++) {
        if (!votes.containsKey(index)) {
          wanted.add(index);
        }
      }
    }
    var requests = new ArrayList<Request>();
    int from = -1;
    int count = 0;
    for (int index : wanted) {
      if (count > 0 && (index != from + count || count == task.perCall())) {
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
