package org.shanpai.controlroom.operators;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.operators.postgres.OperatorRows;
import org.shanpai.messaging.Tx;

/**
 * Keeps passwords from being guessed: by user name, known or not, and by address.
 *
 * <p>An attempt counts as failed before it is looked at and is forgotten when it succeeds, so many
 * at once gain nothing.
 */
@ApplicationScoped
public class SignInLimit {

  private final Tx tx;
  private final OperatorRows rows;
  private final OperatorConfig config;
  private final WallClock wall;

  public SignInLimit(Tx tx, OperatorRows rows, OperatorConfig config, WallClock wall) {
    this.tx = tx;
    this.rows = rows;
    this.config = config;
    this.wall = wall;
  }

  /**
   * @throws Problem 429 with Retry-After while the name or the address is blocked
   */
  Uni<Void> attempt(String username, String address) {
    return tx.write(
            () ->
                one("name:" + username, config.failuresPerName())
                    .flatMap(
                        free ->
                            free
                                ? one("address:" + address, config.failuresPerAddress())
                                : Uni.createFrom().item(false)))
        .invoke(
            free -> {
              if (!free) {
                throw Problem.tooMany(
                    "too-many-sign-ins",
                    "Too many wrong tries; wait and try again.",
                    (int) config.block().toSeconds());
              }
            })
        .replaceWithVoid();
  }

  Uni<Void> forget(String username, String address) {
    return tx.write(() -> rows.forgetFailures("name:" + username, "address:" + address));
  }

  private Uni<Boolean> one(String who, int most) {
    Instant now = wall.now();
    return rows.countFailure(
        who, now, now.minus(config.failureWindow()), most, now.plus(config.block()));
  }
}
