package org.shanpai.geo.track;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Readings on their way to the database: of each rider one chunk that is being filled, and the
 * chunks that are full. Never more bytes than it may have; then the oldest are dropped and counted.
 * Thread-safe.
 */
final class TrackBuffer {

  // Beside its bytes: the packer, its place in the map, the rider's id.
  private static final int OVERHEAD_BYTES = 250;

  private final int mostPoints;
  private final long mostSpan;
  private final long mostBytes;

  // In order of their beginning, so that the first is the oldest.
  private final LinkedHashMap<String, TrackPacker> open = new LinkedHashMap<>();
  private final ArrayDeque<TrackChunk> full = new ArrayDeque<>();
  private long bytes;
  private long droppedPoints;

  /**
   * @param mostPoints a chunk of so many is full
   * @param mostSpan a chunk of so much city time, milliseconds, is full
   * @param mostBytes of memory, about
   */
  TrackBuffer(int mostPoints, long mostSpan, long mostBytes) {
    this.mostPoints = mostPoints;
    this.mostSpan = mostSpan;
    this.mostBytes = mostBytes;
  }

  synchronized void add(String riderId, List<TrackPoint> points) {
    for (TrackPoint point : points) {
      TrackPacker packer = open.get(riderId);
      if (packer == null) {
        packer = new TrackPacker();
        open.put(riderId, packer);
        bytes += OVERHEAD_BYTES + packer.footprint();
      }
      int before = packer.footprint();
      packer.add(point);
      bytes += packer.footprint() - before;
      if (packer.points() >= mostPoints || packer.span() >= mostSpan) {
        open.remove(riderId);
        close(riderId, packer);
      }
    }
    while (bytes > mostBytes) {
      dropOldest();
    }
  }

  private void close(String riderId, TrackPacker packer) {
    TrackChunk chunk = packer.chunk(riderId);
    bytes += chunk.data().length - packer.footprint();
    full.add(chunk);
  }

  private void dropOldest() {
    TrackPacker begun = open.isEmpty() ? null : open.values().iterator().next();
    if (full.isEmpty() || (begun != null && begun.firstAt() < full.peek().firstAt())) {
      open.values().remove(begun);
      bytes -= OVERHEAD_BYTES + begun.footprint();
      droppedPoints += begun.points();
    } else {
      TrackChunk oldest = full.remove();
      bytes -= OVERHEAD_BYTES + oldest.data().length;
      droppedPoints += oldest.points();
    }
  }

  private void closeFirst() {
    Iterator<Map.Entry<String, TrackPacker>> entries = open.entrySet().iterator();
    Map.Entry<String, TrackPacker> first = entries.next();
    entries.remove();
    close(first.getKey(), first.getValue());
  }

  /** Chunks that began to come before that city time are full, whatever they hold. */
  synchronized void closeBegunBefore(long at) {
    while (!open.isEmpty() && open.values().iterator().next().begunAt() < at) {
      closeFirst();
    }
  }

  /** Takes up to so many full chunks, oldest first. */
  synchronized List<TrackChunk> drain(int most) {
    List<TrackChunk> batch = new ArrayList<>(Math.min(most, full.size()));
    while (batch.size() < most && !full.isEmpty()) {
      TrackChunk chunk = full.remove();
      bytes -= OVERHEAD_BYTES + chunk.data().length;
      batch.add(chunk);
    }
    return batch;
  }

  /** What could not be written waits again, as the oldest. */
  synchronized void putBack(List<TrackChunk> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      TrackChunk chunk = batch.get(i);
      bytes += OVERHEAD_BYTES + chunk.data().length;
      full.addFirst(chunk);
    }
    while (bytes > mostBytes) {
      dropOldest();
    }
  }

  /** What waits of a rider, in no particular order. */
  synchronized List<TrackPoint> of(String riderId) {
    List<TrackPoint> points = new ArrayList<>();
    for (TrackChunk chunk : full) {
      if (chunk.riderId().equals(riderId)) {
        points.addAll(TrackPacker.unpack(chunk.data()));
      }
    }
    TrackPacker packer = open.get(riderId);
    if (packer != null) {
      points.addAll(TrackPacker.unpack(packer.chunk(riderId).data()));
    }
    return points;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Readings that never reached the database because it was away too long. */
  synchronized long droppedPoints() {
    return droppedPoints;
  }
}
