package org.shanpai.chassis.problem;

/**
 * A refusal that the caller can read, answered as {@code application/problem+json} (RFC 9457).
 *
 * <p>Not for bugs: those are other unchecked exceptions and answer 500 without their message.
 */
public class Problem extends RuntimeException {

  private final int status;
  private final String slug;
  private final String field;
  private final int retryAfterSeconds;

  /**
   * @param status HTTP status, 400–599
   * @param slug the problem's type, kebab-case, stable: clients may switch on it
   * @param field the JSON field, parameter or header to blame; null when none is
   * @param retryAfterSeconds 0 when trying again makes no sense
   */
  public Problem(int status, String slug, String field, String detail, int retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.slug = slug;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static Problem badRequest(String field, String detail) {
    return new Problem(400, "bad-request", field, detail, 0);
  }

  public static Problem unprocessable(String field, String detail) {
    return new Problem(422, "unprocessable", field, detail, 0);
  }

  public static Problem unprocessable(String slug, String field, String detail) {
    return new Problem(422, slug, field, detail, 0);
  }

  public static Problem unauthorized(String detail) {
    return new Problem(401, "unauthorized", null, detail, 0);
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "forbidden", null, detail, 0);
  }

  /**
   * @param what such as {@code order o-1}; also for what belongs to somebody else
   */
  public static Problem notFound(String what) {
    return new Problem(404, "not-found", null, "There is no " + what + ".", 0);
  }

  public static Problem conflict(String slug, String detail) {
    return new Problem(409, slug, null, detail, 0);
  }

  public static Problem conflict(String slug, String field, String detail) {
    return new Problem(409, slug, field, detail, 0);
  }

  public static Problem conflictRetry(String slug, String detail, int retryAfterSeconds) {
    return new Problem(409, slug, null, detail, retryAfterSeconds);
  }

  public static Problem tooMany(String slug, String detail, int retryAfterSeconds) {
    return new Problem(429, slug, null, detail, retryAfterSeconds);
  }

  public static Problem unavailable(String detail, int retryAfterSeconds) {
    return new Problem(503, "unavailable", null, detail, retryAfterSeconds);
  }

  public int status() {
    return status;
  }

  public String slug() {
    return slug;
  }

  public String field() {
    return field;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
