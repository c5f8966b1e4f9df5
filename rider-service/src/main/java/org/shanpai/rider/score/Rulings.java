package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRows.Posted;

/**
 * The door for whoever decides about riders: complaints, praise, training, rescues, peak slots,
 * severe cases, appeals. A ruling is a fact; what it does to the ledger is judged in the same
 * transaction. Joins the caller's transaction.
 */
@ApplicationScoped
public class Rulings {

  private final Tx tx;
  private final FactRows facts;
  private final LedgerRows rows;
  private final AccountRows accounts;
  private final ScoreLedger ledger;
  private final RuleSets ruleSets;
  private final Closings closings;
  private final AreaWeather weather;
  private final CityClock clock;
  private final City city;

  Rulings(
      Tx tx,
      FactRows facts,
      LedgerRows rows,
      AccountRows accounts,
      ScoreLedger ledger,
      RuleSets ruleSets,
      Closings closings,
      AreaWeather weather,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.facts = facts;
    this.rows = rows;
    this.accounts = accounts;
    this.ledger = ledger;
    this.ruleSets = ruleSets;
    this.closings = closings;
    this.weather = weather;
    this.clock = clock;
    this.city = city;
  }

  /**
   * Records a ruling, or a later revision of one, and judges. The same revision again changes
   * nothing.
   *
   * @return the rows added to the ledger; none when it changes nothing
   * @throws Problem 404 for an unknown rider; 422 when a person is needed and nobody is named
   */
  public Uni<List<LedgerRow>> record(Ruling ruling) {
    boolean person =
        ruling.status() != Ruling.Status.CONFIRMED
            || ruling.person()
            || !Ruling.needsPerson(ruling.rule());
    if (!person) {
      return Uni.createFrom()
          .failure(
              Problem.unprocessable(
                  "person-needed",
                  "actor",
                  ruling.rule() + " is confirmed by a named person only."));
    }
    return tx.write(
        () ->
            inArea(ruling)
                .chain(() -> qualified(ruling))
                .chain(qualified -> facts.keep(qualified, false))
                .chain(
                    kept -> {
                      if (kept == FactRows.Kept.UNKNOWN_RIDER) {
                        throw Problem.notFound("rider " + ruling.riderId());
                      }
                      if (kept == FactRows.Kept.OLD) {
                        return Uni.createFrom().item(List.<LedgerRow>of());
                      }
                      return ledger
                          .judge(List.of(new CaseKey(ruling.riderId(), FactRows.about(ruling))))
                          .map(posted -> posted.stream().map(Posted::row).toList());
                    }));
  }

  private Uni<Void> inArea(Ruling ruling) {
    return ruling.areaId() == null
        ? Uni.createFrom().voidItem()
        : weather.lock(ruling.areaId(), false);
  }

  /** Training counts below the line only: a fact of the moment it was passed. */
  private Uni<Ruling> qualified(Ruling ruling) {
    boolean training =
        "TR1".equals(ruling.rule())
            && ruling.status() == Ruling.Status.CONFIRMED
            && ruling.excuse() == null;
    if (!training) {
      return Uni.createFrom().item(ruling);
    }
    return ruleSets
        .getInForceAt(ruling.ruledBy())
        .chain(
            rules ->
                accounts
                    .read(ruling.riderId())
                    .map(
                        account -> {
                          ScoreWindow window =
                              account == null || account.window() == null
                                  ? ScoreWindow.EMPTY
                                  : account.window();
                          int score =
                              ServiceScore.on(city.businessDate(clock.now()), rules, window)
                                  .milliPoints();
                          return score < rules.trainingBelowMilliPoints()
                              ? ruling
                              : ruling.excused("NOT_BELOW_THE_LINE");
                        }));
  }

  /**
   * An appeal against a row was upheld: lateness is excused, any other ruling dismissed. The ledger
   * is then what a replay with the corrected facts gives.
   *
   * @param actor who decided
   * @return the rows added
   * @throws Problem 404 when the rider has no such row; 422 when it takes nothing
   */
  public Uni<List<LedgerRow>> overturn(
      String riderId, String entryId, String actor, String reasons) {
    return tx.write(
        () ->
            entry(riderId, entryId)
                .chain(
                    row -> {
                      ScoreLine line = row.line();
                      if (line.kind() == RuleKind.OVERTIME) {
                        return record(exempt(riderId, row, actor, reasons));
                      }
                      if (line.milliPoints() >= 0) {
                        throw Problem.unprocessable(
                            "entryId", "The entry takes nothing, so there is nothing to overturn.");
                      }
                      Ruling judged = Json.read(row.facts(), Ruling.class);
                      return facts
                          .ruling(judged.rulingId())
                          .chain(newest -> record(newest.dismissed(actor, reasons)));
                    }));
  }

  private static Ruling exempt(String riderId, LedgerRow row, String actor, String reasons) {
    String order = row.line().subject();
    return new Ruling(
        "exempt-" + riderId + "-" + order,
        row.line().revision(),
        riderId,
        Ruling.EXEMPT,
        order,
        order,
        Ruling.Status.CONFIRMED,
        actor,
        true,
        row.line().occurredAt(),
        null,
        null,
        null,
        "APPEAL",
        null,
        row.line().entryId(),
        reasons);
  }

  /**
   * An appeal was filed: until {@link #endStay} the deduction does not count in the level.
   *
   * @throws Problem 404 when the rider has no such row
   */
  public Uni<Void> beginStay(String riderId, String entryId) {
    return tx.write(
        () ->
            entry(riderId, entryId)
                .chain(
                    row ->
                        closings.beginStay(
                            riderId, row.line().subject(), row.line().group(), clock.now()))
                .replaceWithVoid());
  }

  /** The appeal is decided for good. */
  public Uni<Void> endStay(String riderId, String entryId) {
    return tx.write(
        () ->
            entry(riderId, entryId)
                .chain(
                    row ->
                        closings.endStay(
                            riderId, row.line().subject(), row.line().group(), clock.now()))
                .replaceWithVoid());
  }

  /**
   * A row of the rider's ledger.
   *
   * @throws Problem 404 when there is none, or it is somebody else's
   */
  public Uni<LedgerRow> entry(String riderId, String entryId) {
    return rows.find(entryId)
        .map(
            posted -> {
              if (posted == null || !posted.riderId().equals(riderId)) {
                throw Problem.notFound("score entry " + entryId);
              }
              return posted.row();
            });
  }
}
