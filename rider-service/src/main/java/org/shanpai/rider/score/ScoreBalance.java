package org.shanpai.rider.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/**
 * Checks, some riders at a time and all of them in turn, that the balance of every account is the
 * sum of its entries, and of fewer that the window kept beside it is the one the ledger gives. A
 * difference is a bug or a hand on the database: it is logged, counted and shown in the health
 * answer, and does not take the service down.
 */
@Readiness
@ApplicationScoped
public class ScoreBalance implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(ScoreBalance.class);
  private static final int AT_ONCE = 1_000;
  private static final int WINDOWS_AT_ONCE = 20;

  private final Tx tx;
  private final AccountRows accounts;
  private final LedgerRows rows;
  private final RuleSets ruleSets;
  private final Levels levels;
  private final CityClock clock;
  private final Set<String> unbalanced = new ConcurrentSkipListSet<>();
  private final Set<String> wrongWindows = new ConcurrentSkipListSet<>();
  private volatile String windowsUpTo = "";
  private volatile String checkedUpTo = "";
  private volatile long rounds;

  public ScoreBalance(
      Tx tx,
      AccountRows accounts,
      LedgerRows rows,
      RuleSets ruleSets,
      Levels levels,
      CityClock clock,
      MeterRegistry metrics) {
    this.tx = tx;
    this.accounts = accounts;
    this.rows = rows;
    this.ruleSets = ruleSets;
    this.levels = levels;
    this.clock = clock;
    metrics.gauge("shanpai.score.wrong-windows", wrongWindows, Set::size);
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

  /** A rider's account is locked while their window is compared, so that nothing comes between. */
  @Scheduled(
      every = "{shanpai.ledger.check-every}",
      delayed = "20s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> checkSomeWindows() {
    String after = windowsUpTo;
    return tx.detached(() -> tx.read(() -> accounts.after(after, WINDOWS_AT_ONCE)))
        .chain(
            riders -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String rider : riders) {
                all = all.chain(() -> checkWindow(rider));
              }
              windowsUpTo = riders.size() < WINDOWS_AT_ONCE ? "" : riders.get(riders.size() - 1);
              return all;
            });
  }

  /** Compares one rider's window with the ledger. */
  Uni<Void> checkWindow(String riderId) {
    return tx.detached(
        () ->
            tx.write(
                () ->
                    accounts
                        .lock(List.of(riderId))
                        .chain(
                            locked ->
                                made(locked.get(0)).invoke(made -> compare(locked.get(0), made)))
                        .replaceWithVoid()));
  }

  private Uni<ScoreWindow> made(AccountRows.Account account) {
    Instant now = clock.now();
    String riderId = account.riderId();
    return ruleSets
        .book()
        .chain(book -> levels.waiving(List.of(riderId), book, now))
        .chain(
            waiving ->
                rows.window(riderId, now)
                    .map(
                        found ->
                            ScoreWindow.of(
                                ServiceScore.standing(found.stream().map(LedgerRow::line).toList()),
                                account.ever(),
                                waiving.getOrDefault(riderId, day -> 0))));
  }

  private void compare(AccountRows.Account account, ScoreWindow made) {
    boolean right = account.window() == null || account.window().equals(made);
    if (right) {
      wrongWindows.remove(account.riderId());
    } else if (wrongWindows.add(account.riderId())) {
      LOG.errorf("The score window of %s is not what the ledger gives", account.riderId());
    }
  }

  /** Riders whose window is not what the ledger gives. */
  public Set<String> wrongWindows() {
    return Set.copyOf(wrongWindows);
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
        .withData("wrongWindows", wrongWindows.size())
        .withData("roundsChecked", rounds)
        .build();
  }
}
