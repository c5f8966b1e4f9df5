package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/** The published rule sets. They never change once published, so each is read once. */
@ApplicationScoped
public class RuleSets {

  /** Names what is published, as an expression: which versions, from when on. */
  static final String PUBLISHED_NOW =
      "(select string_agg(p.version || ' ' || p.effective_from, ',' order by p.effective_from)"
          + " from score_rule_set p)";

  private static final Statement PUBLISHED = Statement.of("select " + PUBLISHED_NOW);

  /** The book of what was published when it was last read. */
  private record Known(String published, RuleBook book) {}

  private final Tx tx;
  private final Map<String, RuleSet> byVersion = new ConcurrentHashMap<>();
  private volatile Known known;

  public RuleSets(Tx tx) {
    this.tx = tx;
  }

  /**
   * A rule set as published.
   *
   * @param publishedAt city time; null for what came with the platform
   * @param publishedBy null for what came with the platform
   */
  public record Published(
      String version, Instant effectiveFrom, Instant publishedAt, String publishedBy) {}

  /**
   * All of them, with their documents.
   *
   * @throws IllegalStateException when none was ever published
   */
  public Uni<RuleBook> book() {
    return tx.select(PUBLISHED.filled()).chain(rows -> book((String) rows.get(0)[0]));
  }

  /**
   * The same, by what {@link #PUBLISHED_NOW} said a moment ago: what is published never changes, so
   * the same versions from the same times are the same book.
   *
   * @param published null when there is none
   */
  Uni<RuleBook> book(String published) {
    Known last = known;
    return last != null && last.published().equals(published)
        ? Uni.createFrom().item(last.book())
        : read().invoke(book -> remember(published, book));
  }

  private void remember(String published, RuleBook book) {
    if (published != null) {
      known = new Known(published, book);
    }
  }

  private Uni<RuleBook> read() {
    return list()
        .chain(
            found -> {
              List<RuleBook.Edition> editions = new ArrayList<>();
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Published published : found) {
                all =
                    all.chain(() -> getVersion(published.version()))
                        .invoke(
                            rules ->
                                editions.add(
                                    new RuleBook.Edition(published.effectiveFrom(), rules)))
                        .replaceWithVoid();
              }
              return all.map(done -> new RuleBook(editions));
            });
  }

  /** Oldest first. */
  public Uni<List<Published>> list() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select version, effective_from, published_at, published_by"
                            + " from score_rule_set order by effective_from",
                        Object[].class)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Published(
                                (String) row[0],
                                Instants.of(row[1]),
                                Instants.of(row[2]),
                                (String) row[3]))
                    .toList());
  }

  /** The rule set in force at that city time. */
  public Uni<RuleSet> getInForceAt(Instant cityTime) {
    return book().map(book -> book.inForceAt(cityTime));
  }

  /**
   * @throws IllegalStateException when there is no such version
   */
  public Uni<RuleSet> getVersion(String version) {
    RuleSet known = byVersion.get(version);
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return document(version)
        .map(
            text -> {
              if (text == null) {
                throw new IllegalStateException("there is no rule set " + version);
              }
              RuleSet read = Json.read(text, RuleSet.class);
              byVersion.put(version, read);
              return read;
            });
  }

  /** The document as published, JSON; null when there is no such version. */
  public Uni<String> document(String version) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(document as text) from score_rule_set where version = :version",
                        String.class)
                    .setParameter("version", version)
                    .getSingleResultOrNull());
  }

  /** Publishes; nothing happens when somebody was first with the version or the time. */
  Uni<Boolean> insert(Published published, String document) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_rule_set (version, effective_from, document,"
                            + " published_at, published_by) values (:version, :from,"
                            + " cast(cast(:document as text) as json), :at, :by)"
                            + " on conflict do nothing")
                    .setParameter("version", published.version())
                    .setParameter("from", published.effectiveFrom())
                    .setParameter("document", document)
                    .setParameter("at", published.publishedAt())
                    .setParameter("by", published.publishedBy())
                    .executeUpdate())
        .map(rows -> rows > 0);
  }
}
