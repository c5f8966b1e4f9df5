package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The published rule sets. They never change once published, so each is read once. */
@ApplicationScoped
public class RuleSets {

  private final Tx tx;
  private final Map<String, RuleSet> byVersion = new ConcurrentHashMap<>();

  public RuleSets(Tx tx) {
    this.tx = tx;
  }

  /**
   * The rule set in force at that city time.
   *
   * @throws IllegalStateException when none was published for so early a time
   */
  public Uni<RuleSet> getInForceAt(Instant cityTime) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select version from score_rule_set where effective_from <= :at"
                            + " order by effective_from desc limit 1",
                        String.class)
                    .setParameter("at", cityTime)
                    .getResultList())
        .chain(
            versions -> {
              if (versions.isEmpty()) {
                throw new IllegalStateException("no rule set was in force at " + cityTime);
              }
              return getVersion(versions.get(0));
            });
  }

  /**
   * @throws IllegalStateException when there is no such version
   */
  public Uni<RuleSet> getVersion(String version) {
    RuleSet known = byVersion.get(version);
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(document as text) from score_rule_set where version = :version",
                        String.class)
                    .setParameter("version", version)
                    .getResultList())
        .map(
            (List<String> documents) -> {
              if (documents.isEmpty()) {
                throw new IllegalStateException("there is no rule set " + version);
              }
              RuleSet read = Json.read(documents.get(0), RuleSet.class);
              byVersion.put(version, read);
              return read;
            });
  }
}
