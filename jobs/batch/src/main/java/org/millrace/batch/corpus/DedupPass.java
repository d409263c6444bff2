package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.corpus.DedupStep.Keep;
import org.millrace.batch.corpus.dedup.Candidates;
import org.millrace.batch.corpus.dedup.Components;
import org.millrace.batch.corpus.dedup.Edges;
import org.millrace.batch.corpus.dedup.Growth;
import org.millrace.batch.corpus.dedup.Prints;
import org.millrace.command.UserError;

/**
 * Deduplication of a corpus: exact copies by a 128-bit hash; of what is left prints, candidates,
 * verified edges, components, capped growth. Documents are numbered in the order in which copies
 * are preferred, so that the smallest number of a component is the copy that stays. The result
 * depends on no partitioning.
 *
 * @param prints what is compared
 * @param threshold exact Jaccard similarity from which documents are copies
 * @param sources priority by source, small first
 * @param against index folders of older corpora, whose documents get negative numbers
 */
record DedupPass(
    Prints prints,
    double threshold,
    Keep keep,
    Map<String, Integer> sources,
    List<String> against,
    boolean index)
    implements Pass.Whole {

  private static final String STEP = "dedup";
  private static final String INDEX = "index";
  private static final String INDEX_OPTIONS = "_index.txt";
  private static final int REPORTED = 100;

  private static final StructType NODE =
      new StructType().add("doc_id", DataTypes.StringType).add("node", DataTypes.LongType);

  @Override
  public Dataset<Row> apply(Dataset<Row> documents, Workshop work) throws Exception {
    // The shingles are three times the text: made again for the few documents that need them.
    var all =
        work.checkpoint(
            "prints",
            prints
                .of(documents.select("doc_id", "source", "score", "text"))
                .withColumn("priority", priority())
                .withColumn("preference", preference())
                .drop("source", "score", "shingles"));
    var exact = work.checkpoint("exact", exactCopies(all));
    var copies = exact.groupBy(col("detail").as("doc_id")).agg(count(lit(1)).plus(1).as("copies"));
    var left =
        all.join(exact, new String[] {"doc_id"}, "left_anti")
            .join(copies, new String[] {"doc_id"}, "left")
            .withColumn("copies", coalesce(col("copies"), lit(1L)));
    var drops = exact;
    Dataset<Row> older = null;
    if (!against.isEmpty()) {
      older = older(work);
      var known = work.checkpoint("known", exactlyKnown(left, older));
      left = left.join(known, new String[] {"doc_id"}, "left_anti");
      drops = drops.union(known);
    }
    if (prints.fuzzy()) {
      drops = drops.union(nearCopies(new Left(documents, left, older), work));
    }
    // Saved, its size is known, and few of them go to the documents rather than all meet.
    drops = work.checkpoint("fates", drops);
    if (index) {
      writeIndex(prints.of(documents.select("doc_id", "text")), drops, work);
    }
    return Fate.dropped(documents, STEP, drops);
  }

  private Column priority() {
    var priority = lit(sources.size());
    for (var source : sources.entrySet()) {
      priority =
          when(col("source").equalTo(source.getKey()), source.getValue()).otherwise(priority);
    }
    return priority;
  }

  /** Smaller is better. */
  private Column preference() {
    return switch (keep) {
      case LONGEST -> negate(col("length")).cast("double");
      case FIRST -> lit(0.0);
      case BEST_SCORE -> coalesce(negate(col("score")), lit(Double.POSITIVE_INFINITY));
    };
  }

  /** What comes first stays; the field {@code place} has the {@code doc_id}. */
  private Column order() {
    var id = col("doc_id");
    var place = keep == Keep.FIRST ? Place.of(id) : struct(id.as("doc_id"));
    return struct(col("priority"), col("preference"), place.as("place"));
  }

  private Dataset<Row> exactCopies(Dataset<Row> all) {
    var light = all.select("doc_id", "priority", "preference", "key1", "key2");
    var groups =
        light
            .groupBy("key1", "key2")
            .agg(
                count(lit(1)).as("copies"),
                min(order()).getField("place").getField("doc_id").as("detail"))
            .where(col("copies").gt(1));
    return light
        .join(groups, new String[] {"key1", "key2"})
        .where(col("doc_id").notEqual(col("detail")))
        .select(
            col("doc_id"), lit("exact_duplicate").as("rule"), lit(1.0).as("value"), col("detail"));
  }

  /** The documents of older corpora, numbered below 0. */
  private Dataset<Row> older(Workshop work) throws IOException {
    Dataset<Row> rows = null;
    for (int i = 0; i < against.size(); i++) {
      requireSameOptions(against.get(i), work);
      // Two corpora may have documents of the same id.
      var index =
          work.spark()
              .read()
              .parquet(against.get(i))
              .withColumn("place", concat(lit(i + ":"), col("doc_id")));
      rows = rows == null ? index : rows.unionByName(index);
    }
    var ordered = rows.select("doc_id", "place").orderBy(col("doc_id").desc(), col("place").desc());
    var nodes =
        numbered(ordered.select("place"), work)
            .select(col("doc_id").as("place"), negate(col("node")).minus(1).as("node"));
    return work.checkpoint(
        "older", rows.join(nodes, "place").drop("place").withColumn("copies", lit(1L)));
  }

  private void requireSameOptions(String folder, Workshop work) throws IOException {
    var given = work.read(folder, INDEX_OPTIONS);
    if (given == null) {
      throw new UserError(
          "dedup.against: %s is no index; name the index folder of a dedup with index=true",
          folder);
    }
    if (!given.equals(prints.canonical())) {
      throw new UserError(
          "dedup.against: %s was made with %s, this run has %s; use the same",
          folder, given, prints.canonical());
    }
  }

  private static Dataset<Row> exactlyKnown(Dataset<Row> left, Dataset<Row> older) {
    var known = older.groupBy("key1", "key2").agg(min("doc_id").as("detail"));
    return left.select("doc_id", "key1", "key2")
        .join(known, new String[] {"key1", "key2"})
        .select(
            col("doc_id"), lit("exact_duplicate").as("rule"), lit(1.0).as("value"), col("detail"));
  }

  /**
   * What is compared.
   *
   * @param texts {@code doc_id, text} of all documents
   * @param prints of those that are no exact copies
   * @param older null if there are none
   */
  private record Left(Dataset<Row> texts, Dataset<Row> prints, Dataset<Row> older) {}

  private Dataset<Row> nearCopies(Left left, Workshop work) {
    var older = left.older();
    var order = left.prints().select("doc_id", "priority", "preference");
    var numbers = numbered(order.orderBy(order()).select("doc_id"), work);
    var nodes =
        work.checkpoint(
            "nodes", left.prints().select("doc_id", "bands", "copies").join(numbers, "doc_id"));
    var all =
        older == null
            ? nodes
            : nodes.unionByName(older.select("doc_id", "bands", "copies", "node"));
    var pairs = work.checkpoint("pairs", Candidates.of(all));
    var sets = sets(pairs, nodes, left, work);
    var edges = work.checkpoint("edges", Edges.of(pairs, sets, threshold));
    // A document like an older one goes, and speaks for no other.
    var like = older == null ? null : work.checkpoint("like-older", likeOlder(edges));
    var among = older == null ? edges : without(like.select("node"), edges);
    var members = Components.of(among, work::checkpoint);
    var grown = Growth.drops(members, sets, threshold);
    var drops = work.checkpoint("drops", older == null ? grown : grown.unionByName(like));
    report(new Found(nodes, pairs, edges, members, drops), work);
    return drops
        .join(nodes.select("doc_id", "node"), "node")
        .join(all.select(col("doc_id").as("detail"), col("node").as("kept")), "kept")
        .select(
            col("doc_id"),
            lit("near_duplicate").as("rule"),
            col("similarity").as("value"),
            col("detail"));
  }

  /** The shingles of the documents that are in a pair. */
  private Dataset<Row> sets(Dataset<Row> pairs, Dataset<Row> nodes, Left left, Workshop work) {
    var paired = pairs.select(col("a").as("node")).union(pairs.select(col("b"))).distinct();
    var light = nodes.select("doc_id", "node").join(paired, new String[] {"node"}, "left_semi");
    var wanted = work.checkpoint("paired", light);
    var texts = left.texts().select("doc_id", "text").join(wanted, "doc_id").select("node", "text");
    var sets = prints.of(texts).select("node", "shingles");
    var older = left.older();
    return work.checkpoint(
        "sets",
        older == null
            ? sets
            : sets.union(
                older.select("node", "shingles").join(paired, new String[] {"node"}, "left_semi")));
  }

  private static Dataset<Row> without(Dataset<Row> gone, Dataset<Row> edges) {
    return edges
        .where(col("a").geq(0))
        .join(gone.toDF("a"), new String[] {"a"}, "left_anti")
        .join(gone.toDF("b"), new String[] {"b"}, "left_anti");
  }

  private static Dataset<Row> likeOlder(Dataset<Row> edges) {
    return edges
        .where(col("a").lt(0))
        .groupBy(col("b").as("node"))
        .agg(min("a").as("kept"), min_by(col("similarity"), col("a")).as("similarity"));
  }

  private record Found(
      Dataset<Row> nodes,
      Dataset<Row> pairs,
      Dataset<Row> edges,
      Dataset<Row> members,
      Dataset<Row> drops) {}

  /** Counts, exact copies with them, and which components are so large that someone should look. */
  private static void report(Found found, Workshop work) {
    var nodes = found.nodes();
    var weights = nodes.select("node", "copies");
    var exactPairs =
        weights.agg(coalesce(sum(expr("copies * (copies - 1) div 2")), lit(0L))).first().getLong(0);
    var nearPairs =
        found
            .edges()
            .join(weights.toDF("a", "copies_a"), "a")
            .join(weights.toDF("b", "copies_b"), "b")
            .agg(coalesce(sum(col("copies_a").multiply(col("copies_b"))), lit(0L)))
            .first()
            .getLong(0);
    work.count("candidate_pairs", found.pairs().count());
    work.count("verified_edges", found.edges().count());
    work.count("duplicate_pairs", exactPairs + nearPairs);
    var dropped = found.drops().select(col("node"), lit(1L).as("gone"));
    var sizes =
        weights
            .join(found.members(), new String[] {"node"}, "left")
            .join(dropped, new String[] {"node"}, "left")
            .groupBy(coalesce(col("root"), col("node")).as("root"))
            .agg(sum("copies").as("size"), sum(expr("1 - coalesce(gone, 0)")).as("stay"));
    var all = sizes.agg(count(lit(1)), coalesce(max("size"), lit(0L))).first();
    work.count("components", all.getLong(0));
    work.count("largest_component", all.getLong(1));
    sizes
        .where(col("size").gt(1))
        .orderBy(col("size").desc(), col("root"))
        .limit(REPORTED)
        .join(nodes.select(col("doc_id").as("first"), col("node").as("root")), "root")
        .select("first", "size", "stay")
        .coalesce(1)
        .sortWithinPartitions(col("size").desc(), col("first"))
        .write()
        .json(work.folder("largest-components").toString());
  }

  private void writeIndex(Dataset<Row> all, Dataset<Row> drops, Workshop work) throws IOException {
    all.join(drops, new String[] {"doc_id"}, "left_anti")
        .select("doc_id", "key1", "key2", "bands", "shingles")
        .write()
        .parquet(work.folder(INDEX).toString());
    work.write(INDEX + "/" + INDEX_OPTIONS, prints.canonical());
  }

  /** Rows of {@code doc_id} with their position as {@code node}. */
  private static Dataset<Row> numbered(Dataset<Row> ordered, Workshop work) {
    var rows =
        ordered
            .javaRDD()
            .zipWithIndex()
            .map(pair -> RowFactory.create(pair._1().getString(0), pair._2()));
    return work.spark().createDataFrame(rows, NODE);
  }
}
