package org.millrace.notebooks;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.sql.SparkSession;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/** Runs Scala with what Zeppelin's Spark interpreter has at hand: {@code spark}, {@code z}. */
final class ScalaInterpreter implements AutoCloseable {

  private final StringWriter said = new StringWriter();
  private final IMain main;

  ScalaInterpreter(SparkSession spark, Forms forms) {
    var settings = new Settings();
    settings.classpath().value_$eq(System.getProperty("java.class.path"));
    main = new IMain(settings, new ReplReporterImpl(settings, new PrintWriter(said, true)));
    bind("spark", SparkSession.class, spark);
    bind("z", Forms.class, forms);
    run("import spark.implicits._; import spark.sql; import org.apache.spark.sql.functions._");
  }

  @SuppressWarnings("unchecked")
  private void bind(String name, Class<?> type, Object value) {
    var bound = main.bind(name, type.getName(), value, (List) Nil$.MODULE$);
    if (!bound.toString().equals("Success")) {
      throw new AssertionError("can't bind " + name + ": " + said);
    }
  }

  /**
   * Runs a paragraph.
   *
   * @return what it said
   * @throws AssertionError if it does not compile, or throws
   */
  String run(String scala) {
    said.getBuffer().setLength(0);
    var result = main.interpret(scala).toString();
    if (!result.equals("Success")) {
      throw new AssertionError(result + ": " + said);
    }
    return said.toString();
  }

  @Override
  public void close() {
    main.close();
  }
}
