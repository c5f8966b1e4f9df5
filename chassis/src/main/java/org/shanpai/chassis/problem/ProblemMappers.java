package org.shanpai.chassis.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every way a request can fail, answered as one kind of body. */
@Singleton
public class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final Instance<OutageSigns> outages;

  public ProblemMappers(Instance<OutageSigns> outages) {
    this.outages = outages;
  }

  @ServerExceptionMapper
  public Response problem(Problem problem) {
    return ProblemBody.response(
        problem.status(),
        problem.slug(),
        problem.field(),
        problem.getMessage(),
        problem.retryAfterSeconds());
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException failure) {
    ConstraintViolation<?> first =
        failure.getConstraintViolations().stream()
            .min((a, b) -> path(a.getPropertyPath()).compareTo(path(b.getPropertyPath())))
            .orElseThrow();
    String detail =
        failure.getConstraintViolations().stream()
            .map(v -> path(v.getPropertyPath()) + " " + v.getMessage())
            .sorted()
            .collect(Collectors.joining("; "));
    return ProblemBody.response(400, "bad-request", path(first.getPropertyPath()), detail + ".", 0);
  }

  @ServerExceptionMapper
  public Response unreadable(JsonProcessingException failure) {
    return json(failure);
  }

  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException failure) {
    return json(failure);
  }

  @ServerExceptionMapper
  public Response impossibleValue(ValueInstantiationException failure) {
    return json(failure);
  }

  /** A record's field that comes twice, the first time with another type. */
  @ServerExceptionMapper
  public Response twice(InvalidDefinitionException failure) {
    return failure.getMessage() != null && failure.getMessage().startsWith("No fallback setter")
        ? json(failure)
        : bug(failure);
  }

  @ServerExceptionMapper
  public Response anonymous(UnauthorizedException failure) {
    return ProblemBody.response(
        401, "unauthorized", null, "Send a valid token as 'Authorization: Bearer …'.", 0);
  }

  @ServerExceptionMapper
  public Response badToken(AuthenticationFailedException failure) {
    return ProblemBody.response(
        401, "unauthorized", null, "The token is not valid here, or no longer.", 0);
  }

  @ServerExceptionMapper
  public Response wrongRole(ForbiddenException failure) {
    return ProblemBody.response(403, "forbidden", null, "Your role does not allow this.", 0);
  }

  @ServerExceptionMapper
  public Response framework(WebApplicationException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof JacksonException unreadable) {
      return json(unreadable);
    }
    int status = failure.getResponse().getStatus();
    if (status < 400) {
      return failure.getResponse();
    }
    return ProblemBody.response(status, slug(status), null, words(status), 0);
  }

  @ServerExceptionMapper
  public Response illegalValue(IllegalArgumentException failure) {
    return bug(failure);
  }

  @ServerExceptionMapper
  public Response bug(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() instanceof Problem problem) {
      return problem(problem);
    }
    if (outages.stream().anyMatch(signs -> signs.outage(failure))) {
      LOG.warnf("A request met an outage: %s", failure);
      return ProblemBody.response(
          503, "unavailable", null, "A server this needs is away; try again.", 1);
    }
    LOG.error("A request failed unexpectedly", failure);
    return ProblemBody.response(
        500,
        "internal",
        null,
        "Something broke on our side; the trace id finds it in the logs.",
        0);
  }

  private static Response json(JacksonException failure) {
    String field = null;
    if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      StringBuilder text = new StringBuilder();
      for (JsonMappingException.Reference reference : mapping.getPath()) {
        if (reference.getFieldName() != null) {
          text.append(text.length() > 0 ? "." : "").append(reference.getFieldName());
        } else {
          text.append('[').append(reference.getIndex()).append(']');
        }
      }
      field = text.toString();
    }
    Throwable cause = failure.getCause();
    String detail =
        cause instanceof IllegalArgumentException && cause.getMessage() != null
            ? cause.getMessage()
            : failure instanceof JsonMappingException
                ? "The value does not fit the field."
                : "The body is not well-formed JSON: line "
                    + (failure.getLocation() == null ? "?" : failure.getLocation().getLineNr())
                    + ".";
    return ProblemBody.response(400, "bad-request", field, detail, 0);
  }

  /** Method and argument names are ours, not the caller's: only the last part is shown. */
  private static String path(Path path) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (Iterator<Path.Node> nodes = path.iterator(); nodes.hasNext(); depth++) {
      Path.Node node = nodes.next();
      if (depth == 0 || (depth == 1 && nodes.hasNext())) {
        continue;
      }
      // A node's index is its place in the list named by the node before it.
      if (node.getIndex() != null) {
        text.append('[').append(node.getIndex()).append(']');
      }
      if (node.getName() != null && !node.getName().startsWith("<")) {
        text.append(text.length() > 0 ? "." : "").append(node.getName());
      }
    }
    return text.length() > 0 ? text.toString() : path.toString();
  }

  private static String slug(int status) {
    return switch (status) {
      case 400 -> "bad-request";
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 413 -> "too-large";
      case 415 -> "unsupported-media-type";
      case 503 -> "unavailable";
      default -> status < 500 ? "refused" : "internal";
    };
  }

  private static String words(int status) {
    return switch (status) {
      case 400 -> "The request could not be read.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take that method.";
      case 406 -> "This address cannot answer in the format asked for.";
      case 413 -> "The body is too large.";
      case 415 -> "Send the body in a format that this address takes, such as application/json.";
      default -> "The request was refused with status " + status + ".";
    };
  }
}
