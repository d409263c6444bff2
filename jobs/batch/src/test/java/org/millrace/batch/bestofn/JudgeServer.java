package org.millrace.batch.bestofn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of a model that judges, on loopback; it keeps what it was asked. */
final class JudgeServer implements AutoCloseable {

  /** How the model writes. */
  interface Model {

    /**
     * A text, cut into the tokens that the model writes; null where the call is to fail.
     *
     * @param index of the choice in the call
     */
    List<Token> write(String prompt, int index);
  }

  /** A token and its probability. */
  record Token(String text, double probability) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile Model model;

  JudgeServer(Model model) throws IOException {
    this.model = model;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  /** A text of one token. */
  static List<Token> text(String text) {
    return List.of(new Token(text, 1));
  }

  /** Another model from now on. */
  void becomes(Model other) {
    model = other;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = JSON.readTree(exchange.getRequestBody());
    var prompt = body.get("messages").get(0).get("content").asText();
    int n = body.get("n").asInt();
    var root = JSON.createObjectNode();
    root.put("id", "x").put("object", "chat.completion").put("created", 1).put("model", "judge");
    var choices = root.putArray("choices");
    for (int i = 0; i < n; i++) {
      asked.add(prompt);
      var tokens = model.write(prompt, i);
      if (tokens == null) {
        send(exchange, 404, "{}");
        return;
      }
      var choice = choices.addObject().put("index", i).put("finish_reason", "stop");
      var written = new StringBuilder();
      tokens.forEach(token -> written.append(token.text()));
      choice.putObject("message").put("role", "assistant").put("content", written.toString());
      if (body.path("logprobs").asBoolean()) {
        var told = choice.putObject("logprobs").putArray("content");
        for (var token : tokens) {
          double log = Math.log(token.probability());
          var one = told.addObject().put("token", token.text()).put("logprob", log);
          one.putArray("bytes");
          one.putArray("top_logprobs").addObject().put("token", token.text()).put("logprob", log);
        }
      }
    }
    root.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", 5 * n)
        .put("total_tokens", 10 + 5 * n);
    send(exchange, 200, root.toString());
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The prompts of all texts that were asked for, one a text. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
