package org.shanpai.geo.revision;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.shanpai.messaging.Tx;

/** Keeps what is held in memory at the database's revision: at the start, then every second. */
@ApplicationScoped
public class Reloading {

  private static final Logger LOG = Logger.getLogger(Reloading.class);

  private final Tx tx;
  private final Revisions revisions;
  private final List<Reloaded> held;
  private final Map<Revisions.Kind, Long> seen = new ConcurrentHashMap<>();
  private volatile boolean failing;

  public Reloading(Tx tx, Revisions revisions, @Any Instance<Reloaded> held) {
    this.tx = tx;
    this.revisions = revisions;
    this.held = held.stream().toList();
  }

  /** A database that is away for a moment delays readiness, not the start. */
  void start(@Observes StartupEvent start) {
    tx.await(this::tick);
  }

  @Scheduled(
      every = "{shanpai.geo.reload-every}",
      delayed = "{shanpai.geo.reload-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> tick() {
    return catchUp()
        .invoke(() -> failing = false)
        .onFailure()
        .recoverWithItem(
            failure -> {
              if (!failing) {
                failing = true;
                LOG.warnf(
                    "Areas, zones, weather and stores cannot be read; what is known stays: %s",
                    failure);
              }
              return null;
            });
  }

  /** Whether everything was read at least once. */
  public boolean complete() {
    return seen.size() == held.size();
  }

  /**
   * Reads anew what has changed since it was read. What commits meanwhile is seen by the next call,
   * because the numbers are read first.
   */
  public Uni<Void> catchUp() {
    return tx.detached(
        () ->
            tx.read(
                () ->
                    revisions
                        .list()
                        .chain(
                            numbers -> {
                              Uni<Void> all = Uni.createFrom().voidItem();
                              for (Reloaded one : held) {
                                long number = numbers.get(one.kind());
                                if (seen.getOrDefault(one.kind(), -1L) != number) {
                                  all =
                                      all.chain(one::reload)
                                          .invoke(() -> seen.put(one.kind(), number));
                                }
                              }
                              return all;
                            })));
  }
}
