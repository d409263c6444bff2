package org.millrace.batch.sample.engine.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The client library's calls over the JDK's HTTP client, for which the library has no adapter. */
final class JdkTransport implements HttpClient {

  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Headers that the JDK sets itself. */
  private static final Set<String> RESTRICTED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    RESTRICTED.addAll(Set.of("connection", "content-length", "expect", "host", "upgrade"));
  }

  private final java.net.http.HttpClient http =
      java.net.http.HttpClient.newBuilder()
          // Servers of models speak 1.1, and some stumble over the offer of 2.
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  private final Duration timeout;
  private final boolean streams;

  /**
   * @param timeout of a call to its last byte; of one that streams, to its first
   * @param streams whether answers are read as they come
   */
  JdkTransport(Duration timeout, boolean streams) {
    this.timeout = timeout;
    this.streams = streams;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    return executeAsync(request, options).join();
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return streams
        ? limited(http.sendAsync(translated(request), BodyHandlers.ofInputStream()))
            .thenApply(sent -> new Response(sent, sent.body()))
        : limited(http.sendAsync(translated(request), BodyHandlers.ofByteArray()))
            .thenApply(sent -> new Response(sent, new ByteArrayInputStream(sent.body())));
  }

  /** The JDK's own limit ends with the headers, and leaves a body that stops half-way. */
  private <T> CompletableFuture<T> limited(CompletableFuture<T> call) {
    var limited = call.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    limited.whenComplete((done, failure) -> call.cancel(true));
    return limited;
  }

  private static java.net.http.HttpRequest translated(HttpRequest request) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    for (var name : request.headers().names()) {
      if (!RESTRICTED.contains(name)) {
        request.headers().values(name).forEach(value -> builder.header(name, value));
      }
    }
    var body = request.body();
    if (body == null) {
      return builder.method(request.method().name(), BodyPublishers.noBody()).build();
    }
    var bytes = new ByteArrayOutputStream();
    body.writeTo(bytes);
    if (body.contentType() != null) {
      builder.setHeader("Content-Type", body.contentType());
    }
    return builder
        .method(request.method().name(), BodyPublishers.ofByteArray(bytes.toByteArray()))
        .build();
  }

  @Override
  public void close() {}

  private record Response(java.net.http.HttpResponse<?> received, InputStream body)
      implements HttpResponse {

    @Override
    public int statusCode() {
      return received.statusCode();
    }

    @Override
    public Headers headers() {
      var headers = Headers.builder();
      received.headers().map().forEach(headers::put);
      return headers.build();
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // It has been read, or is not wanted any more.
      }
    }
  }
}
