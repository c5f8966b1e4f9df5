package org.shanpai.chassis.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What is refused before any endpoint sees it is refused in the same words: addresses that are no
 * addresses, bodies that are too large.
 */
@ApplicationScoped
public class EdgeAnswers {

  /** Before the server's own check, whose refusal has no body. */
  private static final int FIRST = 100_000;

  private static final Pattern BROKEN = Pattern.compile("%(?:00|(?![0-9A-Fa-f]{2}))");

  private static final Pattern TYPE =
      Pattern.compile("[\\w!#$&^.+*-]{1,127}(?:/[\\w!#$&^.+*-]{1,127})?");

  private final long most;

  EdgeAnswers(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") Optional<MemorySize> most) {
    this.most = most.map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
  }

  void refusals(@Observes Router router) {
    router.errorHandler(
        400, context -> answer(context, 400, "bad-request", "The request could not be read."));
  }

  void before(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String uri = request.uri();
    if (BROKEN.matcher(uri).find()) {
      answer(
          context,
          400,
          "bad-request",
          "The address holds U+0000, or a percent sign without two hexadecimal digits.");
    } else if (!readable(request.getHeader("Accept"))) {
      answer(context, 400, "bad-request", "The header Accept names no media type.");
    } else if (length(request) > most) {
      // The rest is not read: the connection cannot be used again.
      request.response().putHeader("Connection", "close");
      answer(context, 413, "too-large", "The body is larger than " + most + " bytes.");
    } else {
      context.next();
    }
  }

  /** Whether it is a list of media types with parameters; a lone star is sent by some clients. */
  static boolean readable(String accept) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    for (String one : accept.split(",")) {
      int parameters = one.indexOf(';');
      String type = (parameters < 0 ? one : one.substring(0, parameters)).trim();
      if (!type.isEmpty() && !TYPE.matcher(type).matches() || type.isEmpty() && parameters >= 0) {
        return false;
      }
    }
    return true;
  }

  private static long length(HttpServerRequest request) {
    String told = request.getHeader("Content-Length");
    try {
      return told == null ? 0 : Long.parseLong(told);
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }

  private static void answer(RoutingContext context, int status, String slug, String detail) {
    if (context.response().ended()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .end(
            new JsonObject()
                .put("type", "urn:shanpai:problem:" + slug)
                .put("title", ProblemBody.title(slug))
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
