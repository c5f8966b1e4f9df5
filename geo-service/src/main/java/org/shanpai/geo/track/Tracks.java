package org.shanpai.geo.track;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.position.Sighting;
import org.shanpai.geo.position.SightingListener;
import org.shanpai.geo.track.postgres.TrackTable;
import org.shanpai.geo.track.postgres.TrackTable.Row;
import org.shanpai.messaging.Tx;

/**
 * Where riders were: every believed reading for some days, then only the cells they were in, then
 * nothing.
 *
 * <p>Readings wait in memory for the database, in bounded number; while it is away too long the
 * oldest are lost and counted, and no ping is held up. A replica that is killed loses the last two
 * minutes of its riders' tracks.
 */
@ApplicationScoped
public class Tracks implements SightingListener {

  /** Of the cells in which old tracks are kept: about 0.7 km² each. */
  static final int COARSE_RESOLUTION = 8;

  private static final Logger LOG = Logger.getLogger(Tracks.class);
  private static final int CHUNKS_AT_ONCE = 500;
  private static final int MOST_CHUNKS = 2_000;
  private static final int MOST_CELLS = 10_000;

  // Enough to keep up, few enough not to hold the event loop.
  private static final int RIDERS_AT_ONCE = 5;
  private static final int ROUNDS_AT_ONCE = 200;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final TrackTable table;
  private final Tx tx;
  private final Cells cells;
  private final CityClock clock;
  private final TrackSettings settings;
  private final TrackBuffer buffer;
  private volatile boolean away;

  public Tracks(
      TrackTable table,
      Tx tx,
      Cells cells,
      CityClock clock,
      TrackSettings settings,
      MeterRegistry metrics) {
    this.table = table;
    this.tx = tx;
    this.cells = cells;
    this.clock = clock;
    this.settings = settings;
    this.buffer =
        new TrackBuffer(
            settings.chunkPoints(), settings.chunkSpan().toMillis(), settings.mostBufferedBytes());
    metrics.gauge("shanpai.geo.tracks.buffered.bytes", buffer, TrackBuffer::bytes);
    FunctionCounter.builder("shanpai.geo.tracks.dropped", buffer, TrackBuffer::droppedPoints)
        .description("Readings that never reached the database because it was away too long")
        .register(metrics);
  }

  @Override
  public void saw(String riderId, List<Sighting> sightings) {
    List<TrackPoint> points = new ArrayList<>(sightings.size());
    for (Sighting sighting : sightings) {
      points.add(
          new TrackPoint(
              sighting.at(),
              sighting.place(),
              sighting.accuracyMetres(),
              sighting.trust(),
              sighting.deviceAt(),
              sighting.receivedAt()));
    }
    buffer.add(riderId, points);
  }

  /**
   * A rider's track.
   *
   * @param points earliest first
   * @param stays of the older part, earliest first
   * @param complete false when there was more than one answer holds: ask for less time
   */
  public record Track(List<TrackPoint> points, List<TrackCell> stays, boolean complete) {}

  /** What is known of a rider between two city times, epoch milliseconds, ends included. */
  public Uni<Track> track(String riderId, long from, long to) {
    // Memory first: what is written in between is then found twice instead of not at all.
    List<TrackPoint> waiting = buffer.of(riderId);
    return tx.read(
        () ->
            table
                .chunks(riderId, from, to, MOST_CHUNKS)
                .chain(
                    chunks ->
                        table
                            .cells(riderId, from, to, MOST_CELLS)
                            .map(stays -> track(chunks, waiting, stays, from, to))));
  }

  private static Track track(
      List<TrackChunk> chunks,
      List<TrackPoint> waiting,
      List<TrackCell> stays,
      long from,
      long to) {
    List<TrackPoint> points = new ArrayList<>(waiting);
    chunks.forEach(chunk -> points.addAll(TrackPacker.unpack(chunk.data())));
    return new Track(
        points.stream()
            .filter(point -> point.at() >= from && point.at() <= to)
            .distinct()
            .sorted(Comparator.comparingLong(TrackPoint::at))
            .toList(),
        stays,
        chunks.size() < MOST_CHUNKS && stays.size() < MOST_CELLS);
  }

  @Scheduled(
      every = "{shanpai.geo.tracks.flush-every}",
      delayed = "{shanpai.geo.tracks.flush-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> flush() {
    return flush(clock.millis() - settings.chunkSpan().toMillis());
  }

  /** Writes what is full, and everything that began to come before that city time. */
  Uni<Void> flush(long before) {
    buffer.closeBegunBefore(before);
    return writeFull();
  }

  private Uni<Void> writeFull() {
    List<TrackChunk> batch = buffer.drain(CHUNKS_AT_ONCE);
    if (batch.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.detached(() -> tx.write(() -> table.add(batch)))
        .map(
            done -> {
              away = false;
              return true;
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              buffer.putBack(batch);
              if (!away) {
                away = true;
                LOG.warnf("Tracks wait in memory; they cannot be written: %s", failure);
              }
              return false;
            })
        .chain(written -> written ? writeFull() : Uni.createFrom().voidItem());
  }

  /** Makes cells of raw tracks that are old enough, and forgets cells that are. */
  @Scheduled(
      every = "{shanpai.geo.tracks.coarsen-every}",
      delayed = "{shanpai.geo.tracks.coarsen-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> age() {
    return age(clock.millis());
  }

  /**
   * @param now city time, epoch milliseconds
   */
  Uni<Void> age(long now) {
    // Whole hours, so that a stay is not cut into minutes.
    long raw = (now - settings.keepRaw().toMillis()) / HOUR * HOUR;
    long coarse = now - settings.keepCoarse().toMillis();
    return coarsen(raw, ROUNDS_AT_ONCE)
        .chain(() -> forget(coarse))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old tracks are kept until the next try: %s", failure);
              return null;
            });
  }

  private Uni<Void> coarsen(long before, int rounds) {
    return tx.detached(() -> tx.write(() -> coarsenSome(before)))
        .chain(
            some -> some && rounds > 1 ? coarsen(before, rounds - 1) : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> coarsenSome(long before) {
    return table
        .oldOfFewRiders(before, RIDERS_AT_ONCE)
        .chain(
            rows ->
                rows.isEmpty()
                    ? Uni.createFrom().item(false)
                    : table
                        .addCells(stays(rows))
                        .chain(() -> table.delete(rows))
                        .replaceWith(true));
  }

  private List<TrackCell> stays(List<Row> rows) {
    Map<String, List<TrackPoint>> points = new LinkedHashMap<>();
    for (Row row : rows) {
      points
          .computeIfAbsent(row.chunk().riderId(), id -> new ArrayList<>())
          .addAll(TrackPacker.unpack(row.chunk().data()));
    }
    List<TrackCell> stays = new ArrayList<>();
    points.forEach(
        (riderId, track) ->
            stays.addAll(
                Coarsening.stays(riderId, track, place -> cells.of(place, COARSE_RESOLUTION))));
    return stays;
  }

  private Uni<Void> forget(long before) {
    return tx.detached(() -> tx.write(() -> table.deleteCells(before)))
        .chain(more -> more ? forget(before) : Uni.createFrom().voidItem());
  }

  /** What is still in memory when the service stops properly. */
  void stop(@Observes ShutdownEvent stop) {
    buffer.closeBegunBefore(Long.MAX_VALUE);
    try {
      writeFull().await().atMost(Duration.ofSeconds(2));
    } catch (RuntimeException late) {
      LOG.warnf("The last tracks were not written: %s", late);
    }
  }
}
