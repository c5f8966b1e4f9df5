package org.shanpai.messaging;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jboss.logging.Logger;

/**
 * The one door to the database. Work inside {@link #write} shares one session and one transaction;
 * nested calls join it.
 *
 * <p>A session belongs to its Vert.x context: two transactions at once in one context would share
 * it. Run parallel work and timers through {@link #detached}.
 *
 * <p>What has begun runs to its end, also when nobody waits for it any more, such as a caller who
 * hung up: to close a session in the midst of a statement would break that statement, and nobody
 * would know whether the transaction was.
 */
@ApplicationScoped
public class Tx {

  private static final Logger LOG = Logger.getLogger(Tx.class);
  private static final String OPEN = Tx.class.getName();

  private final Vertx vertx;

  public Tx(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What to do once the outermost transaction has committed. */
  private static final class Afterwards {
    final List<Runnable> actions = new ArrayList<>();
  }

  /** Runs the work in a transaction: all of it or nothing. */
  public <T> Uni<T> write(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!VertxContext.isOnDuplicatedContext()) {
                return detached(() -> write(work));
              }
              if (ContextLocals.get(OPEN).isPresent()) {
                return Panache.withTransaction(work);
              }
              Afterwards afterwards = new Afterwards();
              ContextLocals.put(OPEN, afterwards);
              return toItsEnd(
                  Panache.withTransaction(work)
                      .onItemOrFailure()
                      .invoke(
                          (item, failure) -> {
                            ContextLocals.remove(OPEN);
                            if (failure == null) {
                              afterwards.actions.forEach(Tx::runQuietly);
                            }
                          }));
            });
  }

  /** Runs reads in one session without a transaction of their own. */
  public <T> Uni<T> read(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                VertxContext.isOnDuplicatedContext()
                    ? toItsEnd(Panache.withSession(work))
                    : detached(() -> Panache.withSession(work)));
  }

  /** The same, but nobody who waits for it can stop it. */
  private static <T> Uni<T> toItsEnd(Uni<T> work) {
    return Uni.createFrom()
        .emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
  }

  /**
   * Runs the work in a context, and so a session, of its own; the answer comes back on the caller's
   * context.
   */
  public <T> Uni<T> detached(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context caller = Vertx.currentContext();
              Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              VertxContextSafetyToggle.setContextSafe(own, true);
              Uni<T> result =
                  Uni.createFrom()
                      .emitter(
                          emitter ->
                              own.runOnContext(
                                  ignored -> {
                                    try {
                                      work.get().subscribe().with(emitter::complete, emitter::fail);
                                    } catch (RuntimeException e) {
                                      emitter.fail(e);
                                    }
                                  }));
              return caller == null
                  ? result
                  : result.emitOn(command -> caller.runOnContext(ignored -> command.run()));
            });
  }

  /**
   * Runs the work in a context of its own and waits for it. For worker threads only.
   *
   * @throws IllegalStateException on an event loop
   */
  public <T> T await(Supplier<Uni<T>> work) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("await would block an event loop");
    }
    return detached(work).await().indefinitely();
  }

  /** The session of the surrounding {@link #write} or {@link #read}. */
  public Uni<Mutiny.Session> session() {
    return Panache.getSession();
  }

  /**
   * Writes past Hibernate, on the connection of the surrounding {@link #write}: for what every
   * order does, where reading a query anew each time costs more than running it. Changes of
   * entities that wait in the session are not written before it.
   *
   * @return rows written
   */
  public Uni<Integer> update(Statement.Filled statement) {
    return connection()
        .chain(
            connection ->
                Uni.createFrom()
                    .completionStage(
                        () -> connection.update(statement.text(), statement.values())));
  }

  /** Reads past Hibernate, as {@link #update} writes. */
  public Uni<List<Object[]>> select(Statement.Filled statement) {
    return connection()
        .chain(
            connection ->
                Uni.createFrom()
                    .completionStage(() -> connection.select(statement.text(), statement.values())))
        .map(
            result -> {
              List<Object[]> rows = new ArrayList<>(result.size());
              result.forEachRemaining(rows::add);
              return rows;
            });
  }

  private Uni<ReactiveConnection> connection() {
    return session().map(session -> ((MutinySessionImpl) session).getReactiveConnection());
  }

  /**
   * Runs the action after the outermost transaction has committed, never after a rollback.
   *
   * @throws IllegalStateException outside {@link #write}
   */
  public void afterCommit(Runnable action) {
    open().actions.add(action);
  }

  private static Afterwards open() {
    if (!VertxContext.isOnDuplicatedContext()) {
      throw new IllegalStateException("not inside Tx.write");
    }
    return ContextLocals.<Afterwards>get(OPEN)
        .orElseThrow(() -> new IllegalStateException("not inside Tx.write"));
  }

  private static void runQuietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("An action after a commit failed; the commit stands", e);
    }
  }
}
