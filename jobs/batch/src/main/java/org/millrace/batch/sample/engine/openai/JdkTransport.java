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
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The client library's calls over the JDK's HTTP client, for which the library has no adapter. */
final class JdkTransport implements HttpClient {

  /** A header that names a call to this transport, and is not sent. */
  static final String CALL = "x-millrace-call";

  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Headers that the JDK sets itself, and those that are not sent. */
  private static final Set<String> RESTRICTED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    RESTRICTED.addAll(Set.of("connection", "content-length", "expect", "host", "upgrade", CALL));
  }

  private final java.net.http.HttpClient http =
      java.net.http.HttpClient.newBuilder()
          // Servers of models speak 1.1, and some stumble over the offer of 2.
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  private final Duration timeout;
  private final boolean streams;
  private final Map<String, Call> calls = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();

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
    var call = request.headers().values(CALL).stream().findFirst().map(calls::get);
    return streams
        ? sent(call, BodyHandlers.ofInputStream(), request, body -> body)
        : sent(call, BodyHandlers.ofByteArray(), request, ByteArrayInputStream::new);
  }

  private <T> CompletableFuture<HttpResponse> sent(
      Optional<Call> call,
      BodyHandler<T> handler,
      HttpRequest request,
      Function<T, InputStream> in) {
    var limited = limited(http.sendAsync(translated(request), handler));
    call.ifPresent(c -> c.cutBy(() -> limited.cancel(true)));
    return limited.thenApply(
        received -> {
          var response = new Response(received, in.apply(received.body()));
          call.ifPresent(c -> c.cutBy(response::close));
          return response;
        });
  }

  /** Begins a call that can be cut; to be closed at its end. */
  Call open() {
    var call = new Call(String.valueOf(opened.incrementAndGet()));
    calls.put(call.id, call);
    return call;
  }

  /** A call, whose connection can be cut from its start to its last byte. */
  final class Call implements AutoCloseable {

    private final String id;
    private Runnable cut = () -> {};
    private boolean isCut;

    private Call(String id) {
      this.id = id;
    }

    /** What its request has as the header {@link #CALL}. */
    String id() {
      return id;
    }

    private synchronized void cutBy(Runnable cut) {
      this.cut = cut;
      if (isCut) {
        cut.run();
      }
    }

    /** Cuts the connection, which tells most servers to stop as well. */
    synchronized void cut() {
      isCut = true;
      cut.run();
    }

    synchronized boolean isCut() {
      return isCut;
    }

    @Override
    public void close() {
      calls.remove(id);
    }
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
