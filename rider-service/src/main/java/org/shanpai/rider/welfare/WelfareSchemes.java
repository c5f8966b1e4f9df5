package org.shanpai.rider.welfare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Schemes of the subsidy as published, each from its month on. */
@ApplicationScoped
public class WelfareSchemes {

  private static final String SELECT =
      "select scheme_id, cast(document as text), to_char(from_month, 'YYYY-MM'), published_at,"
          + " published_by from welfare_scheme ";

  private final Tx tx;
  private final CityClock clock;
  private final City city;

  WelfareSchemes(Tx tx, CityClock clock, City city) {
    this.tx = tx;
    this.clock = clock;
    this.city = city;
  }

  /**
   * A scheme.
   *
   * @param publishedBy a manager; null, as the time, for what came with the platform
   */
  public record Published(
      String schemeId, SchemeTerms terms, Instant publishedAt, String publishedBy) {}

  /**
   * @param fresh false when the very same was published before
   */
  public record Outcome(Published scheme, boolean fresh) {}

  /** The newest month first. */
  public Uni<List<Published>> list(int limit) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(SELECT + "order by from_month desc", Object[].class)
                            .setMaxResults(limit)
                            .getResultList())
                .map(rows -> rows.stream().map(WelfareSchemes::read).toList()));
  }

  /**
   * Publishes; the same again changes nothing.
   *
   * @throws Problem 409 {@code scheme-taken}, {@code scheme-overlaps}; 422 {@code scheme-refused}
   *     naming the field
   */
  public Uni<Outcome> publish(String schemeId, SchemeTerms terms, String operator) {
    return tx.write(
        () ->
            find(schemeId)
                .chain(
                    known -> {
                      if (known != null) {
                        if (!known.terms().equals(terms)) {
                          throw Problem.conflict(
                              "scheme-taken",
                              "schemeId",
                              "A scheme of that name was published; it never changes.");
                        }
                        return Uni.createFrom().item(new Outcome(known, false));
                      }
                      terms.check();
                      requireAhead(terms);
                      return insert(schemeId, terms, operator)
                          .chain(() -> find(schemeId))
                          .map(made -> new Outcome(made, true));
                    }));
  }

  /** A month that has begun is judged by what riders could read before it. */
  private void requireAhead(SchemeTerms terms) {
    LocalDate today = city.businessDate(clock.now());
    if (!terms.firstDay().isAfter(today)) {
      throw Problem.unprocessable(
          "scheme-refused",
          "fromMonth",
          "That month has begun; a scheme is published before its first month.");
    }
  }

  private Uni<Void> insert(String schemeId, SchemeTerms terms, String operator) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into welfare_scheme (scheme_id, document, from_month,"
                            + " published_at, published_by) values (:id,"
                            + " cast(cast(:document as text) as json), :from, :at, :by)"
                            + " on conflict do nothing")
                    .setParameter("id", schemeId)
                    .setParameter("document", Json.write(terms))
                    .setParameter("from", terms.firstDay())
                    .setParameter("at", clock.now())
                    .setParameter("by", operator)
                    .executeUpdate())
        .invoke(
            rows -> {
              if (rows == 0) {
                throw Problem.conflict(
                    "scheme-overlaps",
                    "fromMonth",
                    "Another scheme begins with " + terms.fromMonth() + "; one holds at a time.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Published> find(String schemeId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + "where scheme_id = :id", Object[].class)
                    .setParameter("id", schemeId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  private static Published read(Object[] row) {
    ObjectNode document = Json.read((String) row[1], ObjectNode.class);
    document.put("fromMonth", (String) row[2]);
    return new Published(
        (String) row[0],
        Json.mapper().convertValue(document, SchemeTerms.class),
        Instants.of(row[3]),
        (String) row[4]);
  }
}
