package org.shanpai.chassis.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 9457 on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    name = "Problem",
    description = "RFC 9457 problem details",
    requiredProperties = {"type", "title", "status", "detail"})
public record ProblemBody(
    @Schema(examples = "urn:shanpai:problem:unprocessable") String type,
    @Schema(examples = "Unprocessable") String title,
    @Schema(examples = "422") int status,
    @Schema(examples = "rangeMetres must be between 100 and 20000.") String detail,
    @Schema(examples = "rangeMetres") String field,
    @Schema(examples = "0af7651916cd43dd8448eb211c80319c") String traceId) {

  public static final String MEDIA_TYPE = "application/problem+json";

  static ProblemBody of(int status, String slug, String field, String detail) {
    return new ProblemBody(
        "urn:shanpai:problem:" + slug, title(slug), status, detail, field, TraceIds.current());
  }

  /** Of the problem's type, for people. */
  public static String title(String slug) {
    String words = slug.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  static Response response(int status, String slug, String field, String detail, int retryAfter) {
    Response.ResponseBuilder answer =
        Response.status(status).type(MEDIA_TYPE).entity(of(status, slug, field, detail));
    if (retryAfter > 0) {
      answer.header("Retry-After", retryAfter);
    }
    if (status == 401) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    return answer.build();
  }
}
