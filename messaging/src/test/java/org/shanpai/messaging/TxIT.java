package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.shanpai.servers.ServersTestResource;

/** Callers hang up; what they began ends all the same, wholly. */
@QuarkusTest
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "messaging-test"))
class TxIT extends MessagingTestBase {

  @Inject Tx tx;
  @Inject Vertx vertx;

  /** Begins the work as a request does, on a context of its own, and hangs up in its midst. */
  private List<Throwable> abandon(Supplier<Uni<Void>> work) throws Exception {
    List<Throwable> dropped = new CopyOnWriteArrayList<>();
    Infrastructure.setDroppedExceptionHandler(dropped::add);
    Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(request, true);
    CompletableFuture<Cancellable> begun = new CompletableFuture<>();
    request.runOnContext(
        ignored -> begun.complete(work.get().subscribe().with(item -> {}, failure -> {})));
    Cancellable waiting = begun.get(10, TimeUnit.SECONDS);
    eventually(() -> assertThat(sleepers()).isPositive());
    request.runOnContext(ignored -> waiting.cancel());
    eventually(() -> assertThat(sleepers()).isZero());
    Thread.sleep(300);
    return dropped;
  }

  private long sleepers() {
    return count(
        "select count(*) from pg_stat_activity where state = 'active'"
            + " and query like 'select 1 from pg_sleep%'");
  }

  private Uni<Void> sleep() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("select 1 from pg_sleep(1)", Integer.class)
                    .getResultList())
        .replaceWithVoid();
  }

  @Test
  void transactionThatNobodyWaitsForAnyMoreIsCommittedWhole() throws Exception {
    String what = "abandoned " + unique();
    List<String> after = new CopyOnWriteArrayList<>();
    List<Throwable> dropped =
        abandon(
            () ->
                tx.write(
                    () ->
                        Handlers.effect(tx, what)
                            .invoke(() -> tx.afterCommit(() -> after.add("committed")))
                            .chain(this::sleep)
                            .chain(() -> Handlers.effect(tx, what))
                            .replaceWithVoid()));
    eventually(() -> assertThat(effects(what)).isEqualTo(2));
    assertThat(after).containsExactly("committed");
    assertThat(dropped).isEmpty();
  }

  @Test
  void readThatNobodyWaitsForAnyMoreBreaksNothing() throws Exception {
    assertThat(abandon(() -> tx.read(this::sleep))).isEmpty();
  }
}
