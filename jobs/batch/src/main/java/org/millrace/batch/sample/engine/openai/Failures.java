package org.millrace.batch.sample.engine.openai;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.millrace.batch.sample.engine.EngineFailure;

/**
 * What a failed call means for the sampler.
 *
 * @param url of the server, for the message
 * @param timeout of calls, for the message
 * @param key that no message may have in it, should a server quote it
 */
record Failures(String url, Duration timeout, String key) {

  private static final int LONGEST_MESSAGE = 300;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Translates a failure. */
  EngineFailure of(Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof EngineFailure known) {
      return known;
    }
    if (cause instanceof OpenAIServiceException answered) {
      return ofStatus(answered);
    }
    var root = cause;
    while (root.getCause() != null && !(root instanceof ConnectException)) {
      root = root.getCause();
    }
    if (root instanceof ConnectException) {
      return EngineFailure.passing(unreachable());
    }
    return EngineFailure.passing(
        root instanceof TimeoutException
            ? "no answer within " + timeout.toSeconds() + " s"
            : message(
                root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage()));
  }

  /** The JDK says little more than that a channel is closed. */
  private String unreachable() {
    var server = URI.create(url);
    int usual = server.getScheme().equals("https") ? HTTPS : HTTP;
    return "no server listens at %s:%d; start it, or name another by --engine-option url=…"
        .formatted(server.getHost(), server.getPort() < 0 ? usual : server.getPort());
  }

  private EngineFailure ofStatus(OpenAIServiceException answered) {
    int status = answered.statusCode();
    var message = "HTTP %d: %s".formatted(status, message(answered.getMessage()));
    return switch (status) {
      case 401, 403, 404 -> EngineFailure.permanent(message);
      // The server won't have this prompt: too long for the model, or filtered.
      case 400, 413, 422 -> EngineFailure.rejection(message);
      default -> EngineFailure.busy(message, retryAfter(answered.headers(), Instant.now()));
    };
  }

  /** What Retry-After says (RFC 9110, 10.2.3: seconds or a date), or its kin in milliseconds. */
  static Duration retryAfter(Headers headers, Instant now) {
    try {
      var wait = Duration.ZERO;
      for (var value : headers.values("retry-after-ms")) {
        wait = Duration.ofMillis((long) Double.parseDouble(value.strip()));
      }
      for (var value : headers.values("retry-after")) {
        wait =
            value.strip().matches("[0-9.]+")
                ? Duration.ofMillis((long) (1000 * Double.parseDouble(value.strip())))
                : Duration.between(
                    now, ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
      }
      return wait.isNegative()
          ? Duration.ZERO
          : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    } catch (NumberFormatException | DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  private String message(String text) {
    var line = text.replace(key, "***").strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
