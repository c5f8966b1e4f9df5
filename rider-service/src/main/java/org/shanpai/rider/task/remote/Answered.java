package org.shanpai.rider.task.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Json;

/**
 * Turns what another service answered into what the rider's app is told.
 *
 * <ul>
 *   <li>2xx: its body.
 *   <li>A refusal (4xx): the same problem, with its slug, field and Retry-After.
 *   <li>Down, slow, broken (5xx), or refusing <em>us</em> (401, 403): 503 with Retry-After; the app
 *       keeps the action in its queue and sends it again with the same key.
 * </ul>
 */
final class Answered {

  private static final Logger LOG = Logger.getLogger(Answered.class);
  private static final String SLUG = "urn:shanpai:problem:";
  private static final int RETRY_AFTER_SECONDS = 1;

  private Answered() {}

  static Uni<String> by(String service, Uni<Response> call) {
    return accepted(service, call)
        .map(answer -> answer.hasEntity() ? answer.readEntity(String.class) : null);
  }

  /** The answer itself, once it is no refusal. */
  static Uni<Response> accepted(String service, Uni<Response> call) {
    return call.onFailure(WebApplicationException.class)
        .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
        .onFailure(Answered::unreachable)
        .transform(
            failure -> {
              LOG.debugf("%s cannot be reached: %s", service, failure);
              return unavailable(service, RETRY_AFTER_SECONDS);
            })
        .map(
            answer -> {
              if (answer.getStatus() < 300) {
                return answer;
              }
              throw refusal(
                  service, answer, answer.hasEntity() ? answer.readEntity(String.class) : null);
            });
  }

  private static boolean unreachable(Throwable failure) {
    return failure instanceof ProcessingException
        || failure instanceof IOException
        || failure instanceof TimeoutException
        || failure.getCause() instanceof IOException;
  }

  private static Problem refusal(String service, Response answer, String text) {
    int status = answer.getStatus();
    int retryAfter = retryAfter(answer);
    if (status >= 500) {
      return unavailable(service, Math.max(RETRY_AFTER_SECONDS, retryAfter));
    }
    if (status == 401 || status == 403) {
      LOG.errorf("%s refuses our own token with %d", service, status);
      return unavailable(service, RETRY_AFTER_SECONDS);
    }
    JsonNode body = json(text);
    String type = body.path("type").asText("");
    return new Problem(
        status,
        type.startsWith(SLUG) ? type.substring(SLUG.length()) : "refused",
        body.path("field").asText(null),
        body.path("detail").asText(service + " refused this."),
        retryAfter);
  }

  private static Problem unavailable(String service, int retryAfter) {
    return Problem.unavailable(
        service + " does not answer just now; send the same again with the same key.", retryAfter);
  }

  private static int retryAfter(Response answer) {
    String header = answer.getHeaderString("Retry-After");
    return header != null && header.matches("[0-9]{1,6}") ? Integer.parseInt(header) : 0;
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text == null || text.isEmpty() ? "{}" : text);
    } catch (JsonProcessingException notJson) {
      return Json.mapper().createObjectNode();
    }
  }
}
