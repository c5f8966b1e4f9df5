package org.shanpai.chassis.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What is refused before any endpoint sees it is refused in the same words: addresses with a
 * character that nothing can hold, bodies that are too large. An address or an Accept header that
 * HTTP itself cannot read is refused by the server's own code, without a body.
 */
@ApplicationScoped
public class EdgeAnswers {

  /** Before the server's own check, whose refusal has no body. */
  private static final int FIRST = 100_000;

  private final long most;

  EdgeAnswers(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") Optional<MemorySize> most) {
    this.most = most.map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
  }

  void before(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String uri = request.uri();
    if (uri.contains("%00")) {
      answer(context, 400, "bad-request", "The address holds the character U+0000.");
    } else if (length(request) > most) {
      // The rest is not read: the connection cannot be used again.
      request.response().putHeader("Connection", "close");
      answer(context, 413, "too-large", "The body is larger than " + most + " bytes.");
    } else {
      context.next();
    }
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
