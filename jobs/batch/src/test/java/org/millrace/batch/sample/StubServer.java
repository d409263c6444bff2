package org.millrace.batch.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.ToLongBiFunction;

/** A server of a model on loopback, which answers after some time and counts what it sells. */
final class StubServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final ToLongBiFunction<String, Integer> latencyMs;
  private final BiFunction<String, Integer, String> answers;
  private final Map<String, AtomicInteger> called = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> sold = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  /**
   * @param answers from a prompt and how many answers it has had to the next one
   */
  StubServer(long latencyMs, BiFunction<String, Integer, String> answers) throws IOException {
    this((prompt, calls) -> latencyMs, answers);
  }

  /**
   * @param latencyMs from a prompt and how many calls it has had to the time that the next takes
   */
  StubServer(
      ToLongBiFunction<String, Integer> latencyMs, BiFunction<String, Integer, String> answers)
      throws IOException {
    this.latencyMs = latencyMs;
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = JSON.readTree(exchange.getRequestBody());
    var prompt = body.get("messages").get(0).get("content").asText();
    int n = body.get("n").asInt();
    calls.incrementAndGet();
    int had = called.computeIfAbsent(prompt, p -> new AtomicInteger()).getAndIncrement();
    long latency = latencyMs.applyAsLong(prompt, had);
    timer.schedule(() -> send(exchange, prompt, n), latency, TimeUnit.MILLISECONDS);
  }

  private void send(HttpExchange exchange, String prompt, int n) {
    var root = JSON.createObjectNode();
    root.put("id", "x").put("object", "chat.completion").put("created", 1).put("model", "stub");
    var choices = root.putArray("choices");
    for (int i = 0; i < n; i++) {
      int had = sold.computeIfAbsent(prompt, p -> new AtomicInteger()).getAndIncrement();
      var choice = choices.addObject().put("index", i).put("finish_reason", "stop");
      choice
          .putObject("message")
          .put("role", "assistant")
          .put("content", answers.apply(prompt, had));
    }
    root.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", 5 * n)
        .put("total_tokens", 10 + 5 * n);
    var bytes = root.toString().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      // The client has been killed.
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How many answers to a prompt were given. */
  int sold(String prompt) {
    return sold.getOrDefault(prompt, new AtomicInteger()).get();
  }

  /** How many answers were given. */
  long sold() {
    return sold.values().stream().mapToLong(AtomicInteger::get).sum();
  }

  long calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
  }
}
