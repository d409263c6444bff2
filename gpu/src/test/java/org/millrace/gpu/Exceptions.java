package org.millrace.gpu;

import java.util.HashSet;
import java.util.Set;

/** What may stay off the GPU in more than one job, and why. */
final class Exceptions {

  /**
   * A typed map: Java code that takes rows and gives rows. The operator and all that makes objects
   * of its rows are the CPU's.
   */
  static final Set<String> TYPED_MAP =
      Set.of(
          "AssertNotNull",
          "AttributeReference",
          "BoundReference",
          "CreateExternalRow",
          "DeserializeToObjectExec",
          "ExternalMapToCatalyst",
          "GetExternalRowField",
          "Invoke",
          "IsNull",
          "LambdaVariable",
          "MapObjects",
          "MapPartitionsExec",
          "SerializeFromObjectExec",
          "StaticInvoke",
          "ValidateExternalType");

  /** What counts the rows as they are read keeps a count, so it can't be bridged. */
  static final Set<String> TALLY = Set.of("ProjectExec", "ScalaUDF good");

  /** A verdict in other words than ours, such as true, is read by Java code; one short column. */
  static final Set<String> VERDICT = Set.of("ScalaUDF verdict");

  /** Lines of text are no format that RAPIDS reads; their JSON is bridged. */
  static final Set<String> LINES =
      Set.of("FileSourceScanExec", "JsonToStructs", "RLike", "ScalaUDF is_utf8");

  /** On the GPU with the cache serializer of the README's gpu.conf, which asks for the plugin. */
  static final Set<String> CACHE = Set.of("InMemoryTableScanExec");

  /** A small table is written as JSON: a quarantine, a report. RAPIDS writes Parquet. */
  static final Set<String> SMALL_JSON =
      Set.of("DataWritingCommandExec", "InsertIntoHadoopFsRelationCommand", "WriteFilesExec");

  private Exceptions() {}

  @SafeVarargs
  static Set<String> all(Set<String>... sets) {
    var all = new HashSet<String>();
    for (var set : sets) {
      all.addAll(set);
    }
    return all;
  }
}
