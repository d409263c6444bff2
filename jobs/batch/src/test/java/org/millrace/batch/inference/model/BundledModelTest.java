package org.millrace.batch.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.millrace.batch.SharedData;

/** The bundled models against plain ONNX Runtime with a tokenizer of the test's own. */
class BundledModelTest {

  private static final List<String> TEXTS =
      List.of(
          "A cat sits on the mat.",
          "Héllo, WORLD! naïve café -- 3.14159 & e=mc^2",
          "",
          "  tabs\tand\nlines  ",
          "unbelievablyantidisestablishmentarianism",
          "今天天气很好，我们去公园散步。",
          "混合 English and 中文 in one line",
          "x".repeat(150),
          "the quick brown fox jumps over the lazy dog ".repeat(40),
          "人工智能与大规模语言模型的训练数据".repeat(60));

  private static void compare(BundledModel bundled, ReferenceEmbedder reference, List<String> texts)
      throws Exception {
    try (var model = TextModel.open(bundled.spec())) {

      var embedded = model.apply(bundled.task(), texts);

      for (int i = 0; i < texts.size(); i++) {
        var vector = embedded.get(i).value();
        assertThat(vector).hasSize(bundled.width());
        var doubles = new double[vector.length];
        for (int j = 0; j < doubles.length; j++) {
          doubles[j] = vector[j];
        }
        assertThat(doubles)
            .as(texts.get(i))
            .containsExactly(reference.embed(texts.get(i)), within(1e-4));
      }
    }
  }

  @Test
  void theEnglishModelGivesWhatPlainOnnxRuntimeGives() throws Exception {
    try (var reference = new ReferenceEmbedder("all-minilm-l6-v2-q", true, 256)) {
      compare(BundledModel.MINI_LM_EN, reference, TEXTS);
    }
  }

  @Test
  void theChineseModelGivesWhatPlainOnnxRuntimeGives() throws Exception {
    try (var reference = new ReferenceEmbedder("bge-small-zh-v1.5-q", false, 512)) {
      compare(BundledModel.BGE_ZH, reference, TEXTS);
    }
  }

  @Test
  void soDoRealTexts() throws Exception {
    var english = new ArrayList<String>();
    var mapper = new ObjectMapper();
    for (var line : Files.readAllLines(Path.of(SharedData.file("math/math500.jsonl")))) {
      if (english.size() < 100) {
        english.add(mapper.readTree(line).get("problem").asText());
      }
    }
    var chinese = new ArrayList<String>();
    var file = SharedData.file("text/common_crawl_zh_lines_1000.jsonl.gz");
    try (var in =
        new InputStreamReader(
            new GZIPInputStream(new FileInputStream(file)), StandardCharsets.UTF_8)) {
      new java.io.BufferedReader(in).lines().limit(100).forEach(chinese::add);
    }
    try (var reference = new ReferenceEmbedder("all-minilm-l6-v2-q", true, 256)) {
      compare(BundledModel.MINI_LM_EN, reference, english);
    }
    try (var reference = new ReferenceEmbedder("bge-small-zh-v1.5-q", false, 512)) {
      compare(BundledModel.BGE_ZH, reference, chinese);
    }
  }

  @Test
  void likeTextsAreNearerThanOthers() {
    try (var model = TextModel.open(BundledModel.MINI_LM_EN.spec())) {

      var vectors =
          model.apply(
              BundledModel.MINI_LM_EN.task(),
              List.of(
                  "How old are you?", "What is your age?", "The train to Basel leaves at nine."));

      double near = cosine(vectors.get(0).value(), vectors.get(1).value());
      double far = cosine(vectors.get(0).value(), vectors.get(2).value());
      assertThat(near).isGreaterThan(far + .5);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
