package org.shanpai.rider.earnings;

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
 * Checks, some riders at a time and all of them in turn, that what each rider is owed is the sum of
 * their lines. A difference is logged, counted and shown in the health answer.
 */
@Readiness
@ApplicationScoped
public class EarningsBalance implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(EarningsBalance.class);
  private static final int AT_ONCE = 1_000;

  private final Tx tx;
  private final Set<String> unbalanced = new ConcurrentSkipListSet<>();
  private volatile String checkedUpTo = "";

  public EarningsBalance(Tx tx, MeterRegistry metrics) {
    this.tx = tx;
    metrics.gauge("shanpai.earnings.unbalanced", unbalanced, Set::size);
  }

  @Scheduled(
      every = "{shanpai.ledger.check-every}",
      delayed = "15s",
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
                                            "select a.rider_id, a.balance_fen = s.fen"
                                                + " and a.lines = s.lines"
                                                + " from earnings_account a cross join lateral"
                                                + " (select coalesce(sum(l.amount_fen), 0) as fen,"
                                                + " count(*) as lines from earnings_line l"
                                                + " where l.rider_id = a.rider_id) s"
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
                  LOG.errorf("The earnings account of %s is not the sum of its lines", riderId);
                }
              }
              checkedUpTo = found.size() < AT_ONCE ? "" : (String) found.get(found.size() - 1)[0];
            })
        .replaceWithVoid();
  }

  /** Riders whose account is not the sum of their lines. */
  public Set<String> unbalanced() {
    return Set.copyOf(unbalanced);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("earnings-ledger")
        .up()
        .withData("unbalancedAccounts", unbalanced.size())
        .build();
  }
}
