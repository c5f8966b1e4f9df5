package org.shanpai.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.WallClock;

/**
 * The same request with the same key has its effect once and gets the same answer.
 *
 * <p>The advisory lock of the transaction keeps a second one out while the first is under way; the
 * saved answer and the effect are one transaction.
 */
@ApplicationScoped
public class Idempotency {

  /** Longest key taken, characters. */
  public static final int LONGEST_KEY = 128;

  /**
   * What was answered.
   *
   * @param status HTTP status, 2xx
   * @param body written as JSON; null for none
   */
  public record Answer(int status, Object body) {

    public Response toResponse() {
      Response.ResponseBuilder response = Response.status(status);
      if (body != null) {
        response.type(MediaType.APPLICATION_JSON).entity(Json.write(body));
      }
      return response.build();
    }
  }

  // One round trip. Whoever takes the lock just after another's commit may still read the table as
  // it was before it; the primary key finds that out when the answer is saved.
  private static final Statement EARLIER =
      Statement.of(
          """
          select pg_try_advisory_xact_lock(hashtextextended(:name, 0)),
              i.request_hash, i.status, i.answer
          from (select 1) one left join idempotency i on i.scope = :scope and i.key = :key
          """);

  private static final Statement SAVE =
      Statement.of(
          """
          insert into idempotency (scope, key, request_hash, status, answer, created_at)
          values (:scope, :key, :hash, :status, :answer, :at) on conflict do nothing
          """);

  private final Tx tx;
  private final WallClock wall;

  public Idempotency(Tx tx, WallClock wall) {
    this.tx = tx;
    this.wall = wall;
  }

  /**
   * Does the work, or repeats the answer given before.
   *
   * @param scope whose keys these are, such as {@code m-1/orders}
   * @param key the caller's key
   * @param request compared with the earlier request under this key
   * @param work runs in the transaction that saves its answer; a failure saves nothing
   * @throws Problem 400 without a key; 409 with Retry-After while the same key is under way; 422
   *     when the key came before with another request
   */
  public Uni<Answer> once(String scope, String key, Object request, Supplier<Uni<Answer>> work) {
    if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to " + LONGEST_KEY + " characters.");
    }
    String hash = Secrets.hash(Json.write(request));
    return tx.write(
        () ->
            earlier(scope, key)
                .chain(
                    row -> {
                      if (!(Boolean) row[0]) {
                        throw underWay();
                      }
                      if (row[1] == null) {
                        return work.get().call(answer -> save(scope, key, hash, answer));
                      }
                      if (!hash.equals(row[1])) {
                        throw Problem.unprocessable(
                            "idempotency-key-reused",
                            "Idempotency-Key",
                            "This key was used before with another request.");
                      }
                      JsonNode body = Json.read((String) row[3], JsonNode.class);
                      return Uni.createFrom()
                          .item(
                              new Answer(
                                  ((Number) row[2]).intValue(), body.isNull() ? null : body));
                    }));
  }

  private static Problem underWay() {
    return Problem.conflictRetry(
        "in-progress", "A request with this Idempotency-Key is under way; try again.", 1);
  }

  private Uni<Object[]> earlier(String scope, String key) {
    return tx.select(
            EARLIER.filled().with("name", scope + "\n" + key).with("scope", scope).with("key", key))
        .map(rows -> rows.get(0));
  }

  private Uni<Void> save(String scope, String key, String hash, Answer answer) {
    return tx.update(
            SAVE.filled()
                .with("scope", scope)
                .with("key", key)
                .with("hash", hash)
                .with("status", answer.status())
                .with("answer", Json.write(answer.body()))
                .with("at", wall.now()))
        .invoke(
            saved -> {
              if (saved == 0) {
                throw underWay();
              }
            })
        .replaceWithVoid();
  }
}
