package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.servers.ServersTestResource;

/** The same key: one effect, one answer. And a database that may forget is refused. */
@QuarkusTest
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "messaging-test"))
class IdempotencyIT extends MessagingTestBase {

  @Inject Tx tx;
  @Inject Idempotency idempotency;

  private Idempotency.Answer once(String key, String request, String what) {
    return tx.await(
        () ->
            idempotency.once(
                "test",
                key,
                request,
                () ->
                    Handlers.effect(tx, what)
                        .replaceWith(new Idempotency.Answer(201, Map.of("what", what)))));
  }

  @Test
  void repeatedRequestGetsTheFirstAnswerAndHasNoSecondEffect() {
    String key = unique();
    Idempotency.Answer first = once(key, "a", "idem " + key);
    Idempotency.Answer second = once(key, "a", "idem " + key);
    assertThat(Json.write(second)).isEqualTo(Json.write(first));
    assertThat(effects("idem " + key)).isEqualTo(1);
  }

  @Test
  void sameKeyWithAnotherRequestIsRefused() {
    String key = unique();
    once(key, "a", "idem " + key);
    assertThatThrownBy(() -> once(key, "b", "idem " + key))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(422);
              assertThat(problem.field()).isEqualTo("Idempotency-Key");
            });
    assertThat(effects("idem " + key)).isEqualTo(1);
  }

  @Test
  void sameKeyWhileTheFirstIsUnderWayIsToldToTryAgain() throws Exception {
    String key = unique();
    try (Connection other = database.getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock =
          other.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
        lock.setString(1, "test\n" + key);
        lock.execute();
      }
      assertThatThrownBy(() -> once(key, "a", "idem " + key))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.retryAfterSeconds()).isPositive();
              });
      other.rollback();
    }
    assertThat(once(key, "a", "idem " + key).status()).isEqualTo(201);
  }

  @Test
  void failedWorkSavesNoAnswer() {
    String key = unique();
    assertThatThrownBy(
            () ->
                tx.await(
                    () ->
                        idempotency.once(
                            "test",
                            key,
                            "a",
                            () ->
                                Handlers.effect(tx, "idem " + key)
                                    .map(
                                        done -> {
                                          throw Problem.unprocessable("x", "refused");
                                        }))))
        .isInstanceOf(Problem.class);
    assertThat(effects("idem " + key)).isZero();
    assertThat(once(key, "a", "idem " + key).status()).isEqualTo(201);
  }

  @Test
  void databaseThatMayForgetIsRefused() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      Durability.check(connection);
      statement.execute("set synchronous_commit = off");
      try {
        assertThatThrownBy(() -> Durability.check(connection))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("synchronous_commit=on");
      } finally {
        statement.execute("reset synchronous_commit");
      }
    }
  }
}
