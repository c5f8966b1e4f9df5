package org.shanpai.dispatch.pool;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.City;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/**
 * The rules of every pool of this city. What no operator has changed is as the settings say. Every
 * method needs a transaction or read.
 */
@ApplicationScoped
public class Pools {

  /** 专送: by shifts of a station. */
  public static final String DEDICATED = "DEDICATED";

  /** 众包: whenever they like. */
  public static final String CROWDSOURCED = "CROWDSOURCED";

  /** 优选: crowdsourced with a weekly commitment. */
  public static final String PREFERRED = "PREFERRED";

  /** Every pool there is. */
  public static final List<String> NAMES = List.of(DEDICATED, CROWDSOURCED, PREFERRED);

  private final Tx tx;
  private final City city;
  private final DispatchSettings settings;

  public Pools(Tx tx, City city, DispatchSettings settings) {
    this.tx = tx;
    this.city = city;
    this.settings = settings;
  }

  /** The rules by pool; every pool has some. */
  public Uni<Map<String, PoolRules>> all() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select pool, rules from pool_rule where city_id = :city", Object[].class)
                    .setParameter("city", city.id().value())
                    .getResultList())
        .map(
            rows -> {
              Map<String, PoolRules> all = new LinkedHashMap<>();
              NAMES.forEach(name -> all.put(name, usual(name)));
              for (Object[] row : rows) {
                all.put((String) row[0], Json.read((String) row[1], PoolRules.class));
              }
              return all;
            });
  }

  /** The rules of one pool; a pool nobody knows works as a crowdsourced one. */
  public Uni<PoolRules> of(String pool) {
    return all().map(rules -> rules.getOrDefault(pool, rules.get(CROWDSOURCED)));
  }

  /** Changes the rules of a pool from now on; offers already made keep theirs. */
  Uni<Void> set(String pool, PoolRules rules, String operator, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into pool_rule (city_id, pool, rules, set_by, set_at)"
                            + " values (:city, :pool, :rules, :by, :at)"
                            + " on conflict (city_id, pool) do update set rules = excluded.rules,"
                            + " set_by = excluded.set_by, set_at = excluded.set_at")
                    .setParameter("city", city.id().value())
                    .setParameter("pool", pool)
                    .setParameter("rules", Json.write(rules))
                    .setParameter("by", operator)
                    .setParameter("at", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private PoolRules usual(String pool) {
    boolean dedicated = pool.equals(DEDICATED);
    return new PoolRules(
        dedicated,
        dedicated,
        settings.offerSeconds(),
        settings.unansweredBeforePause(),
        settings.pauseSeconds(),
        !dedicated,
        dedicated ? settings.stationReachMetres() : settings.crowdReachMetres(),
        settings.neighbourReachMetres(),
        settings.carryCap(),
        settings.newcomerCarryCap(),
        settings.newcomerDays(),
        settings.payStepFen());
  }
}
