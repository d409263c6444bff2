package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import org.millrace.kernel.clean.Languages;
import org.millrace.kernel.clean.Mojibake;
import org.millrace.kernel.clean.Simplified;
import org.millrace.kernel.extract.HtmlText;
import org.millrace.kernel.extract.Urls;

/**
 * What makes text of web pages as SQL functions. Their libraries are in {@code millrace-batch.jar}
 * and are not asked for before a function is called.
 */
final class TextFunctions {

  private TextFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        new SqlFunction(
            "html_text",
            "html",
            "All text of a page of HTML, a line a block, without scripts and styles.",
            "html_text('<p>Hello <b>you</b></p><script>x()</script>')",
            "Hello you",
            StringType,
            (UDF1<String, String>) html -> html == null ? null : HtmlText.strip(html).text()),
        new SqlFunction(
            "normal_url",
            "url",
            "An address in its normal form, without fragment and tracking parameters; null for what"
                + " is no http, https or ftp address.",
            "normal_url('HTTP://Example.COM:80/a/../b?utm_source=x&p=1#top')",
            "http://example.com/b?p=1",
            StringType,
            (UDF1<String, String>) url -> Urls.normal(url)),
        new SqlFunction(
            "language_of",
            "text",
            "The likeliest language of a text by its beginning, ISO 639-1; und without letters.",
            "language_of('盘古开天辟地，女娲炼石补天，这是古老的故事。')",
            "zh",
            StringType,
            (UDF1<String, String>)
                text -> text == null ? null : Languages.bundled().identify(text).label()),
        new SqlFunction(
            "simplify_chinese",
            "text",
            "A text in traditional characters in simplified ones, Taiwan's phrases too; any other"
                + " as it is.",
            "simplify_chinese('工程師寫軟體')",
            "工程师写软件",
            StringType,
            (UDF1<String, String>) text -> text == null ? null : Simplified.of(text)),
        new SqlFunction(
            "repair_mojibake",
            "text",
            "Lines whose UTF-8 was read as Windows-1252, ISO 8859-1 or GBK as they were meant; what"
                + " is not surely wrong stays.",
            "repair_mojibake('cafÃ©')",
            "café",
            StringType,
            (UDF1<String, String>) text -> text == null ? null : Mojibake.repair(text).text()));
  }
}
