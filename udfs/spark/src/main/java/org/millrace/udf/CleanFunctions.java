package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.clean.DocumentStatistics;
import org.millrace.kernel.clean.Pii;
import org.millrace.kernel.clean.RulePacks;
import org.millrace.kernel.clean.Words;

/** What cleans the text of a corpus as SQL functions. */
final class CleanFunctions {

  private static final StructType DECISION =
      new StructType()
          .add("kept", BooleanType, false)
          .add("reason", StringType)
          .add("value", DoubleType);

  /** One a thread: it reuses its buffers from document to document. */
  private static final ThreadLocal<DocumentStatistics> STATISTICS =
      ThreadLocal.withInitial(() -> new DocumentStatistics(Words.WHITESPACE));

  private CleanFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        new SqlFunction(
            "judge_document",
            "text, pack",
            "Whether a pack of rules (pangu, gopher-quality, gopher-repetition, fineweb) keeps a"
                + " document; if not, the first rule that drops it and what it measured. Words are"
                + " what white space sets apart.",
            "judge_document('Too short.', 'gopher-quality').kept",
            "false",
            DECISION,
            (UDF2<String, String, Row>) CleanFunctions::judge),
        new SqlFunction(
            "ngram_stats",
            "text",
            "How often lines, paragraphs and runs of 2 to 10 words repeat in a text, with the ratios"
                + " of its words' characters, in a field each; words are what white space sets"
                + " apart.",
            "ngram_stats('a b a b').top_2_gram",
            "0.8571428571428571",
            NGramStats.type(),
            new NGramStats()),
        new SqlFunction(
            "mask_pii",
            "text",
            "The text with e-mail and public IPv4 addresses, phone numbers, Chinese mobile numbers"
                + " and identity cards replaced by such as belong to nobody.",
            "mask_pii('Write to ann@corp.com or 8.8.8.8.')",
            "Write to email@example.com or 192.0.2.1.",
            StringType,
            (UDF1<String, String>) text -> text == null ? null : Pii.mask(text).text()));
  }

  private static Row judge(String text, String pack) {
    if (text == null || pack == null) {
      return null;
    }
    var decision = RulePacks.named(pack).judge(STATISTICS.get().measure(text));
    return RowFactory.create(
        decision.kept(), decision.reason(), decision.kept() ? null : decision.value());
  }
}
