package org.shanpai.order.address;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.address.BuildingFile.Entry;

/** Takes files of buildings from managers. Sending a file twice changes nothing the second time. */
@ApplicationScoped
public class BuildingImport {

  private static final int AT_ONCE = 200;

  private final Tx tx;
  private final KnownBuildings buildings;
  private final CityClock clock;

  BuildingImport(Tx tx, KnownBuildings buildings, CityClock clock) {
    this.tx = tx;
    this.buildings = buildings;
    this.clock = clock;
  }

  /** What became of an entry. */
  public enum Fate {
    CREATED,
    UPDATED,
    REFUSED
  }

  /** The report on an entry; {@code reason} is null unless it was refused. */
  public record Report(int line, Fate fate, String reason) {}

  /** Takes every good entry; a transaction for each 200. */
  public Uni<List<Report>> take(List<Entry> entries) {
    List<List<Entry>> batches = new ArrayList<>();
    for (int i = 0; i < entries.size(); i += AT_ONCE) {
      batches.add(entries.subList(i, Math.min(entries.size(), i + AT_ONCE)));
    }
    return Multi.createFrom()
        .iterable(batches)
        .onItem()
        .transformToUniAndConcatenate(batch -> tx.write(() -> batch(batch)))
        .collect()
        .asList()
        .map(reports -> reports.stream().flatMap(List::stream).toList());
  }

  private Uni<List<Report>> batch(List<Entry> batch) {
    return Multi.createFrom()
        .iterable(batch)
        .onItem()
        .transformToUniAndConcatenate(this::one)
        .collect()
        .asList();
  }

  private Uni<Report> one(Entry entry) {
    if (entry.reason() != null) {
      return Uni.createFrom().item(new Report(entry.number(), Fate.REFUSED, entry.reason()));
    }
    return buildings
        .tell(entry.telling().key(), entry.telling(), clock.now())
        .map(fresh -> new Report(entry.number(), fresh ? Fate.CREATED : Fate.UPDATED, null));
  }
}
