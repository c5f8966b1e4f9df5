package org.shanpai.order.fraud.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.chassis.City;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.Signal;

/** Signals and what people made of them, as rows. */
@ApplicationScoped
class SignalRows {

  private static final String COLUMNS =
      "select signal_id, revision, place, kind, merchant_id, rider_id, weight, order_ids, evidence,"
          + " at from fraud_signal";

  private final Tx tx;
  private final City city;

  SignalRows(Tx tx, City city) {
    this.tx = tx;
    this.city = city;
  }

  Uni<Optional<FraudSignal>> lock(String signalId) {
    return rows(COLUMNS + " where signal_id = :id for update", Map.of("id", signalId), 1)
        .map(rows -> rows.stream().findFirst().map(this::signal));
  }

  Uni<Void> put(FraudSignal signal) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into fraud_signal (signal_id, revision, place, kind, merchant_id,
                            rider_id, weight, order_ids, evidence, at)
                        values (:id, :revision, nextval('fraud_signal_place'), :kind,
                            cast(:merchantId as text), cast(:riderId as text), :weight, :orderIds,
                            :evidence, :at)
                        on conflict (signal_id) do update
                        set revision = excluded.revision, place = excluded.place,
                            merchant_id = excluded.merchant_id, rider_id = excluded.rider_id,
                            weight = excluded.weight, order_ids = excluded.order_ids,
                            evidence = excluded.evidence, at = excluded.at
                        where fraud_signal.revision < excluded.revision
                        """)
                    .setParameter("id", signal.signalId())
                    .setParameter("revision", signal.revision())
                    .setParameter("kind", signal.kind().name())
                    .setParameter(
                        "merchantId",
                        signal.merchantId() == null ? null : signal.merchantId().value())
                    .setParameter(
                        "riderId", signal.riderId() == null ? null : signal.riderId().value())
                    .setParameter("weight", signal.weight())
                    .setParameter(
                        "orderIds",
                        Json.write(signal.orderIds().stream().map(OrderId::value).toList()))
                    .setParameter("evidence", Json.write(signal.evidence()))
                    .setParameter("at", signal.at())
                    .executeUpdate())
        .replaceWithVoid();
  }

  Uni<Optional<Signal>> find(String signalId) {
    return rows(COLUMNS + " where signal_id = :id", Map.of("id", signalId), 1)
        .chain(this::withDecisions)
        .map(found -> found.stream().findFirst());
  }

  Uni<List<Signal>> list(FraudSignal.Kind kind, Instant since, Long before, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    List<String> conditions = new ArrayList<>();
    if (kind != null) {
      conditions.add("kind = :kind");
      parameters.put("kind", kind.name());
    }
    if (since != null) {
      conditions.add("at >= :since");
      parameters.put("since", since);
    }
    if (before != null) {
      conditions.add("place < :before");
      parameters.put("before", before);
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return rows(COLUMNS + where + " order by place desc", parameters, limit)
        .chain(this::withDecisions);
  }

  Uni<Void> decide(String signalId, Signal.Decision decision, Instant wallAt) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into fraud_decision (signal_id, revision, outcome, reason,"
                            + " decided_by, at, wall_at) values (:id, :revision, :outcome, :reason,"
                            + " :by, :at, :wallAt)")
                    .setParameter("id", signalId)
                    .setParameter("revision", decision.revision())
                    .setParameter("outcome", decision.outcome().name())
                    .setParameter("reason", decision.reason())
                    .setParameter("by", decision.by())
                    .setParameter("at", decision.at())
                    .setParameter("wallAt", wallAt)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private Uni<List<Object[]>> rows(String query, Map<String, Object> parameters, int limit) {
    return tx.session()
        .chain(
            session -> {
              Mutiny.SelectionQuery<Object[]> selection =
                  session.createNativeQuery(query, Object[].class);
              parameters.forEach(selection::setParameter);
              return limit == 1
                  ? selection.getResultList()
                  : selection.setMaxResults(limit).getResultList();
            });
  }

  private Uni<List<Signal>> withDecisions(List<Object[]> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select signal_id, revision, outcome, reason, decided_by, at"
                            + " from fraud_decision where signal_id in (:ids)"
                            + " order by wall_at desc",
                        Object[].class)
                    .setParameter("ids", rows.stream().map(row -> (String) row[0]).toList())
                    .getResultList())
        .map(
            decisions ->
                rows.stream()
                    .map(
                        row ->
                            new Signal(
                                signal(row),
                                ((Number) row[2]).longValue(),
                                decisions.stream()
                                    .filter(decision -> decision[0].equals(row[0]))
                                    .map(SignalRows::decision)
                                    .toList()))
                    .toList());
  }

  private static Signal.Decision decision(Object[] row) {
    return new Signal.Decision(
        ((Number) row[1]).longValue(),
        Signal.Outcome.valueOf((String) row[2]),
        (String) row[3],
        (String) row[4],
        Instants.of(row[5]));
  }

  private FraudSignal signal(Object[] row) {
    return new FraudSignal(
        (String) row[0],
        ((Number) row[1]).longValue(),
        city.id(),
        FraudSignal.Kind.valueOf((String) row[3]),
        texts((String) row[7]).stream().map(OrderId::new).toList(),
        row[4] == null ? null : new MerchantId((String) row[4]),
        row[5] == null ? null : new RiderId((String) row[5]),
        ((Number) row[6]).intValue(),
        texts((String) row[8]),
        Instants.of(row[9]));
  }

  private static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : Json.read(json, JsonNode.class)) {
      texts.add(text.asText());
    }
    return texts;
  }
}
