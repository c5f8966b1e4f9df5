package org.shanpai.rider.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.shanpai.messaging.Tx;

/**
 * Checks, some riders at a time and all of them in turn, that the balance of every account is the
 * sum of its entries. A difference is a bug or a hand on the database: it is logged, counted and
 * shown in the health answer, and does not take the service down.
 */
@Readiness
@ApplicationScoped
public class ScoreBalance implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(ScoreBalance.class);
  private static final int AT_ONCE = 1_000;

  private final Tx tx;
  private final Set<String> unbalanced = new ConcurrentSkipListSet<>();
  private volatile String checkedUpTo = "";
  private volatile long rounds;

  public ScoreBalance(Tx tx, MeterRegistry metrics) {
    this.tx = tx;
    metrics.gauge("shanpai.score.unbalanced", unbalanced, Set::size);
  }

  @Scheduled(
      every = "{shanpai.ledger.check-every}",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> checkSome() {
    String after = checkedUpTo;
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "select a.rider_id, a.sum_mp = s.points"
                                                + " and a.entries = s.entries"
                                                + " from score_account a cross join lateral"
                                                + " (select coalesce(sum(e.points_mp), 0)"
                                                + " as points, count(*) as entries"
                                                + " from score_entry e"
                                                + " where e.rider_id = a.rider_id) s"
                                                + " where a.rider_id > :after"
                                                + " order by a.rider_id",
                                            Object[].class)
                                        .setParameter("after", after)
                                        .setMaxResults(AT_ONCE)
                                        .getResultList())))
        .invoke(
            found -> {
              for (Object[] row : found) {
                String riderId = (String) row[0];
                if ((Boolean) row[1]) {
                  unbalanced.remove(riderId);
                } else if (unbalanced.add(riderId)) {
                  LOG.errorf("The score account of %s is not the sum of its entries", riderId);
                }
              }
              if (found.size() < AT_ONCE) {
                checkedUpTo = "";
                rounds++;
              } else {
                checkedUpTo = (String) found.get(found.size() - 1)[0];
              }
            })
        .replaceWithVoid();
  }

  /** Riders whose account is not the sum of their entries. */
  public Set<String> unbalanced() {
    return Set.copyOf(unbalanced);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("score-ledger")
        .up()
        .withData("unbalancedAccounts", unbalanced.size())
        .withData("roundsChecked", rounds)
        .build();
  }
}
